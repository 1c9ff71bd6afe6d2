package dev.todo.database;

import dev.todo.config.DatabaseUrl;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/** Applies {@code sslmode} to the reactive client. */
public final class ConnectOptions {

    private ConnectOptions() {}

    public static void apply(PgConnectOptions options, DatabaseUrl.SslMode mode, Optional<String> rootCertificate) {
        options.setSslMode(SslMode.valueOf(mode.name()));
        switch (mode) {
            case DISABLE -> {}
            // As in libpq, these encrypt but do not verify the server.
            case ALLOW, PREFER, REQUIRE -> options.setTrustAll(true);
            case VERIFY_CA, VERIFY_FULL -> {
                options.setTrustOptions(rootCertificate
                        .<TrustOptions>map(file -> new PemTrustOptions().addCertPath(file))
                        .orElseGet(ConnectOptions::authoritiesOfJava));
                options.setHostnameVerificationAlgorithm(mode == DatabaseUrl.SslMode.VERIFY_FULL ? "HTTPS" : "");
            }
        }
    }

    /** The client needs explicit trust options, even for the certificate authorities that Java trusts by default. */
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
