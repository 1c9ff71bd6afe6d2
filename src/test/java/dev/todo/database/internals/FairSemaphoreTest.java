package dev.todo.database.internals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairSemaphoreTest {

    private final List<String> served = new ArrayList<>();

    @Test
    void serves_callers_in_order_of_arrival() {
        var permits = new FairSemaphore(1, 10);
        List.of("first", "second", "third").forEach(name -> permits.acquire(() -> served.add(name)));

        assertEquals(List.of("first"), served);
        permits.release();
        permits.release();

        assertEquals(List.of("first", "second", "third"), served);
    }

    @Test
    void keeps_a_free_permit_for_the_next_caller() {
        var permits = new FairSemaphore(1, 10);
        permits.acquire(() -> served.add("first"));
        permits.release();

        permits.acquire(() -> served.add("second"));

        assertEquals(List.of("first", "second"), served);
    }

    @Test
    void a_caller_that_gives_up_takes_no_place_and_no_permit() {
        var permits = new FairSemaphore(1, 1);
        Runnable impatient = () -> served.add("impatient");
        permits.acquire(() -> served.add("first"));
        assertTrue(permits.acquire(impatient));
        assertFalse(permits.acquire(() -> served.add("one too many")));

        assertTrue(permits.giveUp(impatient));
        assertTrue(permits.acquire(() -> served.add("patient")));
        permits.release();

        assertEquals(List.of("first", "patient"), served);
        assertFalse(permits.giveUp(impatient));
    }

    @Test
    void serves_an_exchange_before_waiting_callers() {
        var permits = new FairSemaphore(1, 10);
        permits.acquire(() -> served.add("first"));
        permits.acquire(() -> served.add("second"));

        permits.exchange(() -> served.add("first again"), permits::release);

        assertEquals(List.of("first", "first again"), served);
    }
}
