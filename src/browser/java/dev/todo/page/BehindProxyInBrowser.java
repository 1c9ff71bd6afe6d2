package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshEmail;

import dev.todo.OwnPostgres;
import dev.todo.Replica;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page behind a proxy, with and without PUBLIC_URL. A name that ends in .test leads to this machine. */
class BehindProxyInBrowser extends BrowserTest {

    private static OwnPostgres postgres;
    private static ReverseProxy proxy;
    private static Replica configured;
    private static ReverseProxy otherProxy;
    private static Replica unconfigured;

    @BeforeAll
    static void start() throws Exception {
        postgres = new OwnPostgres();
        proxy = new ReverseProxy();
        configured = Replica.start(postgres.freshDatabase(), Map.of("PUBLIC_URL", publicUrl()));
        proxy.forwardTo(port(configured));
        otherProxy = new ReverseProxy();
        unconfigured = Replica.start(postgres.freshDatabase(), Map.of());
        otherProxy.forwardTo(port(unconfigured));
    }

    @AfterAll
    static void stop() throws Exception {
        proxy.close();
        configured.close();
        otherProxy.close();
        unconfigured.close();
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/todo"})
    void works_under_a_path_whether_the_proxy_removes_it_or_not(String removed) {
        proxy.removePath(removed);
        var visitor = visitor(publicUrl());

        visitor.page().navigate(publicUrl());
        assertThat(visitor.heading("Sign in")).isVisible();
        assertThat(visitor.page().getByText("after each reload")).isHidden();
        visitor.link("Create an account").click();
        visitor.fillCredentials(freshEmail(), PASSWORD);
        visitor.button("Create account").click();
        visitor.add("Buy milk");
        visitor.seesSaved("Buy milk");

        visitor.page().reload();
        visitor.sees("Buy milk");
        var secondTab = visitor.anotherTab().open("/");
        secondTab.sees("Buy milk");
        secondTab.add("Walk the dog");
        visitor.sees("Buy milk", "Walk the dog");
    }

    @Test
    void the_explorer_calls_the_service_under_its_path() {
        proxy.removePath("");
        var visitor = visitor(publicUrl());

        visitor.page().navigate(publicUrl() + "/docs/");

        assertThat(visitor.page().locator(".servers select")).hasValue(publicUrl());
        // The explorer's own inline styles, which its content policy blocks
        visitor.errors().clear();
    }

    @Test
    void says_what_to_set_if_the_service_refuses_the_pages_origin() {
        otherProxy.removePath("");
        var home = "http://localhost:" + otherProxy.port();
        var visitor = visitor(home);
        var email = freshEmail();
        visitor.signUp(email, PASSWORD);
        assertThat(visitor.newTask()).isVisible();
        // Otherwise the reload may come before the page has left the form for new accounts
        assertThat(visitor.page()).hasURL(home + "/#/");

        visitor.page().reload();

        assertThat(visitor.heading("Sign in")).isVisible();
        visitor.seesMessage("The service does not know that this page is at " + home
                + ", so you have to sign in again after each reload. To fix this, set PUBLIC_URL=" + home
                + " for the service.");
        visitor.signIn(email, PASSWORD);
        assertThat(visitor.newTask()).isVisible();
    }

    @Test
    void says_what_to_set_if_the_service_does_not_know_its_path() {
        otherProxy.removePath("/todo");
        var home = "http://localhost:" + otherProxy.port() + "/todo";
        var visitor = visitor(home).open("/");

        visitor.seesMessage("To fix this, set PUBLIC_URL=" + home + " for the service.");
        visitor.signUp(freshEmail(), PASSWORD);
        visitor.add("Buy milk");
        visitor.seesSaved("Buy milk");
    }

    @Test
    void says_what_to_set_if_the_page_is_not_encrypted() {
        var home = "http://nas.test:" + port(unconfigured);
        var visitor = visitor(home).open("/");

        visitor.seesMessage("This page is not encrypted, so you have to sign in again after each reload. Use https://,"
                + " or set PUBLIC_URL=" + home + " for the service.");
    }

    private static String publicUrl() {
        return "http://todo.test:" + proxy.port() + "/todo";
    }

    private static int port(Replica replica) {
        return URI.create(replica.url()).getPort();
    }
}
