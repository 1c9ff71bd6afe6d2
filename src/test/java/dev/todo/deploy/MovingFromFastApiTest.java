package dev.todo.deploy;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static dev.todo.TodoClient.tokenOf;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MovingFromFastApiTest {

    private static final String PASSWORD = "correct horse battery";
    /** Its hash by passlib. */
    private static final String HASH = "$2b$10$fTyUf.wf8p8HiAZTR0hCNOyVgwN/YoQVRcKj1kyiidlcNw9/fIePK";

    @ParameterizedTest
    @ValueSource(strings = {"integer", "uuid"})
    void users_keep_their_passwords_and_tasks(String ids) throws SQLException {
        EarlierService.withIds(ids);
        var email = freshEmail();
        var ada = EarlierService.user(email, HASH);
        EarlierService.task(ada, "Buy milk", "Oat, 2 litres");
        var bob = EarlierService.user(freshEmail(), HASH);
        EarlierService.task(bob, "Not hers", null);

        EarlierService.move();

        tasksOf(email)
                .then()
                .statusCode(200)
                .body("title", contains("Buy milk"))
                .body("description", contains("Oat, 2 litres"))
                .body("completed", contains(false))
                .body("completed_at", contains(nullValue()))
                .body("priority", contains("medium"))
                .body("tags", contains(empty()))
                .body("version", contains(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"integer", "uuid"})
    void a_moved_task_can_be_changed_like_any_other(String ids) throws SQLException {
        EarlierService.withIds(ids);
        var email = freshEmail();
        EarlierService.task(EarlierService.user(email, HASH), "\u00a0 Buy milk \u3000", null);

        EarlierService.move();

        var id = tasksOf(email).<String>path("[0].id");
        request(email).patch("/tasks/{id}/complete", id).then().statusCode(200).body("title", equalTo("Buy milk"));
    }

    @Test
    void an_integer_id_becomes_a_UUID_with_the_creation_time() throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        EarlierService.task(EarlierService.user(email, HASH), "Buy milk", null);

        EarlierService.move();

        // 2025-03-30T01:30:00Z and 2025-04-01T02:30:00.123Z in milliseconds
        request(email).get("/users/me").then().body("id", matchesRegex("0195e4ab-81c0-7[0-9a-f]{3}-[89ab].*"));
        tasksOf(email).then().body("[0].id", matchesRegex("0195ef2f-28bb-7[0-9a-f]{3}-[89ab].*"));
    }

    @Test
    void keeps_UUIDs() throws SQLException {
        EarlierService.withIds("uuid");
        var email = freshEmail();
        var ada = EarlierService.user(email, HASH);
        var milk = EarlierService.task(ada, "Buy milk", null);

        EarlierService.move();

        request(email).get("/users/me").then().body("id", equalTo(ada));
        tasksOf(email).then().body("id", contains(milk));
    }

    @ParameterizedTest
    @ValueSource(strings = {"integer", "uuid"})
    void keeps_times_with_and_without_a_time_zone(String ids) throws SQLException {
        EarlierService.withIds(ids);
        var email = freshEmail();
        EarlierService.task(EarlierService.user(email, HASH), "Buy milk", null);
        EarlierService.run("update fastapi.tasks set completed = true");

        EarlierService.move();

        tasksOf(email)
                .then()
                .body("created_at", contains("2025-04-01T02:30:00.123456Z"))
                .body("updated_at", contains("2025-04-01T02:30:00.123456Z"))
                .body("completed_at", contains("2025-04-01T02:30:00.123456Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"integer", "uuid"})
    void migrating_twice_changes_nothing(String ids) throws SQLException {
        EarlierService.withIds(ids);
        var email = freshEmail();
        var ada = EarlierService.user(email, HASH);
        EarlierService.task(ada, "Buy milk", null);
        EarlierService.task(ada, "Call Grace", null);
        EarlierService.move();
        var milk = tasksOf(email).<String>path("find { it.title == 'Buy milk' }.id");
        var grace = tasksOf(email).<String>path("find { it.title == 'Call Grace' }.id");
        request(email).delete("/tasks/{id}", milk).then().statusCode(204);
        request(email).patch("/tasks/{id}/complete", grace).then().statusCode(200);
        var before = tasksOf(email).asString();

        EarlierService.move();

        assertThat(tasksOf(email).asString(), equalTo(before));
    }

    @Test
    void migrating_again_adds_new_tasks() throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        var ada = EarlierService.user(email, HASH);
        EarlierService.move();
        EarlierService.task(ada, "Buy milk", null);

        EarlierService.move();

        tasksOf(email).then().body("title", contains("Buy milk"));
    }

    @Test
    void lowercases_addresses() throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        EarlierService.user(" " + email.toUpperCase(Locale.ROOT), HASH);

        EarlierService.move();

        logIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void the_oldest_of_equal_addresses_keeps_it_and_no_task_is_lost() throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        EarlierService.task(EarlierService.user(email, HASH), "Of the oldest", null);
        var younger = EarlierService.user(email.toUpperCase(Locale.ROOT), HASH);
        EarlierService.task(younger, "Of the younger", null);

        var report = EarlierService.move();

        tasksOf(email).then().body("title", contains("Of the oldest"));
        assertThat(report, hasItem("user: address differs from another's only in case: disabled: 1"));
        EarlierService.run("""
                update tasks set user_id = (select id from users where email = ?)
                where user_id = (select new_id from fastapi.moved where kind = 'user' and old_id = ?)
                """, email, younger);
        tasksOf(email).then().body("title", hasItem("Of the younger"));
    }

    @Test
    void an_existing_account_keeps_its_tasks_and_password() throws SQLException {
        EarlierService.withIds("integer");
        var ada = registered();
        EarlierService.task(EarlierService.user(ada.email(), HASH), "Buy milk", null);

        var report = EarlierService.move();

        ada.list().then().statusCode(200).body("$", empty());
        assertThat(report, hasItem("user: address already has an account here: disabled: 1"));
    }

    @Test
    void reports_an_address_that_is_too_long() throws SQLException {
        EarlierService.withIds("integer");
        EarlierService.user("a".repeat(243) + "@example.com", HASH);

        assertThat(EarlierService.move(), hasItem("user: address is longer than 254 characters: disabled: 1"));
    }

    @Test
    void an_inactive_user_cannot_log_in() throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        EarlierService.user(email, HASH);
        EarlierService.run("update fastapi.users set is_active = false");

        EarlierService.move();

        logIn(email, PASSWORD).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g", "correct horse battery"})
    void a_hash_other_than_bcrypt_matches_no_password(String hash) throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        EarlierService.user(email, hash);

        var report = EarlierService.move();

        logIn(email, PASSWORD).then().statusCode(401);
        assertThat(report, hasItem("user: password hash is not bcrypt: no password will match: 1"));
    }

    @Test
    void keeps_a_title_that_is_too_long_in_the_description() throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        var ada = EarlierService.user(email, HASH);
        EarlierService.task(ada, "🥛".repeat(201), "Oat");

        var report = EarlierService.move();

        tasksOf(email)
                .then()
                .body("title", contains("🥛".repeat(199) + "…"))
                .body("description", contains("🥛".repeat(201) + "\n\nOat"));
        assertThat(report, hasItem("task: title is longer than 200 characters: complete in the description: 1"));
    }

    @Test
    void keeps_a_title_of_200_characters() throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        EarlierService.task(EarlierService.user(email, HASH), "🥛".repeat(200), null);

        EarlierService.move();

        tasksOf(email).then().body("title", contains("🥛".repeat(200))).body("description", contains(nullValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\n", "\u00a0\u3000"})
    void replaces_a_blank_title(String title) throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        EarlierService.task(EarlierService.user(email, HASH), title, null);

        var report = EarlierService.move();

        tasksOf(email).then().body("title", contains("(untitled)"));
        assertThat(report, hasItem("task: title is blank: (untitled): 1"));
    }

    @Test
    void truncates_and_reports_a_description_that_is_too_long() throws SQLException {
        EarlierService.withIds("integer");
        var email = freshEmail();
        EarlierService.task(EarlierService.user(email, HASH), "Buy milk", "x".repeat(4001));

        var report = EarlierService.move();

        tasksOf(email).then().body("description", contains("x".repeat(3999) + "…"));
        assertThat(
                report, hasItem("task: description is longer than 4000 characters: cut, complete in fastapi.tasks: 1"));
    }

    @Test
    void reports_a_task_without_an_owner() throws SQLException {
        EarlierService.withIds("integer");
        EarlierService.run("insert into fastapi.tasks (title) values ('Nobody''s')");

        assertThat(EarlierService.move(), hasItem("task: has no owner: stays in fastapi.tasks: 1"));
    }

    @Test
    void reports_columns_without_an_equivalent() throws SQLException {
        EarlierService.withIds("uuid");

        assertThat(EarlierService.move(), contains("column: has no equivalent: stays in fastapi.tasks: 1"));
    }

    @Test
    void migrates_everything_or_nothing() throws SQLException {
        EarlierService.withIds("uuid");
        var email = freshEmail();
        var taken = registered().add("Has this id already");
        var ada = EarlierService.user(email, HASH);
        var milk = EarlierService.task(ada, "Buy milk", null);
        EarlierService.run("update fastapi.tasks set id = ?::uuid", taken);

        assertThrows(SQLException.class, EarlierService::move);
        logIn(email, PASSWORD).then().statusCode(401);

        EarlierService.run("update fastapi.tasks set id = ?::uuid", milk);
        EarlierService.move();
        tasksOf(email).then().body("$", hasSize(1)).body("id", not(hasItem(taken)));
    }

    private static Response tasksOf(String email) {
        return request(email).get("/tasks");
    }

    private static RequestSpecification request(String email) {
        return anyone().header("Authorization", "Bearer " + tokenOf(email, PASSWORD));
    }
}

@QuarkusIntegrationTest
class MovingFromFastApiIT extends MovingFromFastApiTest {}
