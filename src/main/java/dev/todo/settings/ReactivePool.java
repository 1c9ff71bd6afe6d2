package dev.todo.settings;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgPool;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;

/** Adds to Quarkus' pool what DATABASE_URL says of encryption. */
@Singleton
class ReactivePool implements PgPoolCreator {

    private final Settings.DatabaseSettings database;

    ReactivePool(Settings settings) {
        this.database = settings.database();
    }

    @Override
    public Pool create(Input input) {
        var options = input.pgConnectOptionsList().get(0);
        encrypt(options);
        options.addProperty("application_name", "todo-service");
        return PgPool.pool(input.vertx(), options, input.poolOptions());
    }

    private void encrypt(PgConnectOptions options) {
        options.setSslMode(SslMode.valueOf(database.sslMode().name()));
        switch (database.sslMode()) {
            case DISABLE -> {}
            // As in libpq, these encrypt but do not ask whom they talk to.
            case ALLOW, PREFER, REQUIRE -> options.setTrustAll(true);
            case VERIFY_CA, VERIFY_FULL -> {
                options.setTrustOptions(database.rootCertificate()
                        .<TrustOptions>map(file -> new PemTrustOptions().addCertPath(file))
                        .orElseGet(ReactivePool::authoritiesOfJava));
                options.setHostnameVerificationAlgorithm(
                        database.sslMode() == DatabaseUrl.SslMode.VERIFY_FULL ? "HTTPS" : "");
            }
        }
    }

    /** The client wants to be told whom to trust, even where that is whom Java trusts anyway. */
    private static TrustOptions authoritiesOfJava() {
        try {
            var authorities = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            authorities.init((KeyStore) null);
            return TrustOptions.wrap(authorities.getTrustManagers()[0]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
