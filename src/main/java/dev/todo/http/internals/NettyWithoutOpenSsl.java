package dev.todo.http.internals;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Removes OpenSSL from the executable: TLS to the database always uses Java's implementation. Quarkus substitutes the
 * overload that Netty had before 4.1.136; without this one the executable does not link. Remove it once Quarkus
 * supports the new overload.
 */
@TargetClass(className = "io.netty.handler.ssl.SslContext")
final class NettyWithoutOpenSsl {

    @Substitute
    static SslContext newClientContextInternal(
            SslProvider provider,
            Provider securityProvider,
            X509Certificate[] trustedCertificates,
            TrustManagerFactory trust,
            X509Certificate[] certificates,
            PrivateKey key,
            String keyPassword,
            KeyManagerFactory keys,
            Iterable<String> ciphers,
            CipherSuiteFilter cipherFilter,
            ApplicationProtocolConfig applicationProtocols,
            String[] protocols,
            long sessionCacheSize,
            long sessionTimeout,
            boolean startTls,
            boolean enableOcsp,
            SecureRandom random,
            String keyStoreType,
            String endpointIdentificationAlgorithm,
            Map.Entry<SslContextOption<?>, Object>... options)
            throws SSLException {
        return (SslContext) (Object) new JavaClientContext(
                securityProvider,
                trustedCertificates,
                trust,
                certificates,
                key,
                keyPassword,
                keys,
                ciphers,
                cipherFilter,
                applicationProtocols,
                protocols,
                sessionCacheSize,
                sessionTimeout,
                random,
                keyStoreType,
                endpointIdentificationAlgorithm,
                new Resumption());
    }

    @TargetClass(className = "io.netty.handler.ssl.JdkSslClientContext")
    static final class JavaClientContext {

        @Alias
        JavaClientContext(
                Provider securityProvider,
                X509Certificate[] trustedCertificates,
                TrustManagerFactory trust,
                X509Certificate[] certificates,
                PrivateKey key,
                String keyPassword,
                KeyManagerFactory keys,
                Iterable<String> ciphers,
                CipherSuiteFilter cipherFilter,
                ApplicationProtocolConfig applicationProtocols,
                String[] protocols,
                long sessionCacheSize,
                long sessionTimeout,
                SecureRandom random,
                String keyStoreType,
                String endpointIdentificationAlgorithm,
                Resumption resumption)
                throws SSLException {}
    }

    @TargetClass(className = "io.netty.handler.ssl.ResumptionController")
    static final class Resumption {

        @Alias
        Resumption() {}
    }
}
