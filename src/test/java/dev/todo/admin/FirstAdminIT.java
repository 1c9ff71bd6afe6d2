package dev.todo.admin;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshAddress;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.OwnPostgres;
import dev.todo.Replica;
import dev.todo.TestDatabase;
import dev.todo.Tokens;
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
    void replicas_that_start_at_once_make_one_administrator_where_there_is_none() throws Exception {
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
    void whoever_took_the_address_before_does_not_become_an_administrator() throws Exception {
        var database = postgres.freshDatabase();
        Tokens squatter;
        try (var replica = Replica.start(database, Map.of())) {
            replica.signUp(freshAddress(), "ada@example.com", PASSWORD).then().statusCode(201);
            squatter = replica.logIn("ada@example.com");
        }

        try (var replica = Replica.start(database, admin("ada@example.com"))) {
            var ada = logIn(replica, "ada@example.com");

            replica.bearing(ada.access()).get("/admin/users").then().statusCode(200);
            assertEquals(401, replica.status(squatter));
            assertEquals(401, replica.refresh(squatter.refresh()).statusCode());
            assertEquals(
                    401,
                    replica.logIn(freshAddress(), "ada@example.com", PASSWORD).statusCode());
        }
    }

    private static Map<String, String> admin(String email) {
        return Map.of("ADMIN_EMAIL", email, "ADMIN_PASSWORD", OPERATORS);
    }

    /** The administrator is made while the service starts to answer. */
    private static Tokens logIn(Replica replica, String email) throws Exception {
        var end = System.nanoTime() + 10_000_000_000L;
        var answer = replica.logIn(freshAddress(), email, OPERATORS);
        while (answer.statusCode() == 401 && System.nanoTime() < end) {
            Thread.sleep(100);
            answer = replica.logIn(freshAddress(), email, OPERATORS);
        }
        assertTrue(answer.statusCode() == 200, answer.statusLine());
        return Tokens.in(answer);
    }
}
