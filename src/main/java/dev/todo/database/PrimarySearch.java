package dev.todo.database;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Connects to the first of several hosts that accepts changes, as libpq does with {@code target_session_attrs=read-write}.
 * Begins with the host found last. Does not wait for a silent host before it tries the next one, because requests wait for
 * connections only shortly.
 */
public final class PrimarySearch {

    private static final String QUESTION = "show transaction_read_only";

    private static final int NEXT_ATTEMPT_MILLIS = 500;
    private static final int TIMEOUT_MILLIS = 5_000;

    private volatile int found;

    /** Connects to a single host without asking: nothing else could be done about the answer. */
    public <C extends SqlConnection> Future<C> connect(
            List<PgConnectOptions> hosts, Function<PgConnectOptions, Future<C>> connector) {
        return hosts.size() == 1 ? connector.apply(hosts.get(0)) : connect(hosts, connector, found, hosts.size());
    }

    private <C extends SqlConnection> Future<C> connect(
            List<PgConnectOptions> hosts, Function<PgConnectOptions, Future<C>> connector, int host, int hostsLeft) {
        var attempt = limited(connector.apply(hosts.get(host)).compose(PrimarySearch::requireChanges))
                .onSuccess(connection -> found = host);
        if (hostsLeft == 1) {
            return attempt;
        }
        return attempt.timeout(NEXT_ATTEMPT_MILLIS, TimeUnit.MILLISECONDS)
                .recover(failure ->
                        firstOf(attempt, connect(hosts, connector, (host + 1) % hosts.size(), hostsLeft - 1)));
    }

    private static <C extends SqlConnection> Future<C> requireChanges(C connection) {
        return connection
                .query(QUESTION)
                .execute()
                .compose(answer -> answer.iterator().next().getString(0).equals("off")
                        ? Future.succeededFuture(connection)
                        : Future.<C>failedFuture(new ReadOnlyServer()))
                .onFailure(failure -> connection.close());
    }

    /** Fails after a while; closes a connection that is made later. */
    private static <C extends SqlConnection> Future<C> limited(Future<C> connecting) {
        var limited = connecting.timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        connecting.onSuccess(connection -> {
            if (limited.failed()) {
                connection.close();
            }
        });
        return limited;
    }

    /** The connection made first; closes the other one. */
    private static <C extends SqlConnection> Future<C> firstOf(Future<C> one, Future<C> other) {
        var first = Promise.<C>promise();
        for (var attempt : List.of(one, other)) {
            attempt.onSuccess(connection -> {
                if (!first.tryComplete(connection)) {
                    connection.close();
                }
            });
        }
        Future.join(one, other).onFailure(first::tryFail);
        return first.future();
    }
}
