package dev.todo.task.events;

import dev.todo.database.DirectDatabase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Broadcasts to all replicas whose tasks have changed, with PostgreSQL's NOTIFY. Not delivered through transaction
 * poolers.
 */
@ApplicationScoped
class ChangeNotifier {

    private static final Logger LOG = Logger.getLogger(ChangeNotifier.class);
    private static final String CHANNEL = "task_changes";
    private static final String LISTEN = "LISTEN " + CHANNEL;
    private static final String NOTIFY = "select pg_notify('" + CHANNEL + "', $1)";

    /**
     * How long users are collected before a NOTIFY. It makes commits wait for each other, so it is not part of the
     * transactions of changes.
     */
    private static final int COLLECT_MILLIS = 20;

    /** PostgreSQL's limit is 8,000 bytes; an id has 36. */
    private static final int USERS_PER_NOTIFICATION = 200;

    private static final int RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final Pool database;
    private final DirectDatabase direct;
    private final Set<UUID> pending = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isScheduled = new AtomicBoolean();

    ChangeNotifier(Vertx vertx, Pool database, DirectDatabase direct) {
        this.vertx = vertx;
        this.database = database;
        this.direct = direct;
    }

    /** Receives notifications. */
    interface Listener {

        /** The tasks of these users have changed; empty for a probe. */
        void heard(List<UUID> users);

        /** Notifications arrive from now on, for the first time or again; earlier ones were missed. */
        void connected();
    }

    void publish(UUID user) {
        pending.add(user);
        if (isScheduled.compareAndSet(false, true)) {
            vertx.setTimer(COLLECT_MILLIS, timer -> publishPending());
        }
    }

    /** Sends an empty notification, to find out whether notifications arrive. */
    void probe() {
        send("");
    }

    /** Listens for ever: whenever a connection cannot be made or ends, it makes another one. */
    void listen(Listener listener) {
        direct.connect()
                .compose(connection -> listen(connection, listener))
                .onFailure(failure -> LOG.debug("Cannot listen for notifications", failure))
                .onComplete(end -> vertx.setTimer(RECONNECT_MILLIS, timer -> listen(listener)));
    }

    /** Succeeds when the connection ends; fails if it cannot listen, as on a standby. */
    private Future<Void> listen(PgConnection connection, Listener listener) {
        var end = Promise.<Void>promise();
        connection.closeHandler(end::tryComplete);
        connection.notificationHandler(change -> listener.heard(read(change.getPayload())));
        connection
                .query(LISTEN)
                .execute()
                .onSuccess(done -> listener.connected())
                .onFailure(failure -> {
                    end.tryFail(failure);
                    connection.close();
                });
        return end.future();
    }

    private void publishPending() {
        isScheduled.set(false);
        var users = List.copyOf(pending);
        users.forEach(pending::remove);
        for (var start = 0; start < users.size(); start += USERS_PER_NOTIFICATION) {
            var some = users.subList(start, Math.min(users.size(), start + USERS_PER_NOTIFICATION));
            send(some.stream().map(UUID::toString).collect(Collectors.joining(",")));
        }
    }

    private void send(String users) {
        database.preparedQuery(NOTIFY)
                .execute(Tuple.of(users))
                .subscribe()
                .with(done -> {}, failure -> LOG.debug("Cannot notify the replicas; they poll instead", failure));
    }

    private static List<UUID> read(String users) {
        return users.isEmpty()
                ? List.of()
                : Stream.of(users.split(",")).map(UUID::fromString).toList();
    }
}
