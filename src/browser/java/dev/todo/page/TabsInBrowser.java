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

/** Several tabs in one browser. */
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
    void shows_changes_from_other_tabs() {
        var second = anotherTab();

        first.add("Buy milk", "Walk the dog");
        second.sees("Buy milk", "Walk the dog");

        second.toggle("Buy milk").check();
        assertThat(first.toggle("Buy milk")).isChecked();
        assertThat(first.count()).hasText("1 item left");

        first.press("Walk the dog", "Delete");
        second.sees("Buy milk");
    }

    /** Over HTTP/1.1 a browser opens six connections to a host, and each event stream occupies one. */
    @Test
    void shares_one_event_stream_among_many_tabs() {
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
    void resumes_the_event_stream_in_another_tab_when_its_tab_closes() {
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
    void a_hidden_tab_passes_the_event_stream_on_and_catches_up_later() {
        var second = anotherTab();

        second.page().waitForRequest(EVENTS, () -> setVisibility(first, "hidden"));
        user.add("Buy milk");
        second.sees("Buy milk");

        setVisibility(first, "visible");
        first.sees("Buy milk");
        user.add("Walk the dog");
        first.sees("Buy milk", "Walk the dog");
        assertEquals(2, streams.size());
    }

    /** Simulates switching tabs. */
    private static void setVisibility(Visitor visitor, String visibility) {
        visitor.page().evaluate("""
                (visibility) => {
                  Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
                  document.dispatchEvent(new Event('visibilitychange'));
                }""", visibility);
    }

    @Test
    void signs_out_in_every_tab() {
        var second = anotherTab();

        first.button("Sign out").click();

        assertThat(first.heading("Sign in")).isVisible();
        assertThat(second.heading("Sign in")).isVisible();
        first.page().reload();
        assertThat(first.heading("Sign in")).isVisible();
    }

    @Test
    void shows_the_next_user_only_their_own_tasks() {
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
