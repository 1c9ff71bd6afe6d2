package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusIntegrationTest
class AdminInBrowser extends BrowserTest {

    private TodoClient user;
    private Visitor visitor;

    @BeforeEach
    void find_user_as_administrator() {
        user = registered();
        user.add("Buy milk");
        var admin = registered();
        TestDatabase.makeAdmin(admin);
        visitor = signedIn(admin);
        visitor.link("Admin").click();
        visitor.field("Search users").fill(user.email());
        assertThat(row()).hasCount(1);
    }

    @Test
    void shows_the_details_of_a_user() {
        assertThat(row()).containsText(user.email());
        assertThat(row()).containsText("1 task");
    }

    @Test
    void disables_and_enables_a_user() {
        visitor.button("Disable " + user.email()).click();
        assertThat(row()).containsText("Disabled");
        user.me().then().statusCode(401);

        visitor.button("Enable " + user.email()).click();
        visitor.seesMessage(user.email() + " was enabled.");
        logIn(user.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void makes_a_user_an_administrator() {
        visitor.field("Role of " + user.email()).selectOption("admin");

        visitor.seesMessage("The role of " + user.email() + " was changed.");
        user.me().then().body("role", equalTo("admin"));
    }

    @Test
    void deletes_a_user_after_confirmation() {
        visitor.button("Delete " + user.email()).click();
        visitor.button("Cancel").click();
        assertThat(row()).hasCount(1);

        visitor.button("Delete " + user.email()).click();
        visitor.button("Delete").click();

        assertThat(visitor.page().getByText("No users match.")).isVisible();
        logIn(user.email(), PASSWORD).then().statusCode(401);
    }

    @Test
    void hides_the_page_from_other_users() {
        var other = signedIn(user);

        assertThat(other.link("Admin")).isHidden();
        other.open("/admin");
        assertThat(other.heading("Tasks")).isVisible();
    }

    private Locator row() {
        return visitor.page().getByTestId("user");
    }
}
