package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.todo.TodoClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A visitor's browser: what they see and do. */
final class Visitor {

    private final BrowserContext context;
    private final String home;
    private final Page page;
    private final List<String> errors;

    /** @param home the page's address */
    Visitor(BrowserContext context, String home) {
        this.context = context;
        this.home = home;
        this.errors = new CopyOnWriteArrayList<>();
        context.onWebError(error -> errors.add(error.error()));
        context.onConsoleMessage(message -> {
            // The browser logs failed requests itself; many tests cause them on purpose. It also logs a header that has
            // no effect without HTTPS
            if (message.type().equals("error")
                    && !message.text().startsWith("Failed to load resource")
                    && !message.text().startsWith("The Cross-Origin-Opener-Policy header has been ignored")) {
                errors.add(message.text());
            }
        });
        context.onRequest(request -> {
            if (!request.url().startsWith(home) && !request.url().startsWith("blob:" + home)) {
                errors.add("Request to another host: " + request.url());
            }
        });
        this.page = context.newPage();
    }

    private Visitor(Visitor other) {
        this.context = other.context;
        this.home = other.home;
        this.errors = other.errors;
        this.page = context.newPage();
    }

    static String url() {
        return "http://localhost:" + TodoClient.port();
    }

    Visitor anotherTab() {
        return new Visitor(this);
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    List<String> errors() {
        return errors;
    }

    void close() {
        context.close();
    }

    Visitor open(String route) {
        page.navigate(home + "/#" + route);
        return this;
    }

    void signUp(String email, String password) {
        open("/signup");
        fillCredentials(email, password);
        button("Create account").click();
    }

    void signIn(TodoClient user) {
        open("/");
        signIn(user.email(), TodoClient.PASSWORD);
        assertThat(newTask()).isVisible();
    }

    void signIn(String email, String password) {
        fillCredentials(email, password);
        button("Sign in").click();
    }

    void fillCredentials(String email, String password) {
        field("E-mail address").fill(email);
        field("Password").fill(password);
    }

    Locator newTask() {
        return page.getByPlaceholder("What needs to be done?");
    }

    void add(String... titles) {
        for (var title : titles) {
            newTask().fill(title);
            newTask().press("Enter");
        }
    }

    Locator titles() {
        return page.getByTestId("todo-title");
    }

    void sees(String... titles) {
        assertThat(titles()).hasText(titles);
    }

    /** Shown and saved by the service. */
    void seesSaved(String title) {
        assertThat(task(title)).isVisible();
        assertThat(task(title)).not().hasAttribute("aria-busy", "true");
    }

    Locator count() {
        return page.getByTestId("todo-count");
    }

    Locator task(String title) {
        return page.getByTestId("todo-item").filter(new Locator.FilterOptions().setHasText(title));
    }

    Locator toggle(String title) {
        return task(title).getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName("Toggle Todo"));
    }

    /** The input for editing a title; only one is open at a time. */
    Locator editor() {
        return page.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Edit").setExact(true));
    }

    void press(String title, String button) {
        task(title)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    Locator heading(String text) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(text));
    }

    Locator dialog(String title) {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName(title));
    }

    /** The region that screen readers announce immediately. */
    Locator alert() {
        return page.getByRole(AriaRole.ALERT);
    }

    void seesMessage(String text) {
        assertThat(page.locator("[role=status], [role=alert]").getByText(text)).isVisible();
    }
}
