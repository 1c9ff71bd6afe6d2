package dev.todo.database;

import dev.todo.config.DatabaseParameters;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;

/** Applies the parameters of a database URL to the reactive client. */
public final class ConnectOptions {

    private ConnectOptions() {}

    public static PgConnectOptions apply(PgConnectOptions options, DatabaseParameters parameters) {
        options.addProperty("application_name", parameters.applicationName());
        if (parameters.options() != null) {
            options.addProperty("options", parameters.options());
        }
        var mode = SslMode.valueOf(parameters.sslMode().name());
        options.setSslMode(mode);
        switch (mode) {
            case DISABLE -> {}
            // As in libpq, these encrypt but do not verify the server.
            case ALLOW, PREFER, REQUIRE -> options.setTrustAll(true);
            case VERIFY_CA, VERIFY_FULL -> {
                options.setTrustOptions(
                        parameters.rootCertificate() == null
                                ? authoritiesOfJava()
                                : new PemTrustOptions().addCertPath(parameters.rootCertificate()));
                options.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
            }
        }
        return options;
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
