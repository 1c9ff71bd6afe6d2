package dev.todo.task;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TaskSearchTest {

    @Test
    void searches_titles_and_descriptions() {
        var alice = registered();
        alice.add(Map.of("title", "Buy milk", "description", "Oat, 2 litres"));
        alice.add("Call Grace");

        search(alice, "milk").then().statusCode(200).body("title", contains("Buy milk"));
        search(alice, "litres").then().body("title", contains("Buy milk"));
        search(alice, "bread").then().body("$", empty());
    }

    @Test
    void all_words_must_match() {
        var alice = registered();
        alice.add(Map.of("title", "Buy milk", "description", "Oat"));
        alice.add("Buy bread");

        search(alice, "oat buy").then().body("title", contains("Buy milk"));
        search(alice, "milk bread").then().body("$", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "Café, cafe",
        "cafe, CAFÉ",
        "Straße, STRASSE",
        "Ёлка, елка",
        "ΟΔΟΣ, οδός",
        "Łódź, lodz",
        "नमस्ते दुनिया, नमस्ते",
        "你好世界, 你好",
        "שלום עולם, עולם",
        "مرحبا بالعالم, مرحبا",
        "한국어, 한국",
        "buy-milk_now, now",
        "x@example.com, example"
    })
    void ignores_case_and_accents_in_any_script(String title, String words) {
        var alice = registered();
        alice.add(title);
        alice.add("another");

        search(alice, words).then().statusCode(200).body("title", contains(title));
    }

    @Test
    void matches_the_beginning_of_a_word_but_not_its_middle() {
        var alice = registered();
        alice.add("Grandmother");

        search(alice, "grand").then().body("$", hasSize(1));
        search(alice, "mother").then().body("$", empty());
        search(alice, "grandmothers").then().body("$", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "&", "!!!", "%", "_", "👍", "' \" \\ -- ; ( ) : * | < >"})
    void a_query_without_words_matches_every_task(String words) {
        var alice = registered();
        alice.add("one");
        alice.add("👍");

        search(alice, words).then().statusCode(200).body("$", hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"milk & bread", "milk | bread", "!milk", "milk:*", "mi%", "m_lk", "'milk'", "\\milk", "(milk"})
    void special_characters_are_not_operators(String words) {
        var alice = registered();
        alice.add("milk");
        alice.add("bread");
        var asText = words.matches("milk . bread|m_lk") ? List.of() : List.of("milk");

        search(alice, words).then().statusCode(200).body("title", equalTo(asText));
    }

    @Test
    void rejects_characters_that_PostgreSQL_cannot_store() {
        registered().list("q=a%00b").then().statusCode(400).body("errors.field", contains("q"));
    }

    @Test
    void accepts_very_many_words() {
        var words = IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining("+"));

        registered()
                .list("q=" + words.substring(0, 3500))
                .then()
                .statusCode(200)
                .body("$", empty());
    }

    @Test
    void finds_a_changed_task_by_its_new_words_only() {
        var alice = registered();
        var milk = alice.add("Milk");

        alice.change(milk, "{\"title\": \"Bread\"}");

        search(alice, "milk").then().body("$", empty());
        search(alice, "bread").then().body("$", hasSize(1));
    }

    @Test
    void words_do_not_match_tags() {
        var alice = registered();
        alice.add(Map.of("title", "Milk", "tags", List.of("shopping")));

        search(alice, "shopping").then().body("$", empty());
        alice.list("tag=milk").then().body("$", empty());
    }

    @Test
    void pages_of_a_search_contain_every_match_once_in_order() {
        var alice = registered();
        for (var i = 0; i < 30; i++) {
            alice.add(i % 3 == 0 ? "milk " + i : "bread " + i);
        }

        var first = alice.list("q=milk&limit=4&sort=created_at");

        first.then().body("title", contains("milk 0", "milk 3", "milk 6", "milk 9"));
        TaskPages.next(alice, first).then().body("title", contains("milk 12", "milk 15", "milk 18", "milk 21"));
    }

    private static Response search(TodoClient user, String words) {
        return user.request().queryParam("q", words).get("/tasks");
    }
}

@QuarkusIntegrationTest
class TaskSearchIT extends TaskSearchTest {}
