package dev.todo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUBLIC_URL and CORS_ORIGINS. */
class WebAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://todo.example.com, https://todo.example.com",
        "https://todo.example.com/, https://todo.example.com",
        "https://example.com/todo, https://example.com/todo",
        "https://example.com/todo/, https://example.com/todo",
        "HTTPS://Example.Com:443/My/Todo-1.0_~, https://example.com/My/Todo-1.0_~",
        "https://example.com:80, https://example.com:80",
        "http://nas, http://nas",
        "http://nas_2:8080, http://nas_2:8080",
        "http://192.168.1.5:80/todo, http://192.168.1.5/todo",
        "http://[FD00::1]:8080/todo, http://[fd00::1]:8080/todo",
        "https://example.com/tasklist, https://example.com/tasklist",
        "https://example.com/apps/tasks, https://example.com/apps/tasks"
    })
    void reads_PUBLIC_URL_as_browsers_write_it(String given, String url) {
        assertEquals(url, property("PUBLIC_URL", given, "todo.public-url"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "todo.s3cr3t.example",
                "ftp://todo.s3cr3t.example",
                "https://",
                "https:///s3cr3t",
                "https://ada:s3cr3t@example.com",
                "https://example.com?s3cr3t",
                "https://example.com/todo?s3cr3t",
                "https://example.com/#s3cr3t",
                "https://example.com:0/s3cr3t",
                "https://example.com:65536/s3cr3t",
                "https://example.com:/s3cr3t",
                "https://s3cr3t..example.com",
                "https://*.s3cr3t.example",
                "https://s3cr3t.exämple.com",
                "https://[s3cr3t]",
                "https://[:::]/s3cr3t",
                "https://example.com//s3cr3t",
                "https://example.com/../s3cr3t",
                "https://example.com/s3cr3t/.",
                "https://example.com/s3cr3t%20list",
                "https://example.com/s3cr3t list",
                "https://example.com/s3cr3t;x=y",
                "https://example.com/s3cr3t\\",
                "https://example.com/\"><s3cr3t>",
                "https://example.com/tasks/s3cr3t",
                "https://example.com/auth/s3cr3t/"
            })
    void rejects_any_other_PUBLIC_URL_in_one_line_without_its_value(String url) {
        var refusal = assertThrows(InvalidSetting.class, () -> property("PUBLIC_URL", url, "todo.public-url"))
                .getMessage();

        assertTrue(refusal.startsWith("PUBLIC_URL must "), refusal);
        assertEquals(1, refusal.lines().count());
        assertFalse(refusal.contains("s3cr3t"), refusal);
    }

    @Test
    void reads_CORS_ORIGINS_as_browsers_write_them() {
        assertEquals(
                "https://todo.example.com,http://localhost:3000,https://app.example.com",
                property(
                        "CORS_ORIGINS",
                        "https://Todo.Example.com:443, HTTP://localhost:3000,https://app.example.com/",
                        "todo.cors-origins"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "todo.example.com",
                "https://*.example.com",
                "https://tödo.example.com",
                "https://example.com/todo",
                "https://ada@example.com",
                "https://example.com:99999",
                "https://todo.example.com,,http://localhost"
            })
    void rejects_CORS_ORIGINS_that_no_browser_sends(String origins) {
        assertThrows(InvalidSetting.class, () -> property("CORS_ORIGINS", origins, "todo.cors-origins"));
    }

    private static String property(String variable, String value, String property) {
        return new Environment(Map.of(variable, value)::get).properties().get(property);
    }
}
