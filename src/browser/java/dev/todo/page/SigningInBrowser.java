package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusIntegrationTest
class SigningInBrowser extends BrowserTest {

    @Test
    void signing_up_also_signs_in() {
        var visitor = visitor();

        visitor.signUp(freshEmail(), PASSWORD);

        assertThat(visitor.newTask()).isFocused();
        assertThat(visitor.page()).hasTitle("Tasks · todo");
    }

    @Test
    void shows_a_taken_address_at_its_field() {
        var known = registered();
        var visitor = visitor();

        visitor.signUp(known.email(), PASSWORD);

        assertThat(visitor.field("E-mail address"))
                .hasAccessibleDescription("An account with this e-mail address already exists.");
        assertThat(visitor.field("E-mail address")).isFocused();
        assertThat(visitor.field("E-mail address")).hasValue(known.email());
    }

    @Test
    void shows_validation_errors_at_each_field() {
        var visitor = visitor();

        visitor.signUp("nobody", "short");

        assertThat(visitor.field("E-mail address")).hasAccessibleDescription(Pattern.compile("e-mail address\\."));
        assertThat(visitor.field("Password")).hasAccessibleDescription(Pattern.compile("at least 8 characters"));
    }

    @Test
    void keeps_the_address_after_an_incorrect_password() {
        var user = registered();
        var visitor = visitor().open("/");

        visitor.signIn(user.email(), "something else");

        assertThat(visitor.alert().getByText("Incorrect e-mail address or password."))
                .isVisible();
        assertThat(visitor.field("E-mail address")).hasValue(user.email());
    }

    @Test
    void shows_the_wait_after_too_many_attempts() {
        var user = registered();
        var visitor = visitor().open("/");

        for (var attempt = 0; attempt < 6; attempt++) {
            visitor.page().waitForResponse("**/auth/login", () -> visitor.signIn(user.email(), "something else"));
            // The form ignores clicks while it is busy
            assertThat(visitor.button("Sign in")).hasAttribute("aria-busy", "false");
        }

        assertThat(visitor.alert().getByText(Pattern.compile("Too many attempts\\. Please try again in \\d+ minutes")))
                .isVisible();
        assertThat(visitor.page().getByText(Pattern.compile("You can try again in \\d+:\\d\\d")))
                .isVisible();
    }

    @Test
    void opens_the_requested_page_after_signing_in() {
        var user = registered();
        var visitor = visitor().open("/settings");

        visitor.signIn(user.email(), PASSWORD);

        assertThat(visitor.heading("Password")).isVisible();
        assertThat(visitor.page()).hasURL(Visitor.url() + "/#/settings");
    }

    @Test
    void stays_signed_in_after_a_reload() {
        var visitor = signedIn(registered());
        visitor.add("Buy milk");
        visitor.seesSaved("Buy milk");

        visitor.page().reload();

        visitor.sees("Buy milk");
    }

    @Test
    void renews_an_expired_access_token() {
        var visitor = signedIn(registered());
        visitor.context()
                .route(
                        "**/tasks",
                        route -> route.fulfill(new Route.FulfillOptions().setStatus(401)),
                        new BrowserContext.RouteOptions().setTimes(1));

        var renewal = visitor.page().waitForResponse("**/auth/refresh", () -> visitor.add("Buy milk"));

        assertEquals(200, renewal.status());
        visitor.seesSaved("Buy milk");
        assertThat(visitor.dialog("Please sign in again")).isHidden();
    }

    @Test
    void asks_to_sign_in_again_without_losing_input() {
        var user = registered();
        var visitor = signedIn(user);
        assertThat(visitor.page().getByText("No tasks yet.")).isVisible();
        visitor.newTask().fill("Buy milk");
        user.request().delete("/auth/sessions").then().statusCode(204);
        // Holds the response until the input is typed, because the dialog takes the keyboard
        var held = new ArrayList<Route>();
        visitor.context().route("**/tasks", held::add);

        visitor.page().waitForRequest("**/tasks", () -> visitor.newTask().press("Enter"));
        visitor.newTask().fill("Half of a th");
        visitor.context().unroute("**/tasks");
        held.forEach(Route::resume);

        var dialog = visitor.dialog("Please sign in again");
        assertThat(dialog).isVisible();
        assertThat(dialog.getByLabel("E-mail address")).hasValue(user.email());
        dialog.getByLabel("Password").fill(PASSWORD);
        dialog.getByLabel("Password").press("Enter");

        assertThat(dialog).isHidden();
        visitor.sees("Buy milk");
        assertThat(visitor.newTask()).hasValue("Half of a th");
    }

    @Test
    void hides_the_first_users_tasks_when_another_user_signs_in_again() {
        var first = registered();
        var second = registered();
        second.add("Of the second");
        var visitor = signedIn(first);
        visitor.add("Of the first");
        visitor.seesSaved("Of the first");
        visitor.newTask().fill("Also of the first");
        first.request().delete("/auth/sessions").then().statusCode(204);

        visitor.newTask().press("Enter");
        var dialog = visitor.dialog("Please sign in again");
        dialog.getByLabel("E-mail address").fill(second.email());
        dialog.getByLabel("Password").fill(PASSWORD);
        dialog.getByLabel("Password").press("Enter");

        visitor.sees("Of the second");
        assertThat(visitor.newTask()).hasValue("");
        second.list().then().body("title", contains("Of the second"));
    }

    @Test
    void reports_a_lost_connection_and_can_retry() {
        var visitor = visitor().open("/");
        assertThat(visitor.heading("Sign in")).isVisible();
        visitor.context().setOffline(true);

        visitor.signIn(freshEmail(), PASSWORD);
        assertThat(visitor.alert().getByText("The server cannot be reached.")).isVisible();

        visitor.context().setOffline(false);
        visitor.button("Sign in").click();
        assertThat(visitor.alert().getByText("Incorrect e-mail address or password."))
                .isVisible();
    }

    @Test
    void hides_tokens_from_scripts() {
        var visitor = visitor();
        var email = freshEmail();
        visitor.signUp(email, PASSWORD);
        assertThat(visitor.newTask()).isVisible();
        visitor.page().reload();
        assertThat(visitor.newTask()).isVisible();

        var readable = (String) visitor.page()
                .evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])");
        var databases = visitor.page().evaluate("async () => (await indexedDB.databases()).length");
        var cookie = visitor.context().cookies().stream()
                .filter(each -> each.name.equals("refresh_token"))
                .findFirst()
                .orElseThrow();

        assertEquals("[{},{},\"\"]", readable);
        assertEquals(0, databases);
        assertTrue(cookie.httpOnly);
        assertEquals("/auth", cookie.path);
        assertFalse(visitor.page()
                .content()
                .contains(TodoClient.tokenOf(email, PASSWORD).substring(0, 20)));
    }
}
