package dev.todo.user;

import dev.todo.cleanup.OrphanCleanup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;

/** Removes the data of deleted users. */
@Singleton
class DeletedUserCleanup extends OrphanCleanup {

    DeletedUserCleanup(Pool database) {
        super(
                database,
                "deleted_users",
                List.of(
                        new Owned("sessions", "user_id", "created_at"),
                        new Owned("personal_tokens", "user_id", "created_at, id"),
                        new Owned("known_addresses", "user_id", "address"),
                        new Owned("idempotency_keys", "user_id", "operation, key"),
                        new Owned("imports", "user_id", "updated_at"),
                        new Owned("tasks", "user_id", "updated_at, id"),
                        new Owned("task_counts", "user_id", "user_id")));
    }
}
