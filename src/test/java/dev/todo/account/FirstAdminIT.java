package dev.todo.account;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshAddress;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.OwnPostgres;
import dev.todo.PackagedService;
import dev.todo.Replica;
import dev.todo.TestDatabase;
import dev.todo.Tokens;
import dev.todo.user.Users;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FirstAdminIT {

    private static final String OPERATORS = "only the operator knows";

    private static OwnPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = new OwnPostgres();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void replicas_starting_together_create_one_administrator_if_there_is_none() throws Exception {
        var database = postgres.freshDatabase();

        var replicas = Replica.start(2, database, admin("Ada@Example.com"));

        try {
            for (var replica : replicas) {
                var ada = logIn(replica, "ada@example.com");
                replica.bearing(ada.access()).get("/admin/users").then().statusCode(200);
            }
            assertEquals("1", TestDatabase.text("select count(*) from users"));
        } finally {
            for (var replica : replicas) {
                replica.close();
            }
        }

        try (var replica = Replica.start(database, admin("grace@example.com"))) {
            logIn(replica, "ada@example.com");
            assertEquals(
                    401,
                    replica.logIn(freshAddress(), "grace@example.com", OPERATORS)
                            .statusCode());
            assertEquals("1", TestDatabase.text("select count(*) from users"));
        }
    }

    @Test
    void promoting_an_existing_account_revokes_its_password_sessions_and_tokens() throws Exception {
        var database = postgres.freshDatabase();
        Tokens squatter;
        String script;
        try (var replica = Replica.start(database, Map.of())) {
            replica.signUp(freshAddress(), "ada@example.com", PASSWORD).then().statusCode(201);
            squatter = replica.logIn("ada@example.com");
            script = replica.bearing(squatter.access())
                    .contentType("application/json")
                    .body(Map.of("name", "script", "scopes", List.of("tasks:read")))
                    .post("/auth/tokens")
                    .path("token");
            replica.bearing(squatter.access())
                    .contentType("application/json")
                    .body(Map.of("title", "Buy milk"))
                    .post("/tasks")
                    .then()
                    .statusCode(201);
        }

        try (var replica = Replica.start(database, admin("ada@example.com"))) {
            var ada = logIn(replica, "ada@example.com");

            replica.bearing(ada.access()).get("/admin/users").then().statusCode(200);
            assertEquals(401, replica.status(squatter));
            assertEquals(401, replica.refresh(squatter.refresh()).statusCode());
            assertEquals(401, replica.bearing(script).get("/tasks").statusCode());
            assertEquals("1", TestDatabase.text("select count(*) from known_addresses"));
            replica.bearing(ada.access()).get("/tasks").then().body("title", contains("Buy milk"));
            assertEquals(
                    401,
                    replica.logIn(freshAddress(), "ada@example.com", PASSWORD).statusCode());
        }
    }

    private static Map<String, String> admin(String email) {
        return Map.of("ADMIN_EMAIL", email, "ADMIN_PASSWORD", OPERATORS);
    }

    @Test
    void is_not_ready_until_an_administrator_exists() throws Exception {
        var database = postgres.freshDatabase();
        Replica.start(database, Map.of()).close();
        var all = new HashMap<>(admin("ada@example.com"));
        all.putAll(Map.of("DATABASE_URL", database, "SHUTDOWN_DELAY", "PT0S"));

        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(Users.LOCK_ADMINISTRATORS);
            try (var service = PackagedService.start(all)) {
                service.awaitHealth("live", 200, Duration.ofSeconds(60));
                Thread.sleep(1_000);
                assertEquals(503, service.health("ready"));

                connection.rollback();

                service.awaitHealth("ready", 200, Duration.ofSeconds(20));
                assertEquals("1", TestDatabase.text("select count(*) from users where role = 'admin'"));
            }
        }
    }

    /** Does not retry: the administrator can log in as soon as the replica is ready. */
    private static Tokens logIn(Replica replica, String email) {
        return Tokens.in(replica.logIn(freshAddress(), email, OPERATORS));
    }
}
