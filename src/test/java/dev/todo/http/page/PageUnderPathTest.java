package dev.todo.http.page;

import static dev.todo.TodoClient.anyone;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import dev.todo.UnderPath;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page with a path in PUBLIC_URL. Requests arrive with it or, if a proxy removed it, without. */
@QuarkusTest
@TestProfile(UnderPath.class)
class PageUnderPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/todo/", "/index.html", "/todo/index.html"})
    void the_page_knows_its_path(String path) {
        anyone().get(path)
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("base-uri 'self';"))
                .body(containsString("<head><base href=\"/todo/\">"))
                .body(containsString("<meta name=\"public-url\" content=\"https://host.example.com/todo\">"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/todo"})
    void the_pages_files_are_under_the_path(String path) {
        var script = anyone().get("/").asString().replaceAll("(?s).* src=\"\\.(/assets/[^\"]+)\".*", "$1");

        anyone().get(path + script).then().statusCode(200).header("Cache-Control", containsString("immutable"));
        anyone().get(path + "/favicon.svg").then().statusCode(200);
        anyone().get(path + "/docs/").then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"/todo, /todo/", "/todo/docs, /todo/docs/", "/docs, /todo/docs/"})
    void completes_the_slash_at_the_end_of_a_path(String path, String completed) {
        anyone().redirects()
                .follow(false)
                .get(path)
                .then()
                .statusCode(308)
                .header("Location", completed)
                .header("X-Request-ID", notNullValue());
    }
}

@QuarkusIntegrationTest
@TestProfile(UnderPath.class)
class PageUnderPathIT extends PageUnderPathTest {}
