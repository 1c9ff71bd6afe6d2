package dev.todo.http.page;

import static dev.todo.TodoClient.anyone;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How the web page is served. Browser tests cover what it does. */
@QuarkusTest
class WebPageTest {

    @Test
    void the_page_is_revalidated_and_may_load_only_its_own_files() {
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
    void caches_files_with_a_hash_in_their_name() {
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

    /** Uses HttpClient because REST-assured decompresses responses silently. */
    @Test
    void sends_files_compressed() throws Exception {
        for (var file : files()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + TodoClient.port() + file))
                    .header("Accept-Encoding", "gzip");
            var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());

            assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse("none"), file);
            assertTrue(answer.body().length < 80 * 1024, file);
        }
    }

    /** Files that were decompressed for each request once arrived truncated at some clients. */
    @Test
    void sends_complete_files_to_concurrent_clients() {
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
    void answers_304_if_the_browser_has_the_page() {
        var tag = page().header("ETag");

        anyone().header("If-None-Match", tag).get("/").then().statusCode(304).header("Cache-Control", "no-cache");
    }

    @Test
    void does_not_let_a_missing_file_be_cached() {
        anyone().get("/assets/app-00000000.js")
                .then()
                .statusCode(404)
                .header("Cache-Control", "no-cache")
                .body("code", equalTo("not_found"));
    }

    @Test
    void returns_404_for_any_other_page() {
        anyone().accept("text/html").get("/settings").then().statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void does_not_publish_source_maps() {
        for (var file : files()) {
            assertEquals(404, anyone().get(file + ".map").statusCode());
        }
    }

    @Test
    void the_explorers_files_are_revalidated() {
        anyone().get("/docs/explorer.js").then().statusCode(200).header("Cache-Control", "no-cache");
    }

    private static Response page() {
        return anyone().get("/");
    }

    private static List<String> files() {
        return Pattern.compile("(?:src|href)=\"\\.(/assets/[^\"]+)\"")
                .matcher(page().asString())
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}

@QuarkusIntegrationTest
class WebPageIT extends WebPageTest {}
