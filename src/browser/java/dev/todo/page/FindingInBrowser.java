package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.options.FilePayload;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Search, filters, order, and taking tasks along. */
@QuarkusIntegrationTest
class FindingInBrowser extends BrowserTest {

    private TodoClient user;
    private Visitor visitor;

    @BeforeEach
    void some_tasks() {
        user = registered();
        user.add(Map.of("title", "Buy milk", "tags", List.of("shopping"), "priority", "low"));
        user.add(Map.of("title", "Call Zoë", "due_at", "2020-01-01T00:00:00Z", "priority", "high"));
        user.add(
                Map.of("title", "Buy a boat", "tags", List.of("shopping", "dreams"), "due_at", "2090-01-01T00:00:00Z"));
        visitor = signedIn(user);
    }

    @Test
    void a_search_finds_words_by_their_beginnings_and_stays_in_the_address() {
        visitor.field("Search tasks").fill("zo");
        visitor.sees("Call Zoë");

        visitor.page().reload();
        visitor.sees("Call Zoë");
        assertThat(visitor.field("Search tasks")).hasValue("zo");

        visitor.field("Search tasks").fill("nothing like it");
        assertThat(visitor.page().getByText("No tasks match.")).isVisible();
        visitor.link("Show all tasks").click();
        visitor.sees("Buy milk", "Call Zoë", "Buy a boat");
        assertThat(visitor.field("Search tasks")).hasValue("");
    }

    @Test
    void tags_filter_and_let_go_again() {
        visitor.link("shopping").first().click();
        visitor.sees("Buy milk", "Buy a boat");
        visitor.link("dreams").click();
        visitor.sees("Buy a boat");

        visitor.link("Remove tag filter “shopping”").click();
        visitor.link("Remove tag filter “dreams”").click();
        visitor.sees("Buy milk", "Call Zoë", "Buy a boat");
    }

    @Test
    void priority_and_date_filter() {
        visitor.field("Priority").selectOption("high");
        visitor.sees("Call Zoë");
        visitor.page().goBack();
        visitor.sees("Buy milk", "Call Zoë", "Buy a boat");

        visitor.field("Due").selectOption("overdue");
        visitor.sees("Call Zoë");
        visitor.toggle("Call Zoë").click();
        assertThat(visitor.page().getByText("No tasks match.")).isVisible();
    }

    @Test
    void the_order_can_be_chosen() {
        visitor.field("Sort by").selectOption("title");
        visitor.sees("Buy a boat", "Buy milk", "Call Zoë");
        visitor.field("Sort by").selectOption("-priority");
        visitor.sees("Call Zoë", "Buy a boat", "Buy milk");
        visitor.field("Sort by").selectOption("due_at");
        visitor.sees("Call Zoë", "Buy a boat", "Buy milk");
        visitor.field("Sort by").selectOption("-created_at");
        visitor.sees("Buy a boat", "Call Zoë", "Buy milk");

        visitor.add("Newest");
        visitor.sees("Newest", "Buy a boat", "Call Zoë", "Buy milk");
    }

    @Test
    void all_tasks_are_exported_and_imported_elsewhere() throws IOException {
        visitor.page().getByText("Export and import").click();
        var download = visitor.page()
                .waitForDownload(() -> visitor.button("Export JSON").click());
        assertEquals("tasks.json", download.suggestedFilename());
        var file = Files.readAllBytes(download.path());

        var other = signedIn(registered());
        other.page().getByText("Export and import").click();
        other.page()
                .waitForFileChooser(() -> other.button("Import JSON or CSV").click())
                .setFiles(new FilePayload("tasks.json", "application/json", file));

        other.isTold("Imported 3 tasks.");
        other.sees("Buy milk", "Call Zoë", "Buy a boat");
    }

    @Test
    void calendars_and_spreadsheets_get_their_formats() throws IOException {
        visitor.page().getByText("Export and import").click();

        var calendar = visitor.page()
                .waitForDownload(() -> visitor.button("Export Calendar").click());
        var table = visitor.page()
                .waitForDownload(() -> visitor.button("Export CSV").click());

        assertEquals("BEGIN:VCALENDAR", Files.readAllLines(calendar.path()).get(0));
        assertEquals(4, Files.readAllLines(Path.of(table.path().toString())).size());
    }

    @Test
    void a_file_that_cannot_be_imported_is_told_with_its_row() {
        visitor.page().getByText("Export and import").click();
        FileChooser chooser = visitor.page()
                .waitForFileChooser(() -> visitor.button("Import JSON or CSV").click());

        chooser.setFiles(new FilePayload(
                "tasks.csv", "text/csv", "title,priority\nGood,low\nBad,urgent\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(visitor.alert().getByText("Nothing was imported. Row 2, priority: Must be low, medium or high."))
                .isVisible();
        visitor.sees("Buy milk", "Call Zoë", "Buy a boat");
    }
}
