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

/** Runs all tests in one Chromium. After each test, no script has failed and no request has gone to another host. */
abstract class BrowserTest {

    private static final double TIMEOUT_MS = 20_000;

    // Takes seconds to start; ends with this JVM
    private static final Browser BROWSER = start();

    private final List<Visitor> visitors = new ArrayList<>();

    private static Browser start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MS);
        var playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        var chromium = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        // Chromium's sandbox does not work as root; pages from a public origin may call localhost
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-features=LocalNetworkAccessChecks",
                                "--host-resolver-rules=MAP *.test 127.0.0.1")));
    }

    @AfterEach
    void assert_no_browser_errors() {
        visitors.forEach(Visitor::close);
        for (var visitor : visitors) {
            assertEquals(List.of(), visitor.errors());
        }
    }

    /** A visitor with their own browser context, not signed in. */
    final Visitor visitor() {
        return visitor(new Browser.NewContextOptions());
    }

    /** A visitor of a page at another address than that of the tested service. */
    final Visitor visitor(String home) {
        return visitor(new Browser.NewContextOptions(), home);
    }

    final Visitor visitor(Browser.NewContextOptions options) {
        return visitor(options, Visitor.url());
    }

    private Visitor visitor(Browser.NewContextOptions options, String home) {
        // The service trusts the tests as a proxy, so each visitor can have their own address
        var context =
                BROWSER.newContext(options.setExtraHTTPHeaders(Map.of("X-Forwarded-For", TodoClient.freshAddress())));
        context.setDefaultTimeout(TIMEOUT_MS);
        var visitor = new Visitor(context, home);
        visitors.add(visitor);
        return visitor;
    }

    /** A visitor who has signed in and sees their tasks. */
    final Visitor signedIn(TodoClient user) {
        var visitor = visitor();
        visitor.signIn(user);
        return visitor;
    }
}
