package dev.todo.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;

/** A certificate authority that openssl makes in a directory. */
final class TestAuthority {

    private static final List<String> NEW_KEY =
            List.of("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes");

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final String name;

    /** A certificate and its key. */
    record Issued(Path certificate, Path key) {}

    TestAuthority(Path directory, String name) throws Exception {
        this.directory = directory;
        this.name = name;
        openssl(NEW_KEY, "-x509", "-subj", "/CN=" + name, "-keyout", file("key"), "-out", file("pem"));
    }

    /** The authority's own certificate. */
    Path certificate() {
        return Path.of(file("pem"));
    }

    /** A certificate for a host, valid for this many days; -1 for one that has expired. */
    Issued issue(String host, int days) throws Exception {
        var issued = new Issued(directory.resolve(name + days + ".crt"), directory.resolve(name + days + ".key"));
        openssl(
                NEW_KEY,
                "-subj",
                "/CN=" + host,
                "-addext",
                "subjectAltName=DNS:" + host,
                "-keyout",
                issued.key().toString(),
                "-out",
                file("request"));
        openssl(
                List.of("x509", "-req", "-copy_extensions", "copy"),
                "-CA",
                file("pem"),
                "-CAkey",
                file("key"),
                "-days",
                String.valueOf(days),
                "-in",
                file("request"),
                "-out",
                issued.certificate().toString());
        return issued;
    }

    /** The options that make Java, and the executable, trust this authority instead of the usual ones. */
    List<String> trustedByJava() throws Exception {
        var store = directory.resolve(name + ".p12");
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        try (InputStream file = Files.newInputStream(certificate())) {
            keys.setCertificateEntry(
                    name, CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        try (var file = Files.newOutputStream(store)) {
            keys.store(file, PASSWORD.toCharArray());
        }
        return List.of("-Djavax.net.ssl.trustStore=" + store, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    private String file(String type) {
        return directory.resolve(name + "." + type).toString();
    }

    private static void openssl(List<String> command, String... options) throws Exception {
        var process = new ProcessBuilder(Stream.of(List.of("openssl"), command, List.of(options))
                        .flatMap(List::stream)
                        .toList())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
    }
}
