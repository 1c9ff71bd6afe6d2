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
 * What one client is told, pulled by it: the next page of events is read once the last one has been written to its
 * connection, so a client that reads slowly holds nothing in memory here. Runs in one context, thus on one thread.
 */
class EventStream implements Changes.Listener {

    private static final Logger LOG = Logger.getLogger(EventStream.class);

    private static final int LOOK_MILLIS = 5_000;
    /** Due with the last look within 15 seconds; looks may be some milliseconds early or late. */
    private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(15_500 - LOOK_MILLIS);

    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Context context;
    private final UUID user;
    private final TaskFeed feed;
    private final Changes changes;
    private final Client client;

    private FeedPosition position;
    /** The client has been told of all tasks that were added before this place. */
    private FeedPosition known;
    /** Where changes take several pages: these, and none that are made meanwhile, which could be told as new twice. */
    private Instant until;

    private boolean isNewsDue = true;
    private boolean hasMissedNews;
    private boolean hasEnded;
    // The first one is due at once, so that the client sees that it is connected
    private long lastHeartbeat = System.nanoTime() - HEARTBEAT_NANOS;
    private Long writingSince;
    private UniEmitter<? super Void> sleeper;

    /** The other end of the stream. */
    interface Client {

        /** Whether it is still who it was, with a session and rights that hold. */
        Uni<Boolean> mayGoOn();

        /** Ends the connection of one that does not read. */
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

    /** Pages of events; an empty one is a sign of life. */
    Multi<List<TaskEvent>> pages() {
        // All streams look at the same moments, so that a statement finds the sessions of many:
        // auth/accesstoken/SessionUserLookup
        var untilNextLook = LOOK_MILLIS - System.currentTimeMillis() % LOOK_MILLIS;
        var timer = context.owner().setPeriodic(untilNextLook, LOOK_MILLIS, now -> look());
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
                .invoke(failure -> LOG.debug("The next look will do", failure))
                .onFailure()
                .recoverWithNull()
                .chain(page -> page == null ? missed() : told(page));
    }

    /** The database is away or busy: the client keeps its stream, and is told later. */
    private Uni<List<TaskEvent>> missed() {
        hasMissedNews = true;
        return sleep().chain(this::page);
    }

    private Uni<List<TaskEvent>> told(TaskFeed.Page page) {
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

    private void look() {
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
