package dev.todo.settings;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The database and the secret of dev mode, made up once and kept in {@code .dev} at the top of the checkout. The embedded
 * PostgreSQL is an optional dependency: it is not in what is deployed, and nothing but dev mode comes here.
 */
public final class DevelopmentDatabase implements DevelopmentServices {

    private static final Path HOME =
            Path.of(System.getProperty("dev.home", ".dev")).toAbsolutePath();
    private static final Path DATA = HOME.resolve("postgres");

    @Override
    public void startUnlessConfigured() {
        try {
            if (isMissing("DATABASE_URL")) {
                var port = portOfRunningServer().orElseGet(DevelopmentDatabase::start);
                System.setProperty(
                        "DATABASE_URL", "postgresql://postgres@localhost:" + port + "/postgres?sslmode=disable");
            }
            if (isMissing("JWT_SECRET")) {
                System.setProperty("JWT_SECRET", keptSecret());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A live reload, or a JVM that was killed, leaves the server running: then it is used on. */
    private static Optional<Integer> portOfRunningServer() throws IOException {
        var pidFile = DATA.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        // First line: process id; fourth: port (PostgreSQL manual, section 66.1).
        var lines = Files.readAllLines(pidFile);
        var isRunning = lines.size() > 3
                && ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                        .filter(ProcessHandle::isAlive)
                        .isPresent();
        return isRunning ? Optional.of(Integer.parseInt(lines.get(3).strip())) : Optional.empty();
    }

    private static int start() {
        try {
            Files.createDirectories(HOME);
            return EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(HOME.resolve("binaries").toFile())
                    .setDataDirectory(DATA)
                    .setCleanDataDirectory(false)
                    .start()
                    .getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String keptSecret() throws IOException {
        var file = HOME.resolve("jwt-secret");
        if (!Files.exists(file)) {
            var bytes = new byte[48];
            new SecureRandom().nextBytes(bytes);
            Files.createDirectories(HOME);
            Files.writeString(file, Base64.getEncoder().encodeToString(bytes));
        }
        return Files.readString(file);
    }

    private static boolean isMissing(String variable) {
        var value = System.getProperty(variable, System.getenv(variable));
        return value == null || value.isBlank();
    }
}
