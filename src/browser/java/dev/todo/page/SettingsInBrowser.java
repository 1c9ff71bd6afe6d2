package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusIntegrationTest
class SettingsInBrowser extends BrowserTest {

    private static final String OTHER_PASSWORD = "another horse, another battery";

    private TodoClient user;
    private Visitor visitor;

    @BeforeEach
    void sign_in() {
        user = registered();
        visitor = signedIn(user);
        visitor.link("Settings").click();
        assertThat(visitor.heading("Sessions")).isVisible();
    }

    @Test
    void changes_the_password_and_ends_other_sessions() {
        changePassword(PASSWORD, OTHER_PASSWORD);

        visitor.seesMessage("Your password was changed. All other sessions have ended.");
        assertThat(visitor.field("New password")).hasValue("");
        user.me().then().statusCode(401);
        logIn(user.email(), OTHER_PASSWORD).then().statusCode(200);
    }

    @Test
    void shows_an_incorrect_current_password_at_its_field() {
        changePassword("something else", OTHER_PASSWORD);

        assertThat(visitor.field("Current password")).hasAccessibleDescription("Incorrect password.");
        user.me().then().statusCode(200);
    }

    @Test
    void shows_an_invalid_new_password_at_its_field() {
        changePassword(PASSWORD, "short");

        assertThat(visitor.field("New password"))
                .hasAccessibleDescription("Must have at least 8 characters. 8 characters or more");
    }

    private void changePassword(String current, String wanted) {
        visitor.field("Current password").fill(current);
        visitor.field("New password").fill(wanted);
        visitor.button("Change password").click();
    }

    @Test
    void ends_one_session_or_all_others() {
        logIn(user.email(), PASSWORD).then().statusCode(200);
        visitor.page().reload();
        var others = visitor.page().locator("button[aria-label^='Sign out ']");
        assertThat(visitor.page().getByText("This session")).isVisible();
        assertThat(others).hasCount(2);

        others.first().click();
        assertThat(others).hasCount(1);

        visitor.button("Sign out everywhere else").click();
        assertThat(others).hasCount(0);
        user.me().then().statusCode(401);
    }

    @Test
    void creates_and_revokes_a_personal_token() {
        visitor.field("Name").fill("Backup");
        visitor.button("Create token").click();

        var code = visitor.page().locator("code");
        assertThat(code).containsText("todo_pat_");
        var token = user.with(code.textContent());
        token.list().then().statusCode(200);
        assertEquals(403, token.create("{\"title\": \"Not allowed\"}").statusCode());

        visitor.page().reload();
        assertThat(visitor.page().getByText("Backup")).isVisible();
        assertThat(code).hasCount(0);

        visitor.button("Revoke Backup").click();
        visitor.seesMessage("“Backup” was revoked.");
        token.list().then().statusCode(401);
    }

    @Test
    void deletes_the_account_only_with_its_password() {
        visitor.button("Delete account…").click();
        var dialog = visitor.dialog("Delete your account?");
        dialog.getByLabel("Your password").fill("something else");
        dialog.getByLabel("Your password").press("Enter");
        assertThat(dialog.getByLabel("Your password")).hasAccessibleDescription("Incorrect password.");

        dialog.getByLabel("Your password").fill(PASSWORD);
        dialog.getByLabel("Your password").press("Enter");

        assertThat(visitor.heading("Sign in")).isVisible();
        logIn(user.email(), PASSWORD).then().statusCode(401);
    }
}
