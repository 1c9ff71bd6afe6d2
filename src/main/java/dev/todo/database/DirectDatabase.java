package dev.todo.database;

import dev.todo.config.Environment;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Connects to the database directly, not through a transaction pooler, for LISTEN, which needs its own connection. */
@Singleton
public class DirectDatabase {

    /** Options for DATABASE_DIRECT_URL, or for DATABASE_URL if that is not set. */
    public PgConnectOptions connectOptions() {
        var url = Environment.ofProcessUnchecked().directDatabase();
        var options = PgConnectOptions.fromUri(url.reactive())
                .setUser(url.user())
                .setPassword(url.password())
                .addProperty("application_name", "todo-service");
        options.setTcpKeepAlive(true);
        ConnectOptions.apply(options, url.sslMode(), Optional.ofNullable(url.rootCertificate()));
        return options;
    }
}
