package dev.todo.account;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.todo.TestDatabase;
import dev.todo.http.paging.Cursor;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UserListTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    /** Part of the address of every user that this test creates. */
    private final String mark = "m" + UUID.randomUUID().toString().replace("-", "");

    private Administrator ada;

    @BeforeEach
    void appoint() {
        ada = Administrator.appointed();
    }

    @Test
    void shows_all_fields_of_a_user_except_secrets() {
        var alice = registered();
        alice.add("Buy milk");
        alice.delete(alice.add("Buy bread"));

        ada.list("q=" + alice.email())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("$", hasSize(1))
                .body("[0]", aMapWithSize(7))
                .body("[0].id", equalTo(alice.id()))
                .body("[0].email", equalTo(alice.email()))
                .body("[0].role", equalTo("user"))
                .body("[0].disabled", equalTo(false))
                .body("[0].task_count", equalTo(1))
                .body("[0].created_at", matchesRegex(TIME))
                .body("[0].last_login_at", matchesRegex(TIME));
    }

    @Test
    void shows_a_single_user_as_in_the_list() {
        var alice = registered();

        var shown = ada.get(alice.id());

        shown.then().statusCode(200).body("$", aMapWithSize(7)).body("id", equalTo(alice.id()));
        assertEquals(shown.<Object>path("$"), ada.list("q=" + alice.email()).<Object>path("[0]"));
    }

    @Test
    void last_login_at_is_null_before_the_first_log_in() {
        users(1);

        ada.list("q=" + mark).then().body("[0]", aMapWithSize(7)).body("[0].last_login_at", nullValue());
    }

    @Test
    void lists_the_newest_users_first() {
        var emails = users(3);

        ada.list("q=" + mark).then().body("email", contains(emails.toArray()));
    }

    @Test
    void next_links_lead_through_all_pages() {
        var emails = users(5);
        var found = new ArrayList<String>();

        var page = ada.list("q=" + mark + "&limit=2");
        for (; next(page) != null; page = ada.list(next(page))) {
            page.then().statusCode(200).body("$", hasSize(2));
            found.addAll(page.path("email"));
        }
        found.addAll(page.path("email"));

        assertEquals(emails, found);
    }

    @Test
    void pages_neither_repeat_nor_skip_users_with_the_same_creation_time() {
        users(4);
        TestDatabase.executeAny("update users set created_at = now() where email like ?", mark + "%");
        var found = new ArrayList<String>();

        var page = ada.list("q=" + mark + "&limit=1");
        for (; next(page) != null; page = ada.list(next(page))) {
            found.addAll(page.path("id"));
        }
        found.addAll(page.path("id"));

        assertEquals(4, found.stream().distinct().count());
        assertEquals(4, found.size());
    }

    @Test
    void a_full_last_page_has_no_next_link() {
        users(2);

        assertNull(next(ada.list("q=" + mark + "&limit=2")));
    }

    @Test
    void q_matches_any_part_of_an_address_in_any_case_without_wildcards() {
        var emails = users(1);
        var user = emails.get(0);

        ada.list("q=" + mark.substring(3, 20).toUpperCase()).then().body("email", contains(user));
        ada.list("q=" + mark.substring(1) + "%25").then().statusCode(200).body("$", empty());
        ada.list("q=" + mark.substring(1, 20) + "_").then().statusCode(200).body("$", empty());
        ada.list("q='").then().statusCode(200);
    }

    @Test
    void an_empty_q_matches_all_users() {
        ada.list("q=").then().statusCode(200).body("$", not(empty()));
    }

    @Test
    void filters_by_role() {
        var emails = users(3);
        TestDatabase.execute("update users set role = 'admin' where email = ?", emails.get(1));

        ada.list("role=admin&q=" + mark).then().body("email", contains(emails.get(1)));
        ada.list("role=user&q=" + mark).then().body("email", contains(emails.get(0), emails.get(2)));
    }

    @Test
    void filters_by_disabled_state() {
        var emails = users(3);
        TestDatabase.execute("update users set disabled = true where email = ?", emails.get(1));

        ada.list("disabled=true&q=" + mark).then().body("email", contains(emails.get(1)));
        ada.list("disabled=false&q=" + mark).then().body("email", containsInAnyOrder(emails.get(0), emails.get(2)));
        ada.list("disabled=true&role=admin&q=" + mark).then().body("$", empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=-1",
                "limit=ten",
                "limit=",
                "limit=1&limit=2",
                "role=boss",
                "role=ADMIN",
                "role=",
                "disabled=yes",
                "disabled=",
                "cursor=x",
                "cursor=",
                "cursor=AAAAAAAAAAAAAAAA",
                "cursor=%C3%BC",
                "q=%00",
                "q=a&q=b",
                "sort=email",
                "page=2",
                "Q=x"
            })
    void rejects_invalid_query_parameters(String query) {
        ada.list(query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", contains(query.split("=")[0]));
    }

    @Test
    void accepts_the_minimum_and_maximum_limit() {
        ada.list("limit=1").then().statusCode(200).body("$", hasSize(1));
        ada.list("limit=200").then().statusCode(200);
    }

    @Test
    void rejects_a_forged_cursor() {
        var ada = Administrator.appointed();
        var time = "2026-11-20T10:00:00Z";
        var id = ada.user().id();

        for (var keys : new String[][] {{}, {time}, {id}, {time, "x"}, {"x", id}, {id, time}, {time, id, ""}}) {
            ada.list("cursor=" + Cursor.after("users null null null", keys))
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("cursor"));
        }
        ada.list("cursor=" + Cursor.after("users null null null", time, id))
                .then()
                .statusCode(200);
    }

    @Test
    void rejects_a_truncated_cursor_or_one_of_another_list() {
        users(2);
        var cursor = next(ada.list("q=" + mark + "&limit=1")).replaceFirst(".*cursor=", "");

        ada.list("cursor=" + cursor).then().statusCode(400);
        ada.list("role=user&q=" + mark + "&cursor=" + cursor).then().statusCode(400);
        for (var length = 1; length < cursor.length(); length++) {
            ada.list("q=" + mark + "&cursor=" + cursor.substring(0, length))
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("cursor"));
        }
        // The limit may differ between pages
        ada.list("q=" + mark + "&limit=7&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("$", hasSize(1));
    }

    @Test
    void returns_404_for_an_unknown_id() {
        for (var id : List.of(UUID.randomUUID().toString(), "1", "me")) {
            ada.get(id).then().statusCode(404).body("code", equalTo("not_found"));
        }
    }

    @Test
    void only_administrators_can_list_users() {
        var alice = registered();

        forbidden(alice.request().get("/admin/users"));
        forbidden(alice.request().get("/admin/users/{id}", alice.id()));
        anyone().get("/admin/users").then().statusCode(401);
        anyone().get("/admin/users/{id}", alice.id()).then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/users?limit=0", "/admin/users?nonsense=1", "/admin/users/1"})
    void checks_the_role_before_anything_else(String path) {
        forbidden(registered().request().get(path));
    }

    @Test
    void a_new_administrator_has_access_from_the_next_request() {
        var alice = registered();
        forbidden(alice.request().get("/admin/users"));

        TestDatabase.makeAdmin(alice);

        alice.request().get("/admin/users").then().statusCode(200).body("email", everyItem(not(nullValue())));
        ada.list("role=admin&limit=200").then().body("id", hasItem(alice.id()));
    }

    private static void forbidden(Response answer) {
        answer.then().statusCode(403).contentType("application/problem+json").body("code", equalTo("forbidden"));
    }

    /** Creates this many users and returns their addresses, newest first. */
    private List<String> users(int count) {
        var emails = Stream.iterate(count, number -> number - 1)
                .limit(count)
                .map(number -> mark + "-" + number + "@example.com")
                .toList();
        for (var i = emails.size() - 1; i >= 0; i--) {
            TestDatabase.insertUser(emails.get(i), "none");
        }
        return emails;
    }

    /** The query string of the next page, or null. */
    private static String next(Response page) {
        var link = page.header("Link");
        if (link == null) {
            return null;
        }
        var matcher = Pattern.compile("</admin/users\\?(.*)>; rel=\"next\"").matcher(link);
        return matcher.matches() ? matcher.group(1) : "unexpected Link: " + link;
    }
}

@QuarkusIntegrationTest
class UserListIT extends UserListTest {}
