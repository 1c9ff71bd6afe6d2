package dev.todo.task;

import dev.todo.config.Settings;
import dev.todo.http.EntityTag.IfMatch;
import dev.todo.http.paging.Paging;
import dev.todo.http.problem.Refusal;
import dev.todo.task.TaskFilter.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The statements that read and write tasks. Each names the owner: somebody else's task is simply not found. */
@ApplicationScoped
public class Tasks {

    /** What a statement can change in well under the two seconds that it has. */
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

    private static final String NOW = """
            select least(
                greatest(clock_timestamp(), (select max(updated_at) from tasks where user_id = $1)),
                %s - interval '1 microsecond')
            """.formatted(HiddenTasks.HORIZON);

    private static final String OLDEST =
            "select " + TaskRow.COLUMNS + " from " + HiddenTasks.VISIBLE + " where user_id = $1 and deleted_at is null";
    private static final String AFTER = " and (created_at, id) > ($3, $4)";
    /** So that reading and writing a page of an export delays others by a few milliseconds only. */
    private static final int EXPORT_PAGE_BYTES = 128 * 1024;

    private static final String OLDEST_FIRST = " order by created_at, id";

    private static final String STATS = """
            select count(*), count(*) filter (where not completed),
                   count(*) filter (where not completed and due_at < now())
            from %s where user_id = $1 and deleted_at is null
            """.formatted(HiddenTasks.VISIBLE);

    private final Pool database;
    private final int quota;

    Tasks(Pool database, Settings settings) {
        this.database = database;
        this.quota = settings.tasksPerUser();
    }

    /** 404 if there is no such task of this owner. */
    Uni<Task> find(UUID id, UUID owner) {
        return find(database, FIND, id, owner);
    }

    /** A new task of this owner: 409 if the owner has too many. */
    Uni<Task> add(SqlClient client, Task task) {
        return client.preparedQuery(ADD)
                .execute(TaskRow.write(task).addInteger(quota))
                .map(Tasks::first)
                .map(added -> added.orElseThrow(() -> Task.tooMany(quota)));
    }

    /** As above, in a transaction of its own. */
    Uni<Task> add(UUID owner, TaskFields fields) {
        return add(database, Task.create(owner, fields, Task.THIS_CHANGE));
    }

    /**
     * Changes a task; parallel changes are all applied, one after the other. 404 if there is no such task of this owner, then
     * 412 if it is not in the wanted version.
     */
    Uni<Task> change(UUID id, UUID owner, IfMatch wanted, BiConsumer<Task, Instant> change) {
        return change(FIND, id, owner, wanted, change);
    }

    /** Takes a task out of the trash; one that is not in it stays as it is. 404 if it has been there for too long. */
    Uni<Task> restore(UUID id, UUID owner) {
        return change(FIND_ALSO_IN_TRASH, id, owner, IfMatch.ANY, Task::restore);
    }

    /** Moves all completed tasks of the owner to the trash and gives their number. */
    Uni<Integer> deleteCompleted(UUID owner) {
        return database.withTransaction(transaction -> deleteCompleted(transaction, owner, 0));
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

    /** By two statements of their own; in a transaction only if it makes another task or another change came between. */
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
        return transaction.preparedQuery(LOCK).execute(Tuple.of(owner)).chain(rows -> {
            var now = TaskRow.time(rows.iterator().next(), 0);
            return find(transaction, find, id, owner)
                    .invoke(task -> task.change(wanted, change, Task.THIS_CHANGE))
                    .chain(task -> task.isToComeAgain(Task.THIS_CHANGE)
                            ? makeNext(transaction, task, now)
                                    .chain(next -> store(transaction, task).invoke(stored -> stored.next = next))
                            : store(transaction, task));
        });
    }

    /** The task to do after a recurring one that is completed now; the one it made before, if it did; empty at the rule's end. */
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

    /** The task as it is stored; null if it is not in the version that was read any more. */
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

    /** Up to when all changes of this owner's tasks are there to be read; any others will have later times. */
    Uni<Instant> now(UUID owner) {
        return database.preparedQuery(NOW)
                .execute(Tuple.of(owner))
                .map(rows -> TaskRow.time(rows.iterator().next(), 0));
    }

    /** The owner's tasks that match, after the place where the last page ended; changed until then, where that is asked. */
    Uni<List<TaskView>> page(
            UUID owner, TaskFilter filter, Optional<Instant> until, Optional<Position> after, int limit) {
        if (filter.order() != TaskOrder.DUE_AT) {
            return run(TaskQuery.page(owner, filter, until, after, limit));
        }
        // Those without a date come last either way
        var dated = after.filter(position -> position.key() == null).isPresent()
                ? Uni.createFrom().item(List.<TaskView>of())
                : run(TaskQuery.page(owner, filter, until, after, limit));
        return dated.chain(first -> LargePage.isFull(first, limit)
                ? Uni.createFrom().item(first)
                : run(TaskQuery.undatedPage(owner, filter, until, after, limit - first.size()))
                        .map(rest ->
                                Stream.concat(first.stream(), rest.stream()).toList()));
    }

    /**
     * All tasks of the owner, a page at a time: those after the last one of the page before (or null), oldest first; fewer
     * where they are large, none at the end.
     */
    public Uni<List<TaskView>> oldestAfter(TaskView last, UUID owner, int limit) {
        if (last == null) {
            return database.preparedQuery(oldest(OLDEST, limit))
                    .execute(Tuple.of(owner, limit))
                    .map(Tasks::views)
                    .map(Paging::fitting);
        }
        return database.preparedQuery(oldest(OLDEST + AFTER, limit))
                .execute(Tuple.of(owner, limit, TaskRow.utc(last.createdAt()), last.id()))
                .map(Tasks::views)
                .map(Paging::fitting);
    }

    private static String oldest(String select, int limit) {
        return LargePage.bounded(select + OLDEST_FIRST + " limit $2", OLDEST_FIRST, limit, EXPORT_PAGE_BYTES);
    }

    /** How many tasks of the owner match, on all pages. */
    Uni<Long> count(UUID owner, TaskFilter filter, Optional<Instant> until) {
        var query = TaskQuery.count(owner, filter, until);
        return database.preparedQuery(query.sql())
                .execute(query.parameters())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    Uni<TaskStats> stats(UUID owner) {
        return database.preparedQuery(STATS).execute(Tuple.of(owner)).map(rows -> {
            var row = rows.iterator().next();
            var total = row.getLong(0);
            var open = row.getLong(1);
            return new TaskStats(total, open, total - open, row.getLong(2));
        });
    }

    private Uni<List<TaskView>> run(TaskQuery query) {
        return database.preparedQuery(query.sql()).execute(query.parameters()).map(Tasks::views);
    }

    private static List<TaskView> views(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(TaskRow::read)
                .map(TaskView::of)
                .toList();
    }
}
