package dev.todo.page;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Route;
import dev.todo.EmbeddedPostgresResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages on other origins, as documented. */
@QuarkusIntegrationTest
class OtherOriginInBrowser extends BrowserTest {

    private static final String CALLS = """
            async ({api, email, password}) => {
              const signedIn = await fetch(`${api}/auth/login`, {
                method: 'POST',
                credentials: 'include',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify({ email, password }),
              });
              const { access_token: token } = await signedIn.json();
              const tasks = await fetch(`${api}/tasks?limit=1`, { headers: { Authorization: `Bearer ${token}` } });
              return [(await tasks.json())[0].title, tasks.headers.get('Link') !== null];
            }""";

    @Test
    void allows_a_page_from_a_configured_origin() {
        assertEquals(List.of("Buy milk", true), callsFrom(EmbeddedPostgresResource.ORIGIN));
    }

    @Test
    void blocks_a_page_from_any_other_origin() {
        assertEquals("refused", callsFrom("https://evil.example.com"));
    }

    private Object callsFrom(String origin) {
        var user = registered();
        user.add("Walk the dog");
        user.add("Buy milk");
        var visitor = visitor();
        visitor.context()
                .route(
                        origin + "/",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setContentType("text/html")
                                .setBody("<title>Theirs</title>")));
        visitor.page().navigate(origin + "/");
        try {
            return visitor.page()
                    .evaluate(
                            "(them) => (" + CALLS + ")(them).catch(() => 'refused')",
                            Map.of("api", Visitor.url(), "email", user.email(), "password", PASSWORD));
        } finally {
            visitor.errors().clear();
        }
    }
}
