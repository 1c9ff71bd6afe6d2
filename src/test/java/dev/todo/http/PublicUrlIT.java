package dev.todo.http;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.freshEmail;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.OwnPostgres;
import dev.todo.Replica;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PUBLIC_URL changes about cookies and origins, and how somebody learns that they should set it. */
class PublicUrlIT {

    private static OwnPostgres postgres;
    private static Replica with;
    private static Replica without;

    @BeforeAll
    static void start() throws Exception {
        postgres = new OwnPostgres();
        with = Replica.start(postgres.freshDatabase(), Map.of("PUBLIC_URL", "http://NAS.example.com:80/"));
        without = Replica.start(postgres.freshDatabase(), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        with.close();
        without.close();
        postgres.close();
    }

    @Test
    void the_cookie_is_for_HTTPS_only_unless_people_use_plain_HTTP() {
        logIn(with).then().header("Set-Cookie", allOf(containsString(";Path=/auth;"), not(containsString("Secure"))));
        logIn(without).then().header("Set-Cookie", allOf(containsString(";Path=/auth;"), containsString(";Secure")));
    }

    @Test
    void the_cookie_is_accepted_from_the_origin_of_PUBLIC_URL_behind_a_proxy_that_hides_it() {
        for (var service : List.of(with, without)) {
            service.anyone()
                    .cookie("refresh_token", logIn(service).cookie("refresh_token"))
                    .header("Origin", "http://nas.example.com")
                    .post("/auth/refresh")
                    .then()
                    .statusCode(service == with ? 200 : 403);
        }
    }

    @Test
    void logs_each_refused_origin_once_and_says_what_to_set() throws Exception {
        for (var origin : List.of("https://a.example.com", "https://b.example.com", "https://a.example.com", "null")) {
            without.anyone()
                    .cookie("refresh_token", "any")
                    .header("Origin", origin)
                    .post("/auth/refresh")
                    .then()
                    .statusCode(403);
        }

        var logged = without.log()
                .lines()
                .filter(line -> line.contains("Refused a request from a page at "))
                .filter(line -> !line.contains("nas.example.com"))
                .toList();
        assertEquals(2, logged.size(), logged::toString);
        for (var line : logged) {
            assertTrue(line.contains(without.url().replace("http://", "")), line);
            assertTrue(line.contains("set PUBLIC_URL"), line);
            assertTrue(line.contains("CORS_ORIGINS"), line);
        }
    }

    @Test
    void logs_only_so_many_refused_origins() throws Exception {
        for (var i = 0; i < 150; i++) {
            with.anyone()
                    .cookie("refresh_token", "any")
                    .header("Origin", "https://" + i + ".example.com")
                    .post("/auth/refresh")
                    .then()
                    .statusCode(403);
        }

        assertEquals(
                100,
                with.log()
                        .lines()
                        .filter(line -> line.contains("Refused a request from a page at "))
                        .count());
    }

    private static Response logIn(Replica service) {
        var email = freshEmail();
        service.signUp(freshAddress(), email, PASSWORD).then().statusCode(201);
        return service.logIn(freshAddress(), email, PASSWORD);
    }
}
