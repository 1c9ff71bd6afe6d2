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
 * Notifies listeners that a user's tasks have changed, so that they read the changes from the table. Notifications may
 * not arrive, so it also polls the table now and then, and twice a second if none arrive.
 */
@ApplicationScoped
class Changes implements ChangeNotifier.Listener {

    private static final Logger LOG = Logger.getLogger(Changes.class);

    /** Later than any position that a listener knows. */
    private static final FeedPosition ANY = new FeedPosition(Instant.MAX, new UUID(0, 0));

    private static final int POLL_MILLIS = 500;

    /**
     * After this many polls the table is read even if notifications arrive: the replica that made a change may have
     * died before it sent one.
     */
    private static final int POLLS_PER_CHECK = 10;

    private final Vertx vertx;
    private final ChangeNotifier notifier;
    private final TaskFeed feed;
    private final Map<UUID, Set<Listener>> listeners = new ConcurrentHashMap<>();
    private final AtomicBoolean isListening = new AtomicBoolean();
    private volatile int silentPolls;
    private volatile boolean isShuttingDown;

    Changes(Vertx vertx, ChangeNotifier notifier, TaskFeed feed) {
        this.vertx = vertx;
        this.notifier = notifier;
        this.feed = feed;
    }

    /** Waits for changes of one user's tasks. */
    interface Listener {

        /** There may be changes up to this one. */
        void changed(FeedPosition latest);

        /** Stop waiting: this replica is shutting down. */
        void end();
    }

    /** Call this once a change of the user's tasks is committed. */
    void announce(UUID user) {
        tell(user);
        notifier.publish(user);
    }

    void endAll(@Observes ShutdownDelayInitiatedEvent event) {
        isShuttingDown = true;
        listeners.values().forEach(some -> some.forEach(Listener::end));
    }

    void listen(UUID user, Listener listener) {
        listeners.compute(user, (key, others) -> {
            var all = others == null ? new CopyOnWriteArraySet<Listener>() : others;
            all.add(listener);
            return all;
        });
        if (isShuttingDown) {
            listener.end();
        }
        if (isListening.compareAndSet(false, true)) {
            notifier.listen(this);
            vertx.setPeriodic(POLL_MILLIS, timer -> poll());
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
        silentPolls = 0;
        users.forEach(this::tell);
    }

    @Override
    public void connected() {
        readTable();
    }

    private void tell(UUID user) {
        tell(user, ANY);
    }

    private void tell(UUID user, FeedPosition latest) {
        listeners.getOrDefault(user, Set.of()).forEach(listener -> listener.changed(latest));
    }

    private void poll() {
        if (listeners.isEmpty()) {
            return;
        }
        var poll = ++silentPolls;
        if (poll % POLLS_PER_CHECK == 0) {
            notifier.probe();
        }
        if (poll % POLLS_PER_CHECK == 0 || poll > 2 * POLLS_PER_CHECK) {
            readTable();
        }
    }

    private void readTable() {
        feed.latest(listeners.keySet())
                .subscribe()
                .with(latest -> latest.forEach(this::tell), failure -> LOG.debug("Cannot poll for changes", failure));
    }
}
