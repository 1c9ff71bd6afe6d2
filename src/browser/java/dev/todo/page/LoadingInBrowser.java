package dev.todo.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Response;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The cost of loading the page, and its content security policy. */
@QuarkusIntegrationTest
class LoadingInBrowser extends BrowserTest {

    private static final int MAX_SCRIPT_BYTES = 80 * 1024;
    private static final String RECORD_WHEN_USABLE = """
            new MutationObserver((changes, observer) => {
              if (document.querySelector('[name=email]')) {
                window.usable = performance.now();
                observer.disconnect();
              }
            }).observe(document, { childList: true, subtree: true });""";
    private static final String BYTES_FETCHED_BY_ASSET = """
            () => Object.fromEntries(performance.getEntriesByType('resource')
                .filter((entry) => entry.name.includes('/assets/'))
                .map((entry) => [entry.name, entry.transferSize]))""";

    @Test
    void the_first_load_is_small() {
        var visitor = visitor();
        visitor.page().addInitScript(RECORD_WHEN_USABLE);
        List<Response> responses = new ArrayList<>();
        visitor.page().onResponse(responses::add);

        visitor.open("/");
        assertThat(visitor.field("E-mail address")).isFocused();

        var scripts = bytes(responses.stream()
                .filter(response -> response.url().endsWith(".js"))
                .toList());
        System.out.printf(
                "First load: %d requests, %d bytes, %d of them script, usable after %s ms%n%s%n",
                responses.size(),
                bytes(responses),
                scripts,
                visitor.page().evaluate("() => Math.round(usable)"),
                responses.stream()
                        .map(response -> "  " + response.request().sizes().responseBodySize + " " + response.url())
                        .collect(Collectors.joining("\n")));
        assertTrue(scripts > 0 && scripts <= MAX_SCRIPT_BYTES, scripts + " bytes of script");
    }

    private static long bytes(List<Response> responses) {
        return responses.stream()
                .mapToLong(response -> response.request().sizes().responseBodySize)
                .sum();
    }

    @Test
    void a_second_load_takes_assets_from_the_cache() {
        var visitor = signedIn(registered());

        visitor.page().navigate(Visitor.url());
        assertThat(visitor.newTask()).isVisible();

        var fetched = (Map<?, ?>) visitor.page().evaluate(BYTES_FETCHED_BY_ASSET);
        assertEquals(Set.of(0), Set.copyOf(fetched.values()), fetched::toString);
    }

    @Test
    void blocks_inline_scripts() {
        var visitor = visitor().open("/");
        assertThat(visitor.heading("Sign in")).isVisible();

        var ran = visitor.page().evaluate("""
                () => new Promise((resolve) => {
                  document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
                  const script = document.createElement('script');
                  script.append('window.ran = true');
                  document.body.append(script);
                  setTimeout(() => resolve('ran: ' + window.ran), 1000);
                })""");

        assertTrue(List.of("script-src-elem", "require-trusted-types-for").contains(ran), String.valueOf(ran));
        visitor.errors().clear();
    }
}
