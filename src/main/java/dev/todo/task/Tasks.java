package dev.todo.task;

import dev.todo.config.Settings;
import dev.todo.http.EntityTag.IfMatch;
import dev.todo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The statements that find and change tasks. Each names the owner, so other users' tasks are simply not found. */
@ApplicationScoped
class Tasks {

    /** How many rows a statement can change in well under its two-second timeout. */
    private static final int BATCH_SIZE = 2000;

    private static final String OWNED =
            "select " + TaskRow.COLUMNS + " from " + HiddenTasks.VISIBLE + " where id = $1 and user_id = $2";
    private static final String FIND = OWNED + " and deleted_at is null";
    private static final String FIND_ALSO_IN_TRASH =
            OWNED + " and (deleted_at is null or deleted_at > now() - interval '" + Task.IN_TRASH.toDays() + " days')";

    private static final String ADD = """
            insert into tasks (%s) select %s
            from time_of_addition(%s, 1, %s) as now
            where now is not null
            returning %s
            """.formatted(
            TaskRow.INSERT_COLUMNS, TaskRow.INSERT_VALUES, TaskRow.OWNER, TaskRow.parameter(1), TaskRow.COLUMNS);

    private static final String DELETE_COMPLETED = """
            update tasks set deleted_at = now, updated_at = now, version = version + 1
            from time_of_change($1) as now
            where user_id = $1 and id in (
                select id from %s where user_id = $1 and completed and deleted_at is null limit %d)
            """.formatted(HiddenTasks.VISIBLE, BATCH_SIZE);

    private static final String LOCK = "select time_of_change($1)";

    private final Pool database;
    private final int quota;

    Tasks(Pool database, Settings settings) {
        this.database = database;
        this.quota = settings.tasksPerUser();
    }

    /** Throws 404 if the owner has no such task. */
    Uni<Task> find(UUID id, UUID owner) {
        return find(database, FIND, id, owner);
    }

    /** Adds a task; throws 409 if the owner has too many. */
    Uni<Task> add(SqlClient client, Task task) {
        return client.preparedQuery(ADD)
                .execute(TaskRow.write(task).addInteger(quota))
                .map(Tasks::first)
                .map(added -> added.orElseThrow(() -> Task.tooMany(quota)));
    }

    /** As above, in its own transaction. */
    Uni<Task> add(UUID owner, TaskFields fields) {
        return add(database, Task.create(owner, fields, Task.THIS_CHANGE));
    }

    /**
     * Changes a task. Parallel changes are applied one after the other. Throws 404 if the owner has no such task, then
     * 412 if it does not have the wanted version.
     */
    Uni<Task> change(UUID id, UUID owner, IfMatch wanted, BiConsumer<Task, Instant> change) {
        return change(FIND, id, owner, wanted, change);
    }

    /** Restores a task from the trash; does nothing if it is not deleted. Throws 404 if it was deleted too long ago. */
    Uni<Task> restore(UUID id, UUID owner) {
        return change(FIND_ALSO_IN_TRASH, id, owner, IfMatch.ANY, Task::restore);
    }

    /** Moves all of the owner's completed tasks to the trash and returns their number. */
    Uni<Integer> deleteCompleted(UUID owner) {
        // In a statement before: one that waits for other changes does not see what they change
        return database.withTransaction(
                transaction -> lock(transaction, owner).chain(() -> deleteCompleted(transaction, owner, 0)));
    }

    private static Uni<Integer> deleteCompleted(SqlConnection transaction, UUID owner, int before) {
        return transaction
                .preparedQuery(DELETE_COMPLETED)
                .execute(Tuple.of(owner))
                .map(RowSet::rowCount)
                .chain(deleted -> deleted < BATCH_SIZE
                        ? Uni.createFrom().item(before + deleted)
                        : deleteCompleted(transaction, owner, before + deleted));
    }

    /**
     * Uses two separate statements, and a transaction only if the change creates another task or conflicts with another
     * change.
     */
    private Uni<Task> change(String find, UUID id, UUID owner, IfMatch wanted, BiConsumer<Task, Instant> change) {
        return find(database, find, id, owner)
                .invoke(task -> task.change(wanted, change, Task.THIS_CHANGE))
                .chain(task ->
                        task.isToComeAgain(Task.THIS_CHANGE) ? Uni.createFrom().nullItem() : store(database, task))
                .onItem()
                .ifNull()
                .switchTo(() -> database.withTransaction(
                        transaction -> changeLocked(transaction, find, id, owner, wanted, change)));
    }

    private Uni<Task> changeLocked(
            SqlConnection transaction,
            String find,
            UUID id,
            UUID owner,
            IfMatch wanted,
            BiConsumer<Task, Instant> change) {
        return lock(transaction, owner)
                .chain(now -> find(transaction, find + " for update", id, owner)
                        .invoke(task -> task.change(wanted, change, Task.THIS_CHANGE))
                        .chain(task -> task.isToComeAgain(Task.THIS_CHANGE)
                                ? makeNext(transaction, task, now)
                                        .chain(next -> store(transaction, task).invoke(stored -> stored.next = next))
                                : store(transaction, task)));
    }

    /** Waits for the owner's other changes; the statements that follow see them. Returns the time of this change. */
    private static Uni<Instant> lock(SqlConnection transaction, UUID owner) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(owner))
                .map(rows -> TaskRow.time(rows.iterator().next(), 0));
    }

    /**
     * The task after a recurring one that is now completed: the one it has already created, or a new one. Empty if the
     * rule has no more dates.
     */
    private Uni<Optional<Task>> makeNext(SqlConnection transaction, Task done, Instant now) {
        if (done.successorId != null) {
            return transaction
                    .preparedQuery(FIND)
                    .execute(Tuple.of(done.successorId, done.userId))
                    .map(Tasks::first);
        }
        return NextOccurrence.after(done, now)
                .map(next -> add(transaction, next)
                        .invoke(added -> done.successorId = added.id)
                        .map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /** Returns the stored task, or null if it no longer has the version that was read. */
    private static Uni<Task> store(SqlClient client, Task task) {
        return task.isChangedAt(Task.THIS_CHANGE)
                ? client.preparedQuery(TaskRow.UPDATE)
                        .execute(TaskRow.write(task))
                        .map(rows -> first(rows).orElse(null))
                : Uni.createFrom().item(task);
    }

    private static Uni<Task> find(SqlClient client, String find, UUID id, UUID owner) {
        return client.preparedQuery(find)
                .execute(Tuple.of(id, owner))
                .map(rows -> first(rows).orElseThrow(Refusal::notFound));
    }

    private static Optional<Task> first(RowSet<Row> rows) {
        for (var row : rows) {
            return Optional.of(TaskRow.read(row));
        }
        return Optional.empty();
    }
}
