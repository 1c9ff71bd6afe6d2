package dev.todo.task.events;

import dev.todo.task.FeedPosition;
import dev.todo.task.TaskFeed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The events for one client, at the client's pace: the next page is read once the last one has been written to the
 * connection, so a slow client takes no memory here. Runs in one context, and so on one thread.
 */
class EventStream implements Changes.Listener {

    private static final Logger LOG = Logger.getLogger(EventStream.class);

    private static final int CHECK_MILLIS = 5_000;
    /** Makes the heartbeat due at the last check within 15 seconds; checks may be some milliseconds early or late. */
    private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(15_500 - CHECK_MILLIS);

    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Context context;
    private final UUID user;
    private final TaskFeed feed;
    private final Changes changes;
    private final Client client;

    private FeedPosition position;
    /** The client knows all tasks that were added before this position. */
    private FeedPosition known;
    /**
     * If changes take several pages, the time of the last change to include. Later ones could be sent as created twice.
     */
    private Instant until;

    private boolean isNewsDue = true;
    private boolean hasMissedNews;
    private boolean hasEnded;
    // The first heartbeat is due at once, so that the client sees that it is connected
    private long lastHeartbeat = System.nanoTime() - HEARTBEAT_NANOS;
    private Long writingSince;
    private UniEmitter<? super Void> sleeper;

    /** The client at the other end of the stream. */
    interface Client {

        /** Whether its session and its permissions are still valid. */
        Uni<Boolean> mayGoOn();

        /** Closes the connection of a client that does not read. */
        void cutOff();
    }

    EventStream(Context context, UUID user, FeedPosition position, TaskFeed feed, Changes changes, Client client) {
        this.context = context;
        this.user = user;
        this.position = position;
        this.known = position;
        this.feed = feed;
        this.changes = changes;
        this.client = client;
    }

    /** Pages of events; an empty page is a heartbeat. */
    Multi<List<TaskEvent>> pages() {
        // All streams check at the same moments, so that one statement looks up the sessions of many:
        // auth/accesstoken/SessionUserLookup
        var untilNextCheck = CHECK_MILLIS - System.currentTimeMillis() % CHECK_MILLIS;
        var timer = context.owner().setPeriodic(untilNextCheck, CHECK_MILLIS, now -> check());
        changes.listen(user, this);
        return Multi.createBy()
                .repeating()
                .uni(this::next)
                .whilst(page -> !hasEnded)
                .onTermination()
                .invoke(() -> {
                    context.owner().cancelTimer(timer);
                    changes.forget(user, this);
                });
    }

    @Override
    public void changed(FeedPosition latest) {
        context.runOnContext(now -> {
            if (latest.isAfter(position)) {
                isNewsDue = true;
                wakeUp();
            }
        });
    }

    @Override
    public void end() {
        context.runOnContext(now -> {
            hasEnded = true;
            wakeUp();
        });
    }

    private Uni<List<TaskEvent>> next() {
        writingSince = null;
        return page().invoke(() -> writingSince = System.nanoTime());
    }

    private Uni<List<TaskEvent>> page() {
        if (hasEnded || isHeartbeatDue()) {
            lastHeartbeat = System.nanoTime();
            return Uni.createFrom().item(List.of());
        }
        if (!isNewsDue) {
            return sleep().chain(this::page);
        }
        isNewsDue = false;
        return feed.after(user, position, until)
                .onFailure()
                .invoke(failure -> LOG.debug("Cannot read changes; the next check tries again", failure))
                .onFailure()
                .recoverWithNull()
                .chain(page -> page == null ? retryLater() : toEvents(page));
    }

    /** The database is unavailable or busy: the stream stays open and the client gets the changes later. */
    private Uni<List<TaskEvent>> retryLater() {
        hasMissedNews = true;
        return sleep().chain(this::page);
    }

    private Uni<List<TaskEvent>> toEvents(TaskFeed.Page page) {
        var events = page.changes().stream()
                .map(change -> TaskEvent.of(change, known))
                .toList();
        if (!events.isEmpty()) {
            position = events.get(events.size() - 1).id();
        }
        if (page.isFull()) {
            until = until == null ? page.latest() : until;
            isNewsDue = true;
        } else {
            isNewsDue |= until != null;
            until = null;
            known = position;
        }
        return events.isEmpty() ? page() : Uni.createFrom().item(events);
    }

    private boolean isHeartbeatDue() {
        return System.nanoTime() - lastHeartbeat >= HEARTBEAT_NANOS;
    }

    private Uni<Void> sleep() {
        return Uni.createFrom().emitter(emitter -> sleeper = emitter);
    }

    private void wakeUp() {
        if (sleeper != null) {
            var woken = sleeper;
            sleeper = null;
            woken.complete(null);
        }
    }

    private void check() {
        if (writingSince != null && System.nanoTime() - writingSince > STALL_NANOS) {
            client.cutOff();
            return;
        }
        isNewsDue |= hasMissedNews;
        if (hasMissedNews || isHeartbeatDue()) {
            hasMissedNews = false;
            wakeUp();
        }
        client.mayGoOn().subscribe().with(mayGoOn -> {
            if (!mayGoOn) {
                end();
            }
        });
    }
}
