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
    void who_signs_up_is_signed_in() {
        var visitor = visitor();

        visitor.signUp(freshEmail(), PASSWORD);

        assertThat(visitor.newTask()).isFocused();
        assertThat(visitor.page()).hasTitle("Tasks · todo");
    }

    @Test
    void a_taken_address_is_told_at_its_field() {
        var known = registered();
        var visitor = visitor();

        visitor.signUp(known.email(), PASSWORD);

        assertThat(visitor.field("E-mail address"))
                .hasAccessibleDescription("An account with this e-mail address already exists.");
        assertThat(visitor.field("E-mail address")).isFocused();
        assertThat(visitor.field("E-mail address")).hasValue(known.email());
    }

    @Test
    void what_the_service_finds_wrong_is_told_at_each_field() {
        var visitor = visitor();

        visitor.signUp("nobody", "short");

        assertThat(visitor.field("E-mail address")).hasAccessibleDescription(Pattern.compile("e-mail address\\."));
        assertThat(visitor.field("Password")).hasAccessibleDescription(Pattern.compile("at least 8 characters"));
    }

    @Test
    void a_wrong_password_is_told_and_the_address_kept() {
        var user = registered();
        var visitor = visitor().open("/");

        visitor.signIn(user.email(), "something else");

        assertThat(visitor.alert().getByText("Incorrect e-mail address or password."))
                .isVisible();
        assertThat(visitor.field("E-mail address")).hasValue(user.email());
    }

    @Test
    void after_too_many_attempts_the_wait_is_told() {
        var user = registered();
        var visitor = visitor().open("/");

        for (var attempt = 0; attempt < 6; attempt++) {
            visitor.page().waitForResponse("**/auth/login", () -> visitor.signIn(user.email(), "something else"));
            // A click while the form is busy does nothing
            assertThat(visitor.button("Sign in")).hasAttribute("aria-busy", "false");
        }

        assertThat(visitor.alert().getByText(Pattern.compile("Too many attempts\\. Please try again in \\d+ minutes")))
                .isVisible();
        assertThat(visitor.page().getByText(Pattern.compile("You can try again in \\d+:\\d\\d")))
                .isVisible();
    }

    @Test
    void signing_in_leads_to_where_one_wanted_to_go() {
        var user = registered();
        var visitor = visitor().open("/settings");

        visitor.signIn(user.email(), PASSWORD);

        assertThat(visitor.heading("Password")).isVisible();
        assertThat(visitor.page()).hasURL(Visitor.url() + "/#/settings");
    }

    @Test
    void a_reload_keeps_one_signed_in() {
        var visitor = signedIn(registered());
        visitor.add("Buy milk");
        visitor.seesSaved("Buy milk");

        visitor.page().reload();

        visitor.sees("Buy milk");
    }

    @Test
    void an_access_token_that_has_expired_is_renewed_unnoticed() {
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
    void a_session_revoked_elsewhere_asks_to_sign_in_again_and_loses_nothing() {
        var user = registered();
        var visitor = signedIn(user);
        assertThat(visitor.page().getByText("No tasks yet.")).isVisible();
        visitor.newTask().fill("Buy milk");
        user.request().delete("/auth/sessions").then().statusCode(204);
        // The answer waits for the typing: the dialog that it brings takes the keyboard
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
    void somebody_else_who_signs_in_again_sees_nothing_of_the_first() {
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
    void without_a_connection_one_is_told_so_and_can_try_again() {
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
    void scripts_cannot_read_a_token_anywhere() {
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
