package dev.todo.auth.session;

import dev.todo.cleanup.StatementCleanup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Removes addresses that a user has not logged in from for a year. */
@Singleton
class KnownAddressCleanup extends StatementCleanup {

    private static final String FORGOTTEN = """
            delete from known_addresses where (user_id, address) in (
                select user_id, address from known_addresses where last_used_at < now() - interval '1 year'
                order by last_used_at limit $1 for update skip locked)
            """;

    KnownAddressCleanup(Pool database) {
        super(database, FORGOTTEN);
    }
}
