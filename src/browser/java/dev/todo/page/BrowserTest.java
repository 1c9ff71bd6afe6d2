package dev.todo.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import dev.todo.TodoClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A Chromium for all tests. After each test: no script failed, and no request went to another host. */
abstract class BrowserTest {

    private static final double PATIENCE_MS = 20_000;

    // It takes seconds to start, and ends with this JVM
    private static final Browser BROWSER = start();

    private final List<Visitor> visitors = new ArrayList<>();

    private static Browser start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var chromium = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        // Chromium's sandbox needs another user than root; a page of an outside origin may call us
                        .setArgs(List.of("--no-sandbox", "--disable-features=LocalNetworkAccessChecks")));
    }

    @AfterEach
    void nothing_went_wrong_in_the_browser() {
        visitors.forEach(Visitor::leave);
        for (var visitor : visitors) {
            assertEquals(List.of(), visitor.faults());
        }
    }

    /** Somebody with a browser of their own, who is not signed in. */
    final Visitor visitor() {
        return visitor(new Browser.NewContextOptions());
    }

    final Visitor visitor(Browser.NewContextOptions options) {
        // The tests are a proxy that the service trusts, so each visitor has an address of their own
        var context =
                BROWSER.newContext(options.setExtraHTTPHeaders(Map.of("X-Forwarded-For", TodoClient.freshAddress())));
        context.setDefaultTimeout(PATIENCE_MS);
        var visitor = new Visitor(context);
        visitors.add(visitor);
        return visitor;
    }

    /** Somebody who has signed in and looks at their tasks. */
    final Visitor signedIn(TodoClient user) {
        var visitor = visitor();
        visitor.signIn(user);
        return visitor;
    }
}
