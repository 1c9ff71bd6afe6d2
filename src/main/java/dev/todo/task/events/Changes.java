package dev.todo.task.events;

import dev.todo.task.FeedPosition;
import dev.todo.task.TaskFeed;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Tells those who wait for changes of a user's tasks that there is news, which is then read from the table. The notifier that
 * says so may not be heard; so the table is asked now and then, and twice a second where nothing is heard.
 */
@ApplicationScoped
class Changes implements ChangeNotifier.Listener {

    private static final Logger LOG = Logger.getLogger(Changes.class);

    /** After whatever a listener knows. */
    private static final FeedPosition ANY = new FeedPosition(Instant.MAX, new UUID(0, 0));

    private static final int LOOK_MILLIS = 500;

    /** Every so many looks the table is asked even while the notifier is heard: it may have died with who was to ring it. */
    private static final int LOOKS_PER_ROUND = 10;

    private final Vertx vertx;
    private final ChangeNotifier notifier;
    private final TaskFeed feed;
    private final Map<UUID, Set<Listener>> listeners = new ConcurrentHashMap<>();
    private final AtomicBoolean isListening = new AtomicBoolean();
    private volatile int silentLooks;
    private volatile boolean isEnding;

    Changes(Vertx vertx, ChangeNotifier notifier, TaskFeed feed) {
        this.vertx = vertx;
        this.notifier = notifier;
        this.feed = feed;
    }

    /** Somebody who waits for changes of one user's tasks. */
    interface Listener {

        /** There may be changes up to this one. */
        void changed(FeedPosition latest);

        /** There is nothing more to wait for: this replica ends. */
        void end();
    }

    /** The user's tasks have changed, and the change is committed. */
    void announce(UUID user) {
        tell(user);
        notifier.publish(user);
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
            notifier.listen(this);
            vertx.setPeriodic(LOOK_MILLIS, timer -> look());
        }
    }

    void forget(UUID user, Listener listener) {
        listeners.computeIfPresent(user, (key, others) -> {
            others.remove(listener);
            return others.isEmpty() ? null : others;
        });
    }

    @Override
    public void heard(List<UUID> users) {
        silentLooks = 0;
        users.forEach(this::tell);
    }

    @Override
    public void connected() {
        askTable();
    }

    private void tell(UUID user) {
        tell(user, ANY);
    }

    private void tell(UUID user, FeedPosition latest) {
        listeners.getOrDefault(user, Set.of()).forEach(listener -> listener.changed(latest));
    }

    private void look() {
        if (listeners.isEmpty()) {
            return;
        }
        var look = ++silentLooks;
        if (look % LOOKS_PER_ROUND == 0) {
            notifier.probe();
        }
        if (look % LOOKS_PER_ROUND == 0 || look > 2 * LOOKS_PER_ROUND) {
            askTable();
        }
    }

    private void askTable() {
        feed.latest(listeners.keySet())
                .subscribe()
                .with(latest -> latest.forEach(this::tell), failure -> LOG.debug("The next look will do", failure));
    }
}
