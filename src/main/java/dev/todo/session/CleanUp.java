package dev.todo.session;

import dev.todo.settings.Settings;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Drops rows that have had their time: every replica tries, which costs nothing where there is nothing to drop. */
@ApplicationScoped
class CleanUp {

    private static final Logger LOG = Logger.getLogger(CleanUp.class);
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private final List<String> statements;

    private final Vertx vertx;
    private final Pool database;

    CleanUp(Vertx vertx, Pool database, Settings settings) {
        this.statements = List.of(
                "delete from attempts where window_ends < now() - interval '1 hour' and pending_until < now()",
                // Its access tokens may outlive its refresh token
                "delete from sessions where expires_at < now() - make_interval(secs => %d)"
                        .formatted(settings.jwtExpiresIn().toSeconds()),
                // All but a user's latest, so that whoever has seen that one need not load anew
                """
                delete from task_events e where happened_at < now() - interval '1 day'
                    and exists (select from task_events later where later.user_id = e.user_id and later.id > e.id)
                """,
                "delete from known_addresses where last_used_at < now() - interval '1 year'");
        this.vertx = vertx;
        this.database = database;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(
                PERIOD.toMillis(),
                timer -> run().subscribe()
                        .with(rows -> {}, failure -> LOG.warn("Clean-up waits for the next time", failure)));
    }

    Uni<Void> run() {
        return Multi.createFrom()
                .iterable(statements)
                .onItem()
                .transformToUniAndConcatenate(
                        statement -> database.query(statement).execute())
                .onItem()
                .ignoreAsUni();
    }
}
