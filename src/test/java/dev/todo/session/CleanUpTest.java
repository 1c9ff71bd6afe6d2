package dev.todo.session;

import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TestDatabase;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** No client can ask for it, so this one test asks the bean. */
@QuarkusTest
class CleanUpTest {

    @Inject
    CleanUp cleanUp;

    @Test
    void attempts_are_dropped_an_hour_after_their_window() {
        var old = attempts("2 hours");
        var recent = attempts("30 minutes");

        cleanUp.run().await().atMost(Duration.ofSeconds(10));

        assertEquals("0", TestDatabase.text("select count(*) from attempts where kind = ?", old));
        assertEquals("1", TestDatabase.text("select count(*) from attempts where kind = ?", recent));
    }

    @Test
    void sessions_are_dropped_when_their_access_tokens_are_over_too() {
        var alice = registered();
        var old = session("8 days", Tokens.of(alice));
        var recent = session("6 days", Tokens.of(alice));

        cleanUp.run().await().atMost(Duration.ofSeconds(10));

        assertEquals("0", TestDatabase.text("select count(*) from sessions where id = ?::uuid", old.session()));
        assertEquals(
                "0",
                TestDatabase.text("select count(*) from refresh_tokens where session_id = ?::uuid", old.session()));
        assertEquals("1", TestDatabase.text("select count(*) from sessions where id = ?::uuid", recent.session()));
    }

    @Test
    void addresses_are_forgotten_a_year_after_their_last_log_in() {
        var alice = registered();
        Tokens.of(alice);
        TestDatabase.executeAny(
                "update known_addresses set last_used_at = now() - interval '366 days' where ctid ="
                        + " (select min(ctid) from known_addresses where user_id = ?::uuid)",
                alice.id());

        cleanUp.run().await().atMost(Duration.ofSeconds(10));

        assertEquals(
                "1", TestDatabase.text("select count(*) from known_addresses where user_id = ?::uuid", alice.id()));
    }

    private static String attempts(String ago) {
        var kind = UUID.randomUUID().toString().substring(0, 16);
        TestDatabase.execute(
                "insert into attempts (kind, key, counted, pending, pending_until, window_ends)"
                        + " values (?, '', 1, 0, now() - ?::interval, now() - ?::interval)",
                kind,
                ago,
                ago);
        return kind;
    }

    private static Tokens session(String ago, Tokens tokens) {
        TestDatabase.execute(
                "update sessions set expires_at = now() - ?::interval where id = ?::uuid", ago, tokens.session());
        return tokens;
    }
}
