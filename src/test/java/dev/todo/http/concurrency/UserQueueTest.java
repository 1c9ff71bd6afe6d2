package dev.todo.http.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.http.concurrency.QueuedCall.State;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UserQueueTest {

    private final UserQueue queue = new UserQueue(8);
    private final List<QueuedCall> places = new ArrayList<>();

    @Test
    void runs_eight_calls_at_a_time_in_order_of_arrival() {
        join(11);
        assertEquals(8, count(State.RUNNING));

        assertEquals(List.of(places.get(8)), queue.remove(places.get(3), true, false));
        assertEquals(List.of(places.get(9)), queue.remove(places.get(0), true, false));
        assertEquals(8, count(State.RUNNING));
    }

    @Test
    void rejects_more_than_a_hundred_calls() {
        join(105);

        assertEquals(92, count(State.WAITING));
        assertEquals(5, count(State.REFUSED));
    }

    @Test
    void a_call_that_leaves_the_queue_makes_room_for_another() {
        join(101);
        assertEquals(List.of(), queue.remove(places.get(50), false, false));

        join(1);
        assertEquals(State.WAITING, places.get(101).state);
    }

    @Test
    void a_running_call_keeps_its_place_after_its_client_disconnects() {
        join(9);

        assertEquals(List.of(), queue.remove(places.get(0), false, false));
        assertEquals(List.of(places.get(8)), queue.remove(places.get(0), true, false));
        assertEquals(List.of(), queue.remove(places.get(0), true, false));
    }

    @Test
    void runs_long_calls_one_after_another() throws Exception {
        join(60);
        for (var i = 0; i < 20; i++) {
            Thread.sleep(15);
            queue.remove(running().get(0), true, false);
        }

        assertEquals(1, running().size());
    }

    @Test
    void is_empty_once_all_calls_have_left() {
        join(30);
        while (!running().isEmpty()) {
            queue.remove(running().get(0), true, false);
        }

        assertTrue(queue.isEmpty());
        assertEquals(30, count(State.LEFT));
    }

    @Test
    void a_place_pauses_before_the_next_call_gets_it() throws Exception {
        join(16);
        var call = places.get(0);
        Thread.sleep(40);

        assertTrue(queue.rest(call, 1) >= 160, "four times as long as it took");
        assertEquals(0, queue.rest(call, 1));
        assertEquals(State.WAITING, places.get(8).state);

        queue.remove(call, true, false);
        assertEquals(State.LEFT, call.state);
    }

    @Test
    void a_place_does_not_pause_if_hardly_any_call_waits() throws Exception {
        join(9);
        Thread.sleep(40);

        assertEquals(0, queue.rest(places.get(0), 1));
        assertEquals(State.RUNNING, places.get(0).state);
    }

    @Test
    void a_place_does_not_pause_if_as_many_users_are_active_as_calls_wait() throws Exception {
        join(16);
        Thread.sleep(40);

        assertEquals(0, queue.rest(places.get(0), 8));
        assertEquals(State.RUNNING, places.get(0).state);
    }

    @Test
    void a_paused_place_does_not_count_towards_the_hundred() throws Exception {
        join(100);
        Thread.sleep(40);
        assertTrue(queue.rest(places.get(0), 1) > 0);

        join(2);
        assertEquals(State.WAITING, places.get(100).state);
        assertEquals(State.REFUSED, places.get(101).state);
    }

    private void join(int times) {
        IntStream.range(0, times).forEach(i -> {
            var queued = new QueuedCall(new QueueKey(new UUID(0, 0), true));
            places.add(queued);
            queue.add(queued);
        });
    }

    private List<QueuedCall> running() {
        return places.stream().filter(queued -> queued.state == State.RUNNING).toList();
    }

    private long count(State state) {
        return places.stream().filter(queued -> queued.state == state).count();
    }

    @Test
    void starts_all_calls_if_the_database_is_unavailable() {
        join(20);

        assertEquals(places.subList(8, 20), queue.remove(places.get(0), true, true));
    }
}
