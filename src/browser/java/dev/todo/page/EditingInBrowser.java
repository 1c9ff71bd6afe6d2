package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Details of a task, changes from other devices, conflicts and failures. */
@QuarkusIntegrationTest
class EditingInBrowser extends BrowserTest {

    private TodoClient user;
    private Visitor visitor;

    @BeforeEach
    void sign_in() {
        user = registered();
        visitor = signedIn(user);
    }

    @Test
    void edits_the_details_of_a_task() {
        visitor.add("Call Grace");

        visitor.press("Call Grace", "Details");
        var dialog = visitor.dialog("Details");
        dialog.getByLabel("Description").fill("About COBOL\n<b>and</b> nanoseconds");
        dialog.getByLabel("Due date").fill("2020-02-29");
        dialog.getByLabel("Time").fill("09:30");
        dialog.getByLabel("Priority").selectOption("high");
        dialog.getByLabel("Tags").fill("work, navy,work");
        visitor.button("Save").click();

        assertThat(dialog).isHidden();
        var task = visitor.task("Call Grace");
        assertThat(task).containsText("Overdue: Feb 29, 2020, 09:30 AM");
        assertThat(task).containsText("High priority");
        assertThat(task.locator(".tag")).hasText(new String[] {"work", "navy"});
        assertThat(task).containsText("About COBOL\n<b>and</b> nanoseconds");
        user.list()
                .then()
                .body("[0].tags", contains("work", "navy"))
                .body("[0].description", equalTo("About COBOL\n<b>and</b> nanoseconds"))
                .body("[0].priority", equalTo("high"));
    }

