package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.registered;

import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The TodoMVC application specification. */
@QuarkusIntegrationTest
class TasksInBrowser extends BrowserTest {

    private Visitor visitor;

    @BeforeEach
    void sign_in() {
        visitor = signedIn(registered());
    }

    @Test
    void Enter_adds_a_task_at_the_end_and_clears_the_input() {
        visitor.add("Buy milk", "  Walk the dog  ");

        visitor.sees("Buy milk", "Walk the dog");
        assertThat(visitor.newTask()).hasValue("");
        assertThat(visitor.newTask()).isFocused();
    }

    @Test
    void ignores_blank_titles() {
        visitor.add("   ", "Buy milk");

        visitor.sees("Buy milk");
    }

    @Test
    void hides_filters_when_there_are_no_tasks() {
        assertThat(visitor.page().getByText("No tasks yet.")).isVisible();
        assertThat(visitor.page().getByLabel("Mark all as complete")).isHidden();
        assertThat(visitor.link("Active")).isHidden();
    }

    @Test
    void counts_open_tasks() {
        visitor.add("Buy milk");
        assertThat(visitor.count()).hasText("1 item left");

        visitor.add("Walk the dog");
        assertThat(visitor.count()).hasText("2 items left");

        visitor.toggle("Buy milk").check();
        assertThat(visitor.count()).hasText("1 item left");
        assertThat(visitor.task("Buy milk")).hasClass("completed");

        visitor.toggle("Buy milk").uncheck();
        assertThat(visitor.count()).hasText("2 items left");
    }

    @Test
    void a_double_click_edits_and_Enter_saves() {
        visitor.add("Buy milk", "Walk the dog");

        visitor.titles().nth(1).dblclick();
        assertThat(visitor.editor()).isFocused();
        assertThat(visitor.editor()).hasValue("Walk the dog");
        visitor.editor().fill("  Walk the cat ");
        visitor.editor().press("Enter");

        visitor.sees("Buy milk", "Walk the cat");
        assertThat(visitor.toggle("Walk the cat")).isFocused();
    }

    @Test
    void Enter_and_the_edit_button_also_edit() {
        visitor.add("Buy milk");

        visitor.toggle("Buy milk").press("Enter");
        visitor.editor().fill("Buy oat milk");
        visitor.editor().press("Enter");
        visitor.sees("Buy oat milk");

        visitor.press("Buy oat milk", "Edit");
        visitor.editor().fill("Buy soy milk");
        visitor.editor().press("Enter");
        visitor.sees("Buy soy milk");
    }

    @Test
    void hides_other_controls_while_editing() {
        visitor.add("Buy milk");

        visitor.titles().first().dblclick();

        assertThat(visitor.page().getByLabel("Toggle Todo")).isHidden();
        assertThat(visitor.titles()).isHidden();
    }

    @Test
    void Escape_cancels_an_edit() {
        visitor.add("Buy milk");

        visitor.titles().first().dblclick();
        visitor.editor().fill("Something else");
        visitor.editor().press("Escape");

        visitor.sees("Buy milk");
    }

    @Test
    void leaving_the_input_saves() {
        visitor.add("Buy milk");

        visitor.titles().first().dblclick();
        visitor.editor().fill("Buy oat milk");
        visitor.newTask().click();

        visitor.sees("Buy oat milk");
    }

    @Test
    void clearing_a_title_deletes_the_task() {
        visitor.add("Buy milk", "Walk the dog");

        visitor.titles().first().dblclick();
        visitor.editor().fill("  ");
        visitor.editor().press("Enter");

        visitor.sees("Walk the dog");
    }

    /** The Enter key that clears a title must not press the button that gets the focus next. */
    @Test
    void clearing_a_title_deletes_no_other_task() {
        visitor.add("Buy milk", "Walk the dog", "Call Grace");
        visitor.seesSaved("Call Grace");

        visitor.titles().first().dblclick();
        visitor.editor().fill("");
        visitor.editor().press("Enter");

        visitor.seesMessage("Deleted “Buy milk”.");
        visitor.sees("Walk the dog", "Call Grace");
    }

    @Test
    void edits_a_task_before_it_is_saved() {
        var held = new ArrayList<Route>();
        visitor.context().route("**/tasks", held::add);
        visitor.add("Buy milk");

        visitor.titles().first().dblclick();
        visitor.editor().fill("Buy oat milk");
        visitor.editor().press("Enter");
        visitor.toggle("Buy oat milk").check();
        // The last request; a reload before its response would undo the change
        visitor.page().waitForResponse("**/complete", () -> held.forEach(Route::resume));

        visitor.seesSaved("Buy oat milk");
        visitor.page().reload();
        visitor.sees("Buy oat milk");
        assertThat(visitor.toggle("Buy oat milk")).isChecked();
    }

    @Test
    void keeps_an_edit_when_an_outdated_list_arrives() {
        Predicate<String> isList = url -> url.contains("/tasks?");
        var outdated = new ArrayList<Runnable>();
        visitor.context().route(isList, route -> {
            if (outdated.isEmpty()) {
                var answer = route.fetch();
                outdated.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
            } else {
                route.resume();
            }
        });
        // Makes the page reload the list
        visitor.page().evaluate("dispatchEvent(new Event('online'))");
        visitor.page().waitForCondition(() -> !outdated.isEmpty());
        visitor.page().waitForResponse("**/tasks", () -> visitor.add("Buy milk"));

        visitor.titles().first().dblclick();
        visitor.editor().fill("Buy oat milk");
        var arrived = new AtomicInteger();
        visitor.page()
                .waitForResponse(
                        answer -> isList.test(answer.url()) && arrived.incrementAndGet() == 2,
                        () -> outdated.forEach(Runnable::run));
        visitor.newTask().click();

        visitor.sees("Buy oat milk");
    }

