package dev.todo.database;

import dev.todo.config.Environment;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The database itself, past any transaction pool: for LISTEN, which needs a connection of its own. */
@Singleton
public class DirectDatabase {

    /** How to connect to DATABASE_DIRECT_URL, or to DATABASE_URL where that is not set. */
    public PgConnectOptions connectOptions() {
        var url = Environment.ofProcessUnchecked().directDatabase();
        var options = PgConnectOptions.fromUri(url.reactive())
                .setUser(url.user())
                .setPassword(url.password())
                .addProperty("application_name", "todo-service");
        options.setTcpKeepAlive(true);
        TlsOptions.apply(options, url.sslMode(), Optional.ofNullable(url.rootCertificate()));
        return options;
    }
}