    @Test
    void Escape_closes_the_details_without_saving() {
        visitor.add("Call Grace");

        visitor.press("Call Grace", "Details");
        visitor.field("Title").fill("Something else");
        visitor.field("Title").press("Escape");

        assertThat(visitor.dialog("Details")).isHidden();
        visitor.sees("Call Grace");
        assertThat(visitor.task("Call Grace")
                        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Details")))
                .isFocused();
    }

    @Test
    void shows_invalid_details_at_their_field_and_keeps_the_input() {
        visitor.add("Call Grace");

        visitor.press("Call Grace", "Details");
        visitor.field("Title").fill(" ");
        visitor.field("Description").fill("About COBOL");
        visitor.button("Save").click();

        assertThat(visitor.field("Title")).hasAttribute("aria-invalid", "true");
        assertThat(visitor.field("Title")).isFocused();
        assertThat(visitor.field("Description")).hasValue("About COBOL");
    }

    @Test
    void completing_a_recurring_task_shows_the_next_one() {
        visitor.add("Water the plants");
        visitor.press("Water the plants", "Details");
        visitor.field("Due date").fill("2030-01-01");
        visitor.field("Repeat").selectOption("WEEKLY");
        visitor.field("Interval in weeks").fill("2");
        visitor.button("Save").click();
        assertThat(visitor.task("Water the plants")).containsText("Every 2 weeks");

        visitor.toggle("Water the plants").click();

        visitor.seesMessage("“Water the plants” is due again Jan 15, 2030.");
        visitor.sees("Water the plants", "Water the plants");
        assertThat(visitor.count()).hasText("1 item left");
    }

    @Test
    void shows_changes_from_other_devices() {
        var milk = user.add("Buy milk");
        visitor.sees("Buy milk");

        user.change(milk, Map.of("title", "Buy oat milk")).then().statusCode(200);
        visitor.sees("Buy oat milk");

        user.delete(milk).then().statusCode(204);
        user.add("Walk the dog");
        visitor.sees("Walk the dog");
    }

    @Test
    void shows_changes_without_an_event_stream() {
        var patient = visitor();
        patient.context().route("**/tasks/events", Route::abort);
        patient.signIn(user);

        user.add("Buy milk");

        patient.sees("Buy milk");
    }

    @Test
    void shows_all_tasks_as_completed_before_the_list_is_reloaded() {
        user.add("Buy milk");
        user.add("Walk the dog");
        var patient = visitor();
        patient.context().route("**/tasks/events", Route::abort);
        patient.signIn(user);
        patient.sees("Buy milk", "Walk the dog");
        // The page requests the tasks to change with the parameter completed
        patient.context()
                .route(
                        url -> url.contains("/tasks?") && !url.contains("completed="),
                        route -> route.fulfill(refusal(503)));

        // Requested after all responses have arrived
        patient.page()
                .waitForRequest(
                        "**/tasks/stats",
                        () -> patient.field("Mark all as complete").check());

        assertThat(patient.toggle("Buy milk")).isChecked();
        assertThat(patient.toggle("Walk the dog")).isChecked();
    }

    @Test
    void keeps_my_version_after_a_conflict() {
        var milk = user.add("Buy milk");
        conflict(milk);

        visitor.button("Keep mine").click();

        visitor.seesMessage("Your version was saved.");
        visitor.sees("Buy rice milk");
        user.get(milk).then().body("title", equalTo("Buy rice milk"));
    }

    @Test
    void keeps_their_version_after_a_conflict() {
        var milk = user.add("Buy milk");
        conflict(milk);

        visitor.button("Keep theirs").click();

        visitor.sees("Buy soy milk");
        user.get(milk).then().body("title", equalTo("Buy soy milk"));
    }

    private void conflict(String milk) {
        visitor.sees("Buy milk");
        visitor.titles().first().dblclick();
        visitor.editor().fill("Buy rice milk");
        user.change(milk, Map.of("title", "Buy soy milk")).then().statusCode(200);
        visitor.editor().press("Enter");

        var dialog = visitor.dialog("Changed elsewhere");
        assertThat(dialog.getByRole(AriaRole.CELL)).containsText(new String[] {"Buy rice milk", "Buy soy milk"});
    }

    @Test
    void merges_changes_to_different_fields() {
        var milk = user.add("Buy milk");
        visitor.sees("Buy milk");

        visitor.titles().first().dblclick();
        visitor.editor().fill("Buy rice milk");
        user.change(milk, Map.of("priority", "high")).then().statusCode(200);
        // The first is rejected because of its If-Match, the second succeeds
        visitor.page()
                .waitForResponse(
                        answer -> answer.request().method().equals("PATCH") && answer.ok(),
                        () -> visitor.editor().press("Enter"));

        visitor.sees("Buy rice milk");
        assertThat(visitor.task("Buy rice milk")).containsText("High priority");
        user.get(milk).then().body("title", equalTo("Buy rice milk")).body("priority", equalTo("high"));
    }

    @Test
    void returns_the_title_of_a_rejected_task_to_the_input() {
        visitor.context().route("**/tasks", route -> {
            if (route.request().method().equals("POST")) {
                route.fulfill(refusal(503));
            } else {
                route.resume();
            }
        });

        visitor.add("Buy milk");

        visitor.seesMessage("The task was not added. The service is busy. Please try again in a moment.");
        assertThat(visitor.titles()).hasCount(0);
        assertThat(visitor.newTask()).hasValue("Buy milk");
    }

    @Test
    void reverts_a_rejected_change() {
        user.add("Buy milk");
        visitor.sees("Buy milk");
        visitor.context().route("**/tasks/*/complete", route -> route.fulfill(refusal(500)));
        visitor.context().route("**/tasks/*", route -> {
            if (route.request().method().equals("DELETE")) {
                route.abort();
            } else {
                route.fallback();
            }
        });

        visitor.toggle("Buy milk").click();
        visitor.seesMessage("“Buy milk” was not changed. Something went wrong.");
        assertThat(visitor.toggle("Buy milk")).not().isChecked();

        visitor.press("Buy milk", "Delete");
        visitor.seesMessage("“Buy milk” was not deleted. The server cannot be reached.");
        visitor.sees("Buy milk");
        assertThat(visitor.count()).hasText("1 item left");
    }

    private static Route.FulfillOptions refusal(int status) {
        return new Route.FulfillOptions().setStatus(status).setBody("<html>not even JSON</html>");
    }

    @Test
    void keeps_the_input_when_the_connection_is_lost() {
        visitor.add("Buy milk");
        visitor.seesSaved("Buy milk");
        visitor.newTask().fill("Walk the");

        visitor.context().setOffline(true);
        visitor.newTask().pressSequentially(" dog");
        visitor.newTask().press("Enter");
        visitor.seesMessage("The task was not added. The server cannot be reached.");
        assertThat(visitor.newTask()).hasValue("Walk the dog");

        visitor.titles().first().dblclick();
        visitor.editor().fill("Buy oat milk");
        visitor.editor().press("Enter");
        visitor.seesMessage("“Buy milk” was not changed. The server cannot be reached.");
        assertThat(visitor.editor()).hasValue("Buy oat milk");

        visitor.context().setOffline(false);
        visitor.editor().press("Enter");
        // It takes the focus, and would receive the next key
        assertThat(visitor.toggle("Buy oat milk")).isFocused();
        visitor.newTask().press("Enter");
        visitor.sees("Buy oat milk", "Walk the dog");
        visitor.seesSaved("Walk the dog");
        user.list("sort=created_at").then().body("title", equalTo(List.of("Buy oat milk", "Walk the dog")));
    }
}
