package dev.todo.task.events;

import dev.todo.database.DirectDatabase;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Rings for users at all replicas, by PostgreSQL's NOTIFY. Behind a transaction pool nobody hears it. */
@ApplicationScoped
class ChangeNotifier {

    private static final Logger LOG = Logger.getLogger(ChangeNotifier.class);
    private static final String CHANNEL = "task_changes";
    private static final String NOTIFY = "select pg_notify('" + CHANNEL + "', $1)";

    /** Users are gathered for so long: NOTIFY has commits wait for each other, so it stays out of those of changes. */
    private static final int GATHER_MILLIS = 20;

    /** PostgreSQL takes 8,000 bytes; an id has 36. */
    private static final int USERS_PER_NOTIFICATION = 200;

    private static final int RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final Pool database;
    private final DirectDatabase direct;
    private final Set<UUID> gathered = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isGathering = new AtomicBoolean();

    ChangeNotifier(Vertx vertx, Pool database, DirectDatabase direct) {
        this.vertx = vertx;
        this.database = database;
        this.direct = direct;
    }

    /** Who listens to it. */
    interface Listener {

        /** It rang for these; for nobody where somebody only tries it. */
        void heard(List<UUID> users);

        /** It can be heard from now on, for the first time or again; what rang before was missed. */
        void connected();
    }

    void publish(UUID user) {
        gathered.add(user);
        if (isGathering.compareAndSet(false, true)) {
            vertx.setTimer(GATHER_MILLIS, timer -> publishGathered());
        }
    }

    /** Rings for nobody, to see whether it is heard. */
    void probe() {
        send("");
    }

    void listen(Listener listener) {
        var subscriber = PgSubscriber.subscriber(vertx, direct.connectOptions())
                .reconnectPolicy(retries -> (long) RECONNECT_MILLIS);
        subscriber
                .channel(CHANNEL)
                .subscribeHandler(now -> listener.connected())
                .handler(users -> listener.heard(read(users)));
        subscriber.connect().onFailure(failure -> {
            LOG.debug("Not listening yet", failure);
            subscriber.close();
            vertx.setTimer(RECONNECT_MILLIS, timer -> listen(listener));
        });
    }

    private void publishGathered() {
        isGathering.set(false);
        var users = List.copyOf(gathered);
        users.forEach(gathered::remove);
        for (var start = 0; start < users.size(); start += USERS_PER_NOTIFICATION) {
            var some = users.subList(start, Math.min(users.size(), start + USERS_PER_NOTIFICATION));
            send(some.stream().map(UUID::toString).collect(Collectors.joining(",")));
        }
    }

    private void send(String users) {
        database.preparedQuery(NOTIFY)
                .execute(Tuple.of(users))
                .subscribe()
                .with(done -> {}, failure -> LOG.debug("Replicas will look for themselves", failure));
    }

    private static List<UUID> read(String users) {
        return users.isEmpty()
                ? List.of()
                : Stream.of(users.split(",")).map(UUID::fromString).toList();
    }
}
