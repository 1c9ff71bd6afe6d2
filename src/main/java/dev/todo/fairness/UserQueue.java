package dev.todo.fairness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;

/** The calls of one user: some are worked on, the others wait. Used by one thread at a time, under its key in a map. */
final class UserQueue {

    private static final int MAX_IN_ALL = 100;

    /** As much work of one user as another's call may find before it: the more each call takes, the fewer at a time. */
    private static final double MILLIS_AT_WORK = 8;

    /** What waited for a lock says little of what the next one will take. */
    private static final double MAX_MILLIS = 50;

    private static final double WEIGHT_OF_LATEST = 0.25;

    private final Queue<Place> waiting = new ArrayDeque<>();
    private final int maxAtWork;
    private int atWork;
    private double millisOfOne;

    record Key(UUID user, boolean isOnTasks) {}

    UserQueue(int maxAtWork) {
        this.maxAtWork = maxAtWork;
    }

    UserQueue joinedBy(Place place) {
        if (waiting.isEmpty() && mayBegin()) {
            begin(place);
        } else if (atWork + waiting.size() < MAX_IN_ALL) {
            waiting.add(place);
            place.state = Place.State.WAITING;
        }
        return this;
    }

    /**
     * The places whose turn it is now. Leaving twice does nothing; nor does leaving before the work is over. If the database
     * was away, nobody waits for the others to find that out: each is to be answered within five seconds.
     */
    List<Place> leftBy(Place place, boolean isWorkOver, boolean isDatabaseAway) {
        var next = new ArrayList<Place>(1);
        if (place.state == Place.State.WAITING) {
            waiting.remove(place);
            place.giveUp();
        } else if (place.state == Place.State.AT_WORK && isWorkOver) {
            if (!place.isStream()) {
                // Of those that were worked on at the same time, each had a part of the time
                var millis = Math.min(MAX_MILLIS, place.millisAtWork() / atWork);
                millisOfOne += WEIGHT_OF_LATEST * (millis - millisOfOne);
            }
            atWork--;
            while (!waiting.isEmpty() && (isDatabaseAway || mayBegin())) {
                next.add(begin(waiting.remove()));
            }
        } else {
            return next;
        }
        place.state = Place.State.LEFT;
        return next;
    }

    boolean isEmpty() {
        return atWork == 0;
    }

    private boolean mayBegin() {
        return atWork == 0 || atWork < maxAtWork && (atWork + 1) * millisOfOne <= MILLIS_AT_WORK;
    }

    private Place begin(Place place) {
        atWork++;
        place.beginsAtWork();
        return place;
    }
}
