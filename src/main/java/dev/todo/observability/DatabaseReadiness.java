package dev.todo.observability;

import dev.todo.database.internals.ServerProbe;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready if the database responds and accepts changes within the time-outs of requests. */
@Readiness
@Singleton
class DatabaseReadiness implements AsyncHealthCheck {

    private static final String NAME = "Database connection";

    private final Pool database;

    DatabaseReadiness(Pool database) {
        this.database = database;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return database.withConnection(DatabaseReadiness::probe)
                .map(answer -> HealthCheckResponse.up(NAME))
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named(NAME)
                        .down()
                        .withData("reason", String.valueOf(failure.getMessage()))
                        .build());
    }

    private static Uni<ServerProbe> probe(SqlConnection connection) {
        return Uni.createFrom()
                .completionStage(() -> ServerProbe.of(connection.getDelegate()).toCompletionStage());
    }
}
