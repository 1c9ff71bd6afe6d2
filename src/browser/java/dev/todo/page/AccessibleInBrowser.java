package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WCAG 2.2 AA on every page: with axe, in light and dark, wide and narrow, and with tests for what axe cannot check. */
@QuarkusIntegrationTest
@Tag("accessibility")
class AccessibleInBrowser extends BrowserTest {

    private enum Look {
        LIGHT(1000, 860, ColorScheme.LIGHT),
        DARK(1000, 860, ColorScheme.DARK),
        PHONE(390, 844, ColorScheme.LIGHT),
        // The minimum width, that of a 1280 px window at 400 % zoom
        NARROW(320, 640, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme scheme;

        Look(int width, int height, ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }

        private Browser.NewContextOptions options() {
            return new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setColorScheme(scheme)
                    .setReducedMotion(ReducedMotion.REDUCE);
        }
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void every_page_is_accessible(Look look) {
        var user = registered();
        TestDatabase.makeAdmin(user);
        fill(user);
        var visitor = visitor(look.options());

        checkSigningIn(visitor, look);
        visitor.signIn(user);
        checkTasks(visitor, look, user);
        checkSettings(visitor, look);
        checkAdmin(visitor, look);
        checkErrors(visitor, look, user);
    }

    private static void checkSigningIn(Visitor visitor, Look look) {
        visitor.open("/");
        assertThat(visitor.heading("Sign in")).isVisible();
        check(visitor, look, "sign-in");
        visitor.open("/signup");
        assertThat(visitor.heading("Create an account")).isVisible();
        visitor.button("Create account").click();
        assertThat(visitor.page().locator("[aria-invalid]").first()).isVisible();
        check(visitor, look, "sign-up-refused");
    }

    private static void checkTasks(Visitor visitor, Look look, TodoClient user) {
        visitor.sees("Book the train to Kraków", "Water the plants", "Send the report", "Learn to juggle", "Buy bread");
        check(visitor, look, "tasks");
        visitor.press("Learn to juggle", "Delete");
        visitor.seesMessage("Deleted “Learn to juggle”.");
        check(visitor, look, "deleted");
        visitor.press("Send the report", "Details");
        assertThat(visitor.dialog("Details")).isVisible();
        check(visitor, look, "details");
        visitor.button("Cancel").click();

        visitor.titles().first().dblclick();
        check(visitor, look, "editing");
        visitor.editor().fill("Book the night train");
        String train = user.list("sort=created_at").path("[0].id");
        user.change(train, Map.of("title", "Book the bus")).then().statusCode(200);
        visitor.editor().press("Enter");
        assertThat(visitor.dialog("Changed elsewhere")).isVisible();
        check(visitor, look, "conflict");
        visitor.button("Keep theirs").click();

        visitor.open("/?q=nothing");
        assertThat(visitor.page().getByText("No tasks match.")).isVisible();
        check(visitor, look, "nothing-found");
    }

    private static void checkSettings(Visitor visitor, Look look) {
        visitor.open("/settings");
        assertThat(visitor.page().getByText("This session")).isVisible();
        visitor.field("Name").fill("Backup");
        visitor.button("Create token").click();
        assertThat(visitor.button("Revoke Backup")).isVisible();
        check(visitor, look, "settings");
        visitor.button("Delete account…").click();
        assertThat(visitor.dialog("Delete your account?")).isVisible();
        check(visitor, look, "delete-account");
        visitor.button("Cancel").click();
    }

    private static void checkAdmin(Visitor visitor, Look look) {
        visitor.open("/admin");
        var users = visitor.page().getByTestId("user");
        assertThat(users.first()).isVisible();
        check(visitor, look, "admin");
        users.first().getByText("Delete").click();
        assertThat(visitor.button("Cancel")).isVisible();
        check(visitor, look, "delete-user");
        visitor.button("Cancel").click();
    }

    private static void checkErrors(Visitor visitor, Look look, TodoClient user) {
        visitor.open("/");
        assertThat(visitor.titles()).hasCount(4);
        user.request().delete("/auth/sessions").then().statusCode(204);
        visitor.add("Buy milk");
        assertThat(visitor.dialog("Please sign in again")).isVisible();
        check(visitor, look, "session-ended");
        visitor.context().route("**/auth/refresh", Route::abort);
        visitor.page().reload();
        assertThat(visitor.heading("No connection")).isVisible();
        check(visitor, look, "no-connection");
    }

    private static void check(Visitor visitor, Look look, String name) {
        var page = visitor.page();
        page.screenshot(new Page.ScreenshotOptions().setPath(screenshot(look, name)));
        var violations = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze()
                .getViolations();
        assertEquals(List.of(), violations, look + " " + name);
        assertEquals(
                page.evaluate("() => document.documentElement.clientWidth"),
                page.evaluate("() => document.documentElement.scrollWidth"),
                look + " " + name + " scrolls sideways");
    }

    private static Path screenshot(Look look, String name) {
        return Path.of("target/screenshots", look.name().toLowerCase() + "-" + name + ".png");
    }

    private static void fill(TodoClient user) {
        var tomorrow = Instant.now()
                .plus(1, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.HOURS)
                .toString();
        var yesterday = Instant.now()
                .minus(1, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.HOURS)
                .toString();
        user.add(Map.of("title", "Book the train to Kraków", "priority", "high", "due_at", tomorrow));
        user.add(Map.of(
                "title", "Water the plants", "due_at", tomorrow, "recurrence", "FREQ=WEEKLY", "tags", List.of("home")));
        user.add(Map.of(
                "title",
                "Send the report",
                "due_at",
                yesterday,
                "tags",
                List.of("work"),
                "description",
                "With the figures of October; Grace has the last ones."));
        user.add(Map.of("title", "Learn to juggle", "priority", "low", "tags", List.of("someday")));
        user.complete(user.add(Map.of("title", "Buy bread", "tags", List.of("home", "shopping"))));
    }

    @Test
    void everything_can_be_done_with_the_keyboard() {
        var visitor = signedIn(registered());
        var keyboard = visitor.page().keyboard();

        assertThat(visitor.newTask()).isFocused();
        keyboard.type("Buy milk");
        keyboard.press("Enter");
        visitor.seesSaved("Buy milk");
        tabTo(visitor, "Toggle Todo");
        keyboard.press("Space");
        assertThat(visitor.toggle("Buy milk")).isChecked();
        keyboard.press("Enter");
        keyboard.press("Control+A");
        keyboard.type("Buy oat milk");
        keyboard.press("Enter");
        assertThat(visitor.toggle("Buy oat milk")).isFocused();
        tabTo(visitor, "Details");
        keyboard.press("Enter");
        assertThat(visitor.dialog("Details")).isVisible();
        keyboard.press("Escape");
        assertThat(visitor.dialog("Details")).isHidden();
        tabTo(visitor, "Delete");
        keyboard.press("Enter");
        assertThat(visitor.newTask()).isFocused();
        visitor.seesMessage("Deleted “Buy oat milk”.");
    }

    @Test
    void the_focus_is_always_visible() {
        var user = registered();
        fill(user);
        var visitor = signedIn(user);
        assertThat(visitor.titles()).hasCount(5);

        for (var step = 0; step < 25; step++) {
            visitor.page().keyboard().press("Tab");
            var outline =
                    (String) visitor.page().evaluate("() => getComputedStyle(document.activeElement).outlineStyle");
            var focused = visitor.page().evaluate("() => document.activeElement.outerHTML.slice(0, 80)");
            assertTrue(
                    !outline.equals("none") || focused.toString().startsWith("<body"), () -> "no outline: " + focused);
        }
    }

    @Test
    void deleting_with_the_keyboard_moves_the_focus_to_the_next_task() {
        var user = registered();
        user.add("Buy milk");
        user.add("Walk the dog");
        var visitor = signedIn(user);
        visitor.sees("Buy milk", "Walk the dog");

        visitor.task("Buy milk").getByLabel("Delete").focus();
        visitor.page().keyboard().press("Enter");

        assertThat(visitor.task("Walk the dog").getByLabel("Delete")).isFocused();
    }

    @Test
    void respects_reduced_motion() {
        var visitor = visitor(Look.LIGHT.options()).open("/");
        assertThat(visitor.heading("Sign in")).isVisible();

        assertEquals(
                true,
                visitor.page()
                        .evaluate("() => [...document.querySelectorAll('*')]"
                                + ".every((each) => getComputedStyle(each).animationName === 'none')"));
    }

    private static void tabTo(Visitor visitor, String label) {
        for (var step = 0; step < 30; step++) {
            visitor.page().keyboard().press("Tab");
            if (label.equals(visitor.page().evaluate("() => document.activeElement.getAttribute('aria-label')"))) {
                return;
            }
        }
        throw new AssertionError("Not reachable with Tab: " + label);
    }
}
