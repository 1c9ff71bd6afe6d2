package dev.todo.http.concurrency;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentCallersTest {

    private static final UUID ALICE = new UUID(0, 1);
    private static final UUID BOB = new UUID(0, 2);
    private static final UUID CAROL = new UUID(0, 3);

    private final RecentCallers callers = new RecentCallers();

    @Test
    void reports_no_others_if_only_one_user_calls() {
        assertFalse(callers.includeOthersThan(ALICE));
        callers.add(ALICE);
        callers.add(ALICE);

        assertFalse(callers.includeOthersThan(ALICE));
        assertTrue(callers.includeOthersThan(BOB));
    }

    @Test
    void remembers_others_despite_many_calls_of_one_user() {
        callers.add(BOB);
        callers.add(ALICE);
        callers.add(ALICE);

        assertTrue(callers.includeOthersThan(ALICE));
        assertTrue(callers.includeOthersThan(BOB));
        assertTrue(callers.includeOthersThan(CAROL));
    }

    @Test
    void forgets_others_after_a_second() throws Exception {
        callers.add(BOB);
        Thread.sleep(1_050);
        callers.add(ALICE);

        assertFalse(callers.includeOthersThan(ALICE));
    }
}
