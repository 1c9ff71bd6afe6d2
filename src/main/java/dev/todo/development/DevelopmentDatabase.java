package dev.todo.development;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Provides the database and the secret for dev mode, created once and kept in {@code .dev} at the top of the checkout.
 * The embedded PostgreSQL is an optional dependency: it is not deployed, and only dev mode uses this class.
 */
public final class DevelopmentDatabase implements DevelopmentServices {

    private static final Logger LOG = Logger.getLogger(DevelopmentDatabase.class);

    private Path home;
    private Path data;

    @Override
    public void startUnlessConfigured(Path home) {
        this.home = home;
        this.data = home.resolve("postgres");
        try {
            if (isMissing("DATABASE_URL")) {
                var running = findRunningServer();
                var port = running.isPresent() ? adopt(running.get()) : start();
                var url = "postgresql://postgres@localhost:" + port + "/postgres?sslmode=disable";
                LOG.info("Embedded PostgreSQL at " + url + ", data in " + data);
                System.setProperty("DATABASE_URL", url);
            }
            if (isMissing("JWT_SECRET")) {
                System.setProperty("JWT_SECRET", secret());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JVM that was killed leaves its server running, and no second one can start on the same data. */
    private Optional<ProcessHandle> findRunningServer() throws IOException {
        var pidFile = pidFile();
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        // After a system crash, the PID may belong to any other process
        return ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").contains("postgres"));
    }

    private int adopt(ProcessHandle running) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Thread(running::destroy));
        // The port is on the fourth line (PostgreSQL manual, section 66.1)
        return Integer.parseInt(Files.readAllLines(pidFile()).get(3).strip());
    }

    private int start() throws IOException {
        Files.createDirectories(home);
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(home.resolve("binaries").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // Off by default, as for tests; here the data should also survive a system crash
                .setServerConfig("fsync", "on")
                .start()
                .getPort();
    }

    private Path pidFile() {
        return data.resolve("postmaster.pid");
    }

    private String secret() throws IOException {
        var file = home.resolve("jwt-secret");
        if (!Files.exists(file)) {
            var bytes = new byte[48];
            new SecureRandom().nextBytes(bytes);
            Files.createDirectories(home);
            Files.writeString(file, Base64.getEncoder().encodeToString(bytes));
        }
        return Files.readString(file);
    }

    private static boolean isMissing(String variable) {
        var value = System.getProperty(variable, System.getenv(variable));
        return value == null || value.isBlank();
    }
}
