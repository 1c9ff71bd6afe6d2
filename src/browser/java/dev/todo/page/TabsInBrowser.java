package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several tabs of one browser. */
@QuarkusIntegrationTest
class TabsInBrowser extends BrowserTest {

    private static final String EVENTS = "**/tasks/events";

    private TodoClient user;
    private Visitor first;
    private List<Request> streams;

    @BeforeEach
    void sign_in() {
        user = registered();
        first = visitor();
        streams = new CopyOnWriteArrayList<>();
        first.context().onRequest(request -> {
            if (request.url().endsWith("/tasks/events")) {
                streams.add(request);
            }
        });
        first.page().waitForRequest(EVENTS, () -> first.signIn(user));
    }

    @Test
    void what_one_tab_does_appears_in_the_other() {
        var second = anotherTab();

        first.add("Buy milk", "Walk the dog");
        second.sees("Buy milk", "Walk the dog");

        second.toggle("Buy milk").check();
        assertThat(first.toggle("Buy milk")).isChecked();
        assertThat(first.count()).hasText("1 item left");

        first.press("Walk the dog", "Delete");
        second.sees("Buy milk");
    }

    /** By HTTP/1.1 a browser has six connections to a host, and a stream of events keeps one. */
    @Test
    void more_tabs_than_connections_opened_at_once_share_one_stream() {
        var tabs = Stream.generate(first::anotherTab).limit(8).toList();
        tabs.forEach(tab ->
                tab.page().navigate(Visitor.url(), new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT)));
        tabs.forEach(tab -> assertThat(tab.newTask()).isVisible());

        first.add("Buy milk");
        tabs.forEach(tab -> tab.sees("Buy milk"));
        user.add("Walk the dog");
        tabs.forEach(tab -> tab.sees("Buy milk", "Walk the dog"));

        first.sees("Buy milk", "Walk the dog");
        assertEquals(1, streams.size());
    }

    @Test
    void when_the_tab_that_listens_is_closed_another_goes_on_where_it_stopped() {
        var second = anotherTab();
        user.add("Buy milk");
        second.sees("Buy milk");
        var held = new ArrayList<Route>();
        first.context().route(EVENTS, held::add);

        var stream = second.page().waitForRequest(EVENTS, () -> first.page().close());
        user.add("Walk the dog");
        first.context().unroute(EVENTS);
        held.forEach(Route::resume);

        second.sees("Buy milk", "Walk the dog");
        assertNotNull(stream.headerValue("last-event-id"));
    }

    @Test
    void a_tab_that_nobody_looks_at_lets_another_listen_and_catches_up_later() {
        var second = anotherTab();

        second.page().waitForRequest(EVENTS, () -> turn(first, "hidden"));
        user.add("Buy milk");
        second.sees("Buy milk");

        turn(first, "visible");
        first.sees("Buy milk");
        user.add("Walk the dog");
        first.sees("Buy milk", "Walk the dog");
        assertEquals(2, streams.size());
    }

    /** As the browser does when another tab is chosen. */
    private static void turn(Visitor visitor, String visibility) {
        visitor.page().evaluate("""
                (visibility) => {
                  Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", visibility);
    }

    @Test
    void signing_out_does_so_in_every_tab() {
        var second = anotherTab();

        first.button("Sign out").click();

        assertThat(first.heading("Sign in")).isVisible();
        assertThat(second.heading("Sign in")).isVisible();
        first.page().reload();
        assertThat(first.heading("Sign in")).isVisible();
    }

    @Test
    void who_signs_in_next_sees_nothing_of_who_was_there_before() {
        var second = anotherTab();
        first.add("Of the first");
        second.sees("Of the first");
        first.button("Sign out").click();
        assertThat(second.heading("Sign in")).isVisible();

        var next = registered();
        second.signIn(next.email(), PASSWORD);
        assertThat(first.newTask()).isVisible();
        assertThat(second.newTask()).isVisible();
        user.add("Also of the first");
        next.add("Of the next");

        first.sees("Of the next");
        second.sees("Of the next");
    }

    private Visitor anotherTab() {
        var tab = first.anotherTab().open("/");
        assertThat(tab.newTask()).isVisible();
        return tab;
    }
}
