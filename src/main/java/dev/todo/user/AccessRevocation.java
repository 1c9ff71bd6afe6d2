package dev.todo.user;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Revokes all access to an account except its password, including anything that a previous owner may have set up. */
public final class AccessRevocation {

    private static final int BATCH_SIZE = 5_000;

    private static final List<String> REVOCATIONS = List.of(
            "delete from sessions where id = any (array(select id from sessions where user_id = $1 limit $2))",
            "delete from personal_tokens where id = any (array(select id from personal_tokens where user_id = $1 limit $2))",
            """
            delete from known_addresses where user_id = $1
                and address = any (array(select address from known_addresses where user_id = $1 limit $2))
            """);

    private AccessRevocation() {}

    /** Runs in the transaction that changed the user's row: concurrent requests wait for that row, and then fail. */
    public static Uni<Void> revokeAll(SqlConnection connection, UUID user) {
        return Multi.createFrom()
                .iterable(REVOCATIONS)
                .onItem()
                .transformToUniAndConcatenate(statement -> revoke(connection, statement, user))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Uni<Void> revoke(SqlConnection connection, String statement, UUID user) {
        return connection
                .preparedQuery(statement)
                .execute(Tuple.of(user, BATCH_SIZE))
                .chain(revoked -> revoked.rowCount() < BATCH_SIZE
                        ? Uni.createFrom().voidItem()
                        : revoke(connection, statement, user));
    }
}
