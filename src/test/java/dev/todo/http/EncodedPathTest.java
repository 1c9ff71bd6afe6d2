package dev.todo.http;

import static dev.todo.RawConnection.get;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.RawConnection;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another spelling of a path does not bypass any rule. */
@QuarkusTest
class EncodedPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs%2Findex.html",
                "/docs%2findex.html",
                "/docs%2F",
                "/docs%2Fexplorer.js",
                "/docs%252Findex.html",
                "/docs%5Cindex.html",
                "/docs/index.html;x=y",
                "/docs;x=y/index.html",
                "/docs/%2e%2e%2fdocs/index.html",
                "/assets%2F..%2Fdocs/index.html",
                "/assets/..%2fdocs/index.html",
                "/assets%2F",
                "/index.html;x=y",
                "/index.html%00",
                "/index.html%3Fa",
                "/tasks%2Fimport",
                "/tasks;x=y",
                "/auth%2Flogin",
                "/openapi;x=y",
                "/%2Fdocs/index.html"
            })
    void returns_404_for_a_path_that_stays_encoded(String path) {
        var answer = get(path);

        assertEquals(404, answer.status(), answer.head());
        assertEquals("application/problem+json", answer.header("Content-Type"));
        assertFalse(answer.head().contains("immutable"), answer.head());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/index.html",
                "/docs/%69ndex.html",
                "/%64ocs/index.html",
                "//docs/index.html",
                "/docs//index.html",
                "/docs/./index.html",
                "/docs/x/../index.html",
                "/x/../docs/index.html",
                "/%2e/docs/index.html",
                "/x/%2e%2e/docs/index.html",
                "/assets/../docs/index.html",
                "/assets/%2e%2e/docs/index.html",
                "http://localhost/docs/index.html"
            })
    void applies_the_same_rules_to_all_spellings_of_a_path(String path) {
        var answer = get(path);

        assertEquals(200, answer.status(), answer.head());
        assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'self'"), answer.head());
        assertEquals("no-cache", answer.header("Cache-Control"));
    }

    @ParameterizedTest
    @CsvSource({
        "/%74asks, 401",
        "/tasks/%2e%2e/users/me, 401",
        "//users/me, 401",
        "/users/%6De, 401",
        "/%, 400",
        "/%zz, 400"
    })
    void requires_a_token_for_all_spellings_of_a_path(String path, int status) {
        assertEquals(status, get(path).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%74asks", "//tasks", "/x/../tasks"})
    void allows_the_same_methods_for_all_spellings_of_a_path(String path) {
        try (var connection = new RawConnection()) {
            connection.send("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + registered().token() + "\r\n\r\n");
            var answer = connection.read();

            assertEquals(405, answer.status());
            assertTrue(answer.header("Allow").contains("POST"), answer.head());
        }
    }
}

@QuarkusIntegrationTest
class EncodedPathIT extends EncodedPathTest {}
