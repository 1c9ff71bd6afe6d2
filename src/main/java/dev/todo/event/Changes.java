package dev.todo.event;

import dev.todo.settings.DirectDatabase;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells all replicas whose tasks have changed, by PostgreSQL's NOTIFY. It only says that there is news, which is then read
 * from the table; so nothing is lost with a notification, and where none come through, as behind a transaction pool, the
 * table is asked twice a second instead.
 */
@ApplicationScoped
class Changes {

    private static final Logger LOG = Logger.getLogger(Changes.class);
    private static final String CHANNEL = "task_changes";
    private static final String NOTIFY = "select pg_notify('" + CHANNEL + "', $1)";

    /** Changes are gathered for so long: NOTIFY has commits wait for each other, so it stays out of those of changes. */
    private static final int GATHER_MILLIS = 20;

    /** PostgreSQL takes 8,000 bytes; an id has 36. */
    private static final int USERS_PER_NOTIFICATION = 200;

    private static final int RECONNECT_MILLIS = 1_000;
    private static final int LOOK_MILLIS = 500;

    /** Every so many looks the table is asked even while notifications come: one may have died with its replica. */
    private static final int LOOKS_PER_ROUND = 10;

    private final Vertx vertx;
    private final Pool database;
    private final DirectDatabase direct;
    private final TaskEvents events;
    private final Map<UUID, Set<Listener>> listeners = new ConcurrentHashMap<>();
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isGathering = new AtomicBoolean();
    private final AtomicBoolean isListening = new AtomicBoolean();
    private volatile int silentLooks;
    private volatile boolean isEnding;

    Changes(Vertx vertx, Pool database, DirectDatabase direct, TaskEvents events) {
        this.vertx = vertx;
        this.database = database;
        this.direct = direct;
        this.events = events;
    }

    /** Somebody who waits for changes of one user's tasks. */
    interface Listener {

        /** There may be events up to this one. */
        void changed(long latest);

        /** There is nothing more to wait for: this replica ends. */
        void end();
    }

    /** The user's tasks have changed, and the change is committed. */
    void announce(UUID user) {
        tell(user, Long.MAX_VALUE);
        changed.add(user);
        if (isGathering.compareAndSet(false, true)) {
            vertx.setTimer(GATHER_MILLIS, timer -> notifyReplicas());
        }
    }

    void endAll(@Observes ShutdownDelayInitiatedEvent event) {
        isEnding = true;
        listeners.values().forEach(some -> some.forEach(Listener::end));
    }

    void listen(UUID user, Listener listener) {
        listeners.compute(user, (key, others) -> {
            var all = others == null ? new CopyOnWriteArraySet<Listener>() : others;
            all.add(listener);
            return all;
        });
        if (isEnding) {
            listener.end();
        }
        if (isListening.compareAndSet(false, true)) {
            subscribe();
            vertx.setPeriodic(LOOK_MILLIS, timer -> look());
        }
    }

    void forget(UUID user, Listener listener) {
        listeners.computeIfPresent(user, (key, others) -> {
            others.remove(listener);
            return others.isEmpty() ? null : others;
        });
    }

    private void tell(UUID user, long latest) {
        listeners.getOrDefault(user, Set.of()).forEach(listener -> listener.changed(latest));
    }

    private void notifyReplicas() {
        isGathering.set(false);
        var users = new HashSet<>(changed);
        changed.removeAll(users);
        for (var notification : notifications(users)) {
            run(notification);
        }
    }

    private static List<String> notifications(Set<UUID> users) {
        var notifications = new ArrayList<String>();
        var some = new ArrayList<String>();
        for (var user : users) {
            some.add(user.toString());
            if (some.size() == USERS_PER_NOTIFICATION) {
                notifications.add(String.join(",", some));
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            notifications.add(String.join(",", some));
        }
        return notifications;
    }

    private void run(String notification) {
        database.preparedQuery(NOTIFY)
                .execute(Tuple.of(notification))
                .subscribe()
                .with(done -> {}, failure -> LOG.debug("Replicas will look for themselves", failure));
    }

    private void subscribe() {
        var subscriber = PgSubscriber.subscriber(vertx, direct.connectOptions())
                .reconnectPolicy(retries -> (long) RECONNECT_MILLIS);
        // Nothing was heard before, be it at the beginning or after the connection was lost
        subscriber.channel(CHANNEL).subscribeHandler(now -> askTable()).handler(this::heard);
        subscriber.connect().onFailure(failure -> {
            LOG.debug("Not listening yet", failure);
            subscriber.close();
            vertx.setTimer(RECONNECT_MILLIS, timer -> subscribe());
        });
    }

    private void heard(String notification) {
        silentLooks = 0;
        if (!notification.isEmpty()) {
            for (var user : notification.split(",")) {
                tell(UUID.fromString(user), Long.MAX_VALUE);
            }
        }
    }

    /** Asks the table where nothing was heard for long, and now and then; an empty notification shows whether one comes. */
    private void look() {
        if (listeners.isEmpty()) {
            return;
        }
        var look = ++silentLooks;
        if (look % LOOKS_PER_ROUND == 0) {
            run("");
        }
        if (look % LOOKS_PER_ROUND == 0 || look > 2 * LOOKS_PER_ROUND) {
            askTable();
        }
    }

    private void askTable() {
        events.latest(listeners.keySet())
                .subscribe()
                .with(latest -> latest.forEach(this::tell), failure -> LOG.debug("The next look will do", failure));
    }
}
