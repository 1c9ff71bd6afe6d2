package dev.todo.http.page;

import static dev.todo.TodoClient.anyone;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the web page is served; what it does is tested in a browser. */
@QuarkusTest
class WebPageTest {

    @Test
    void the_page_is_asked_for_each_time_and_may_load_only_its_own_files() {
        page().then()
                .statusCode(200)
                .contentType("text/html")
                .header("Cache-Control", "no-cache")
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        "Content-Security-Policy",
                        allOf(
                                containsString("default-src 'none'"),
                                containsString("script-src 'self';"),
                                not(containsString("unsafe"))));
    }

    @Test
    void its_files_have_hashes_in_their_names_and_are_kept() {
        var files = files();

        assertEquals(2, files.size());
        for (var file : files) {
            assertTrue(file.matches("/assets/app-[A-Z0-9]{8}\\.(js|css)"), file);
            anyone().get(file)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", "public, max-age=31536000, immutable")
                    .header("Vary", containsString("accept-encoding"));
        }
    }

    /** Not by REST-assured, which unpacks what it gets and tells nobody. */
    @Test
    void its_files_come_compressed() throws Exception {
        for (var file : files()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + TodoClient.port() + file))
                    .header("Accept-Encoding", "gzip");
            var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());

            assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse("none"), file);
            assertTrue(answer.body().length < 80 * 1024, file);
        }
    }

    /** Files that were unpacked anew for each request once came cut off to some. */
    @Test
    void many_at_once_get_all_of_a_file() {
        var file = files().get(0);
        var whole = anyone().get(file).asByteArray().length;

        var lengths = IntStream.range(0, 100)
                .parallel()
                .map(each -> anyone().get(file).asByteArray().length)
                .boxed()
                .collect(Collectors.toSet());

        assertEquals(Set.of(whole), lengths);
    }

    @Test
    void what_the_browser_has_is_not_sent_again() {
        var tag = page().header("ETag");

        anyone().header("If-None-Match", tag).get("/").then().statusCode(304).header("Cache-Control", "no-cache");
    }

    @Test
    void a_file_that_is_missing_is_not_kept() {
        anyone().get("/assets/app-00000000.js")
                .then()
                .statusCode(404)
                .header("Cache-Control", "no-cache")
                .body("code", equalTo("not_found"));
    }

    @Test
    void nothing_else_is_a_page() {
        anyone().accept("text/html").get("/settings").then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void source_maps_stay_at_home() {
        for (var file : files()) {
            assertEquals(404, anyone().get(file + ".map").statusCode());
        }
    }

    @Test
    void the_explorers_files_are_asked_for_each_time() {
        anyone().get("/docs/explorer.js").then().statusCode(200).header("Cache-Control", "no-cache");
    }

    private static Response page() {
        return anyone().get("/");
    }

    private static List<String> files() {
        return Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
                .matcher(page().asString())
                .results()
                .map(MatchResult::group)
                .map(match -> match.substring(match.indexOf('"') + 1, match.length() - 1))
                .toList();
    }
}
