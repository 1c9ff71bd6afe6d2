package dev.todo.cleanup;

import dev.todo.cleanup.OrphanedRows.Owned;
import dev.todo.config.Settings;
import dev.todo.http.idempotency.Idempotency;
import dev.todo.task.SearchTermsBackfill;
import dev.todo.task.Task;
import dev.todo.task.transfer.AbandonedImportCleanup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** All housekeeping: what is removed, at which age, and how often that is checked. */
@Singleton
class CleanupTasks {

    static final Duration PERIOD = Duration.ofHours(1);

    @Produces
    @Singleton
    List<CleanupTask> all(
            Pool database, Settings settings, AbandonedImportCleanup imports, SearchTermsBackfill searchTerms) {
        return List.of(
                // The trash
                new ExpiredRows(database, "tasks", "deleted_at", Task.IN_TRASH),
                // Responses to requests with an Idempotency-Key
                new ExpiredRows(database, "idempotency_keys", "created_at", Idempotency.KEPT),
                // Counts of past rate limit windows
                new ExpiredRows(database, "attempts", "window_ends", Duration.ofHours(1), "pending_until < now()"),
                // Addresses that a user has not logged in from for a year
                new ExpiredRows(database, "known_addresses", "last_used_at", Duration.ofDays(365)),
                // Sessions whose tokens have all expired; access tokens may outlive the refresh token
                new ExpiredRows(database, "sessions", "expires_at", settings.jwtExpiresIn()),
                // Everything that deleted users had
                new OrphanedRows(
                        database,
                        "deleted_users",
                        new Owned("sessions", "user_id", "created_at"),
                        new Owned("personal_tokens", "user_id", "created_at, id"),
                        new Owned("known_addresses", "user_id", "address"),
                        new Owned("idempotency_keys", "user_id", "operation, key"),
                        new Owned("imports", "user_id", "updated_at"),
                        new Owned("tasks", "user_id", "updated_at, id"),
                        new Owned("task_counts", "user_id", "user_id")),
                // Hidden tasks of imports that failed or whose replica died
                imports::runBatch,
                // Not removed but added: search terms of tasks that other programs inserted
                searchTerms::runBatch);
    }
}
