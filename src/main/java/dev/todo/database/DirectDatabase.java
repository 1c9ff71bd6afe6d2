package dev.todo.database;

import dev.todo.config.Environment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import jakarta.inject.Singleton;
import java.util.List;

/** Connects to the database directly, not through a transaction pooler, for LISTEN, which needs its own connection. */
@Singleton
public class DirectDatabase {

    /** Several times the interval of the probes of events. Otherwise a server that is gone would go unnoticed. */
    private static final int SECONDS_OF_SILENCE = 15;

    private final Vertx vertx;
    private final PrimarySearch search = new PrimarySearch();

    DirectDatabase(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Connects to DATABASE_DIRECT_URL, or to DATABASE_URL if that is not set. */
    public Future<PgConnection> connect() {
        return search.connect(hosts(), options -> PgConnection.connect(vertx, options));
    }

    private static List<PgConnectOptions> hosts() {
        var url = Environment.ofProcessUnchecked().directDatabase();
        return url.reactive().stream()
                .map(PgConnectOptions::fromUri)
                .map(options -> options.setUser(url.user()).setPassword(url.password()))
                .map(options -> options.setIdleTimeout(SECONDS_OF_SILENCE))
                .map(options -> ConnectOptions.apply(options, url.parameters()))
                .toList();
    }
}
