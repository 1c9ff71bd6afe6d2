package dev.todo.user;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;

import dev.todo.TestDatabase;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProfileTest {

    @Test
    void shows_the_users_own_profile_without_secrets() {
        var alice = registered();

        alice.me()
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("$", aMapWithSize(4))
                .body("id", equalTo(alice.id()))
                .body("email", equalTo(alice.email()))
                .body("role", equalTo("user"))
                .body("created_at", matchesRegex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"));
    }

    @Test
    void shows_the_current_role_from_the_database() {
        var alice = registered();

        TestDatabase.makeAdmin(alice);

        alice.me().then().statusCode(200).body("role", equalTo("admin"));
    }

    @Test
    void requires_authentication() {
        anyone().get("/users/me").then().statusCode(401).body("code", equalTo("unauthorized"));
    }
}

@QuarkusIntegrationTest
class ProfileIT extends ProfileTest {}
