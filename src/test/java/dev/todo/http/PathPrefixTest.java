package dev.todo.http;

import static dev.todo.RawConnection.get;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.Metrics;
import dev.todo.Tokens;
import dev.todo.UnderPath;
import dev.todo.config.WebAddress;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a path in PUBLIC_URL. Requests arrive with it or, if a proxy removed it, without. */
@QuarkusTest
@TestProfile(UnderPath.class)
class PathPrefixTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/todo"})
    void Location_begins_with_the_path(String path) {
        anyone().contentType("application/json")
                .body(Map.of("email", freshEmail(), "password", PASSWORD))
                .post(path + "/auth/signup")
                .then()
                .statusCode(201)
                .header("Location", "/todo/users/me");

        var user = registered();
        for (var attempt = 1; attempt <= 2; attempt++) {
            var task = user.request()
                    .header("Idempotency-Key", "one")
                    .contentType("application/json")
                    .body(Map.of("title", "Buy milk"))
                    .post(path + "/tasks");

            task.then().statusCode(201).header("Location", matchesPattern("/todo/tasks/[0-9a-f-]{36}"));
            user.request().get(task.header("Location")).then().statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/todo"})
    void Link_begins_with_the_path(String path) {
        var user = registered();
        user.add("Walk the dog");
        user.add("Buy milk");

        var page = user.request().get(path + "/tasks?limit=1&completed=false");
        page.then().header("Link", matchesPattern("</todo/tasks\\?[^>]+>; rel=\"next\""));
        var next = page.header("Link").replaceAll("<([^>]+)>.*", "$1");
        user.request()
                .urlEncodingEnabled(false)
                .get(next)
                .then()
                .statusCode(200)
                .body("title", contains("Walk the dog"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/todo"})
    void the_cookie_is_for_the_path_and_for_HTTPS_only(String path) {
        var logIn = anyone().contentType("application/json")
                .body(Map.of("email", registered().email(), "password", PASSWORD))
                .post(path + "/auth/login");
        var logOut = Tokens.in(logIn).cookie().post(path + "/auth/logout");

        for (var answer : List.of(logIn, logOut)) {
            answer.then().header("Set-Cookie", allOf(containsString(";Path=/todo/auth;"), containsString(";Secure")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://host.example.com, 200",
        "http://host.example.com, 403",
        "https://host.example.com:8443, 403",
        "https://other.host.example.com, 403"
    })
    void accepts_the_cookie_from_the_origin_of_PUBLIC_URL_whatever_Host_says(String origin, int status) {
        Tokens.of(registered())
                .cookie()
                .header("Origin", origin)
                .post("/todo/auth/refresh")
                .then()
                .statusCode(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/%74odo/users/me, 401",
        "//todo/users/me, 401",
        "/todo//users/me, 401",
        "/todo/./users/%6De, 401",
        "/x/../todo/users/me, 401",
        "/todo/../users/me, 401",
        "/todo/../todo/users/me, 401",
        "http://localhost/todo/users/me, 401",
        "/todo/users/me;x=y, 404",
        "/todo;x=y/users/me, 404",
        "/todo%2Fusers/me, 404",
        "/todo/users%2Fme, 404",
        "/todo/docs%2Findex.html, 404",
        "/todo/todo/users/me, 404",
        "/Todo/users/me, 404",
        "/todos/users/me, 404",
        "/todo/%, 400"
    })
    void applies_the_same_rules_to_all_spellings_of_the_path(String path, int status) {
        assertEquals(status, get(path).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/todo"})
    void everything_else_is_as_without_a_path(String path) {
        var user = registered();

        anyone().get(path + "/nowhere")
                .then()
                .statusCode(404)
                .body("instance", equalTo("/nowhere"))
                .header("X-Request-ID", notNullValue())
                .header("X-Content-Type-Options", "nosniff");
        user.request().get(path + "/tasks?limit=many").then().statusCode(400).body("errors.field", hasItem("limit"));
        user.request().put(path + "/tasks").then().statusCode(405).header("Allow", containsString("POST"));
        anyone().contentType("application/json")
                .body("x".repeat(70_000))
                .post(path + "/auth/login")
                .then()
                .statusCode(413);
        user.request()
                .contentType("text/csv")
                .body("title\n" + "Buy milk\n".repeat(10_000))
                .post(path + "/tasks/import")
                .then()
                .statusCode(200)
                .body("imported", equalTo(10_000));
        var metrics = Metrics.now().ofRequests();
        assertTrue(metrics.stream().anyMatch(series -> series.contains("uri=\"/tasks/import\"")), metrics::toString);
        assertTrue(metrics.stream().noneMatch(series -> series.contains("/todo")), metrics::toString);
    }

    /** Otherwise a request could mean two things. */
    @Test
    void PUBLIC_URL_cannot_begin_with_any_path_of_the_API() {
        Map<String, ?> paths = anyone().get("/openapi?format=json").path("paths");

        var others = Stream.of("/docs", "/openapi", "/assets", "/favicon.svg", "/index.html");
        assertEquals(
                WebAddress.OWN_PATHS,
                Stream.concat(paths.keySet().stream(), others)
                        .map(path -> path.split("/")[1])
                        .collect(Collectors.toSet()));
    }
}

@QuarkusIntegrationTest
@TestProfile(UnderPath.class)
class PathPrefixIT extends PathPrefixTest {}
