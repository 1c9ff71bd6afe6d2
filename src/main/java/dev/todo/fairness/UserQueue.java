package dev.todo.fairness;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;

/** The calls of one user: some are worked on, the others wait. Used by one thread at a time, under its key in a map. */
final class UserQueue {

    private static final int MAX_IN_ALL = 100;

    private final Queue<Place> waiting = new ArrayDeque<>();
    private int atWork;

    record Key(UUID user, boolean isOnTasks) {}

    UserQueue joinedBy(Place place, int maxAtWork) {
        if (atWork < maxAtWork) {
            atWork++;
            place.state = Place.State.AT_WORK;
        } else if (atWork + waiting.size() < MAX_IN_ALL) {
            waiting.add(place);
            place.state = Place.State.WAITING;
        }
        return this;
    }

    /** The place whose turn it is now; null where it is nobody's. To leave twice does nothing. */
    Place leftBy(Place place, boolean isWorkOver) {
        var was = place.state;
        if (was == Place.State.AT_WORK && !isWorkOver) {
            return null;
        }
        place.state = Place.State.LEFT;
        if (was == Place.State.WAITING) {
            waiting.remove(place);
            place.giveUp();
        }
        if (was != Place.State.AT_WORK) {
            return null;
        }
        var next = waiting.poll();
        if (next == null) {
            atWork--;
        } else {
            next.state = Place.State.AT_WORK;
        }
        return next;
    }

    boolean isEmpty() {
        return atWork == 0;
    }
}