    @Test
    void completes_and_reopens_all_tasks() {
        visitor.add("Buy milk", "Walk the dog");
        visitor.toggle("Buy milk").check();

        visitor.field("Mark all as complete").check();
        assertThat(visitor.count()).hasText("0 items left");
        assertThat(visitor.toggle("Walk the dog")).isChecked();

        visitor.field("Mark all as complete").uncheck();
        assertThat(visitor.count()).hasText("2 items left");

        visitor.toggle("Buy milk").check();
        visitor.toggle("Walk the dog").check();
        assertThat(visitor.field("Mark all as complete")).isChecked();
    }

    @Test
    void applies_changes_to_all_and_to_one_task_in_order() {
        visitor.add("Buy milk", "Walk the dog");
        visitor.seesSaved("Walk the dog");
        var held = new ArrayList<Route>();
        visitor.context().route("**/complete", held::add);
        var answered = new AtomicInteger();
        visitor.page().onResponse(answer -> {
            if (answer.url().endsWith("/complete")) {
                answered.incrementAndGet();
            }
        });
        visitor.page()
                .waitForRequest(
                        "**/complete",
                        () -> visitor.field("Mark all as complete").check());
        visitor.field("Mark all as complete").uncheck();
        visitor.toggle("Walk the dog").check();
        visitor.context().unroute("**/complete");
        held.forEach(Route::resume);
        // Two requests each for completing and reopening all tasks, and one for the last task
        visitor.page().waitForCondition(() -> answered.get() == 5);

        visitor.page().reload();
        visitor.sees("Buy milk", "Walk the dog");
        assertThat(visitor.toggle("Buy milk")).not().isChecked();
        assertThat(visitor.toggle("Walk the dog")).isChecked();
    }

    @Test
    void filters_survive_reload_and_Back() {
        visitor.add("Buy milk", "Walk the dog");
        // Waits for the response, because a reload cancels pending requests
        visitor.page()
                .waitForResponse("**/complete", () -> visitor.toggle("Buy milk").check());

        visitor.link("Active").click();
        visitor.sees("Walk the dog");
        assertThat(visitor.link("Active")).hasClass("selected");
        visitor.link("Completed").click();
        visitor.sees("Buy milk");

        visitor.page().reload();
        visitor.sees("Buy milk");
        assertThat(visitor.link("Completed")).hasClass("selected");

        visitor.page().goBack();
        visitor.sees("Walk the dog");
        visitor.page().goBack();
        visitor.sees("Buy milk", "Walk the dog");
    }

    @Test
    void hides_a_task_that_no_longer_matches_the_filter() {
        visitor.add("Buy milk", "Walk the dog");
        visitor.link("Active").click();

        visitor.toggle("Buy milk").click();

        visitor.sees("Walk the dog");
    }

    @Test
    void clears_and_restores_completed_tasks() {
        visitor.add("Buy milk", "Walk the dog", "Call Grace");
        assertThat(visitor.button("Clear completed")).isHidden();
        visitor.toggle("Buy milk").check();
        visitor.toggle("Call Grace").check();

        visitor.button("Clear completed").click();
        visitor.sees("Walk the dog");
        assertThat(visitor.button("Clear completed")).isHidden();

        visitor.seesMessage("Deleted 2 completed tasks.");
        visitor.button("Undo").click();
        visitor.sees("Buy milk", "Walk the dog", "Call Grace");
    }

    @Test
    void clears_a_task_that_was_just_completed() {
        visitor.add("Buy milk", "Walk the dog");
        visitor.seesSaved("Walk the dog");
        var held = new ArrayList<Route>();
        visitor.context().route("**/complete", held::add);

        visitor.page()
                .waitForRequest("**/complete", () -> visitor.toggle("Buy milk").check());
        visitor.button("Clear completed").click();
        visitor.sees("Walk the dog");
        held.forEach(Route::resume);

        visitor.seesMessage("Deleted 1 completed task.");
        visitor.sees("Walk the dog");
    }

    @Test
    void restores_a_deleted_task() {
        visitor.add("Buy milk", "Walk the dog");

        visitor.press("Buy milk", "Delete");
        visitor.sees("Walk the dog");
        assertThat(visitor.count()).hasText("1 item left");

        visitor.button("Undo").click();
        visitor.sees("Buy milk", "Walk the dog");
        assertThat(visitor.count()).hasText("2 items left");
    }

    @Test
    void shows_input_as_text_and_never_as_markup() {
        var nasty = new String[] {
            "<img src=x onerror=alert(1)>",
            "<script>alert(1)</script>",
            "{{constructor.constructor('alert(1)')()}}",
            "\"'><svg/onload=alert(1)>",
            "javascript:alert(1)",
            "שלום 👩‍👩‍👧‍👦 ‮evil",
            "a".repeat(200)
        };

        visitor.add(nasty);

        visitor.sees(nasty);
        assertThat(visitor.page().locator("#page img:not([src='favicon.svg']), #page script"))
                .hasCount(0);
    }

    @Test
    void loads_more_tasks_on_scrolling() {
        var user = registered();
        for (var number = 1; number <= 120; number++) {
            user.add("Task %03d".formatted(number));
        }
        var reader = signedIn(user);
        assertThat(reader.count()).hasText("120 items left");

        for (var loaded : new int[] {50, 100, 120}) {
            assertThat(reader.titles()).hasCount(loaded);
            reader.titles().last().scrollIntoViewIfNeeded();
        }

        assertThat(reader.titles().last()).hasText("Task 120");
        assertThat(reader.button("Load more")).isHidden();
    }
}
