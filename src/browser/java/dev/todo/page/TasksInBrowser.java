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

/** What the TodoMVC application specification says. */
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
    void white_space_alone_adds_nothing() {
        visitor.add("   ", "Buy milk");

        visitor.sees("Buy milk");
    }

    @Test
    void without_tasks_there_is_nothing_to_filter_or_complete() {
        assertThat(visitor.page().getByText("No tasks yet.")).isVisible();
        assertThat(visitor.page().getByLabel("Mark all as complete")).isHidden();
        assertThat(visitor.link("Active")).isHidden();
    }

    @Test
    void the_counter_says_what_is_left() {
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
    void Enter_on_a_task_and_its_button_edit_too() {
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
    void while_a_task_is_edited_its_other_controls_are_hidden() {
        visitor.add("Buy milk");

        visitor.titles().first().dblclick();

        assertThat(visitor.page().getByLabel("Toggle Todo")).isHidden();
        assertThat(visitor.titles()).isHidden();
    }

    @Test
    void Escape_gives_up_an_edit() {
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
    void an_emptied_title_deletes_the_task() {
        visitor.add("Buy milk", "Walk the dog");

        visitor.titles().first().dblclick();
        visitor.editor().fill("  ");
        visitor.editor().press("Enter");

        visitor.sees("Walk the dog");
    }

    /** The key that empties a title must not press what has the focus next. */
    @Test
    void an_emptied_title_deletes_no_other_task() {
        visitor.add("Buy milk", "Walk the dog", "Call Grace");
        visitor.seesSaved("Call Grace");

        visitor.titles().first().dblclick();
        visitor.editor().fill("");
        visitor.editor().press("Enter");

        visitor.isTold("Deleted “Buy milk”.");
        visitor.sees("Walk the dog", "Call Grace");
    }

    @Test
    void a_task_can_be_worked_with_while_it_is_still_being_stored() {
        var held = new ArrayList<Route>();
        visitor.context().route("**/tasks", held::add);
        visitor.add("Buy milk");

        visitor.titles().first().dblclick();
        visitor.editor().fill("Buy oat milk");
        visitor.editor().press("Enter");
        visitor.toggle("Buy oat milk").check();
        // The last of what was done, which a reload before it was answered would take back
        visitor.page().waitForResponse("**/complete", () -> held.forEach(Route::resume));

        visitor.seesSaved("Buy oat milk");
        visitor.page().reload();
        visitor.sees("Buy oat milk");
        assertThat(visitor.toggle("Buy oat milk")).isChecked();
    }

    @Test
    void an_edit_outlives_a_list_that_was_read_before_its_task_was_stored() {
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
        // Has the page ask for the list again
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
    void all_are_marked_as_complete_and_back() {
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
    void what_was_done_last_to_all_and_to_one_holds() {
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
        // Two for all, two for all again, and one
        visitor.page().waitForCondition(() -> answered.get() == 5);

        visitor.page().reload();
        visitor.sees("Buy milk", "Walk the dog");
        assertThat(visitor.toggle("Buy milk")).not().isChecked();
        assertThat(visitor.toggle("Walk the dog")).isChecked();
    }

    @Test
    void filters_are_links_that_survive_reload_and_Back() {
        visitor.add("Buy milk", "Walk the dog");
        // Answered: what is under way is lost with a reload
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
    void a_task_leaves_a_filter_that_it_no_longer_fits() {
        visitor.add("Buy milk", "Walk the dog");
        visitor.link("Active").click();

        visitor.toggle("Buy milk").click();

        visitor.sees("Walk the dog");
    }

    @Test
    void completed_tasks_are_cleared_and_brought_back() {
        visitor.add("Buy milk", "Walk the dog", "Call Grace");
        assertThat(visitor.button("Clear completed")).isHidden();
        visitor.toggle("Buy milk").check();
        visitor.toggle("Call Grace").check();

        visitor.button("Clear completed").click();
        visitor.sees("Walk the dog");
        assertThat(visitor.button("Clear completed")).isHidden();

        visitor.isTold("Deleted 2 completed tasks.");
        visitor.button("Undo").click();
        visitor.sees("Buy milk", "Walk the dog", "Call Grace");
    }

    @Test
    void what_was_completed_just_now_is_cleared_with_the_others() {
        visitor.add("Buy milk", "Walk the dog");
        visitor.seesSaved("Walk the dog");
        var held = new ArrayList<Route>();
        visitor.context().route("**/complete", held::add);

        visitor.page()
                .waitForRequest("**/complete", () -> visitor.toggle("Buy milk").check());
        visitor.button("Clear completed").click();
        visitor.sees("Walk the dog");
        held.forEach(Route::resume);

        visitor.isTold("Deleted 1 completed task.");
        visitor.sees("Walk the dog");
    }

    @Test
    void a_deleted_task_can_be_brought_back() {
        visitor.add("Buy milk", "Walk the dog");

        visitor.press("Buy milk", "Delete");
        visitor.sees("Walk the dog");
        assertThat(visitor.count()).hasText("1 item left");

        visitor.button("Undo").click();
        visitor.sees("Buy milk", "Walk the dog");
        assertThat(visitor.count()).hasText("2 items left");
    }

    @Test
    void what_is_typed_is_text_and_never_markup() {
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
        assertThat(visitor.page().locator("#page img:not([src='/favicon.svg']), #page script"))
                .hasCount(0);
    }

    @Test
    void a_long_list_goes_on_when_its_end_comes_near() {
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
