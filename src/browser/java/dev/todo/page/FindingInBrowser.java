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

/** Search, filters, sorting, export and import. */
@QuarkusIntegrationTest
class FindingInBrowser extends BrowserTest {

    private TodoClient user;
    private Visitor visitor;

    @BeforeEach
    void add_tasks_and_sign_in() {
        user = registered();
        user.add(Map.of("title", "Buy milk", "tags", List.of("shopping"), "priority", "low"));
        user.add(Map.of("title", "Call Zoë", "due_at", "2020-01-01T00:00:00Z", "priority", "high"));
        user.add(
                Map.of("title", "Buy a boat", "tags", List.of("shopping", "dreams"), "due_at", "2090-01-01T00:00:00Z"));
        visitor = signedIn(user);
    }

    @Test
    void finds_words_by_prefix_and_keeps_the_search_in_the_URL() {
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
    void adds_and_removes_tag_filters() {
        visitor.link("shopping").first().click();
        visitor.sees("Buy milk", "Buy a boat");
        visitor.link("dreams").click();
        visitor.sees("Buy a boat");

        visitor.link("Remove tag filter “shopping”").click();
        visitor.link("Remove tag filter “dreams”").click();
        visitor.sees("Buy milk", "Call Zoë", "Buy a boat");
    }

    @Test
    void filters_by_priority_and_due_date() {
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
    void sorts_tasks() {
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
    void exports_tasks_and_imports_them_into_another_account() throws IOException {
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

        other.seesMessage("Imported 3 tasks.");
        other.sees("Buy milk", "Call Zoë", "Buy a boat");
    }

    @Test
    void exports_calendar_and_CSV_files() throws IOException {
        visitor.page().getByText("Export and import").click();

        var calendar = visitor.page()
                .waitForDownload(() -> visitor.button("Export Calendar").click());
        var table = visitor.page()
                .waitForDownload(() -> visitor.button("Export CSV").click());

        assertEquals("BEGIN:VCALENDAR", Files.readAllLines(calendar.path()).get(0));
        assertEquals(4, Files.readAllLines(Path.of(table.path().toString())).size());
    }

    @Test
    void names_the_invalid_row_of_an_import() {
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
