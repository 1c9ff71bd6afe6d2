package dev.todo.task;

import dev.todo.config.Settings;
import dev.todo.http.EntityTag.IfMatch;
import dev.todo.http.json.Rfc3339;
import dev.todo.http.paging.Paging;
import dev.todo.http.problem.Refusal;
import dev.todo.task.TaskFilter.Position;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/**
 * Reads tasks as clients see them, adds and changes single ones: each by a statement of its own, from the pool. What has to
 * happen together, to several tasks or to a task and something else, is a transaction of entities: {@link Task}.
 */
@ApplicationScoped
public class Tasks {

    private static final String OWNED =
            " from " + HiddenTasks.VISIBLE + " where id = $1 and user_id = $2 and deleted_at is null";
    private static final String BY_ID = "select " + TaskRow.COLUMNS + OWNED;
    private static final String TO_BE_CHANGED = "select " + TaskRow.COLUMNS + ", clock_timestamp()" + OWNED;

    // $1 to $11 are those of written()
    private static final String ADD = """
            insert into tasks (id, user_id, title, description, completed, completed_at, priority, due_at, tags, terms,
                recurrence, timezone, created_at, updated_at, added_at, version)
            select $1, $2, $3, $4, $5, case when $5 then now end, $6, $7, $8, $9, $10, $11, now, now, now, 1
            from time_of_addition($2, 1, $12) as now
            where now is not null
            returning %s
            """.formatted(TaskRow.COLUMNS);

    private static final String CHANGE = """
            update tasks set title = $3, description = $4, completed = $5,
                completed_at = case when $13 then now when $5 then completed_at end,
                priority = $6, due_at = $7, tags = $8, terms = coalesce($9, terms), recurrence = $10, timezone = $11,
                updated_at = now, deleted_at = case when $14 then now end, version = version + 1
            from time_of_change($2) as now
            where id = $1 and user_id = $2 and version = $12
            returning %s
            """.formatted(TaskRow.COLUMNS);

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

    /** 404 where there is no such task of this owner. */
    Uni<TaskView> find(UUID id, UUID owner) {
        return database.preparedQuery(BY_ID)
                .execute(Tuple.of(id, owner))
                .map(Tasks::views)
                .map(found -> found.stream().findFirst().orElseThrow(Refusal::notFound));
    }

    /** A new task of this owner, in the transaction that is under way; 409 where the owner has too many. */
    Uni<Task> addInTransaction(UUID owner, TaskFields fields) {
        return Task.add(owner, fields, quota);
    }

    /** A new task of this owner: {@link #addInTransaction}, where nothing else belongs to its transaction. */
    Uni<TaskView> add(UUID owner, TaskFields fields) {
        var task = Task.create(owner, fields, Rfc3339.now());
        task.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        return database.preparedQuery(ADD)
                .execute(written(task).addInteger(quota))
                .map(Tasks::views)
                .map(added -> added.stream().findFirst().orElseThrow(() -> Task.tooMany(quota)));
    }

    /** {@link Task#change}, in a transaction only where it makes another task or other changes came between. */
    Uni<TaskView> change(UUID id, UUID owner, IfMatch wanted, BiConsumer<Task, Instant> change) {
        return database.preparedQuery(TO_BE_CHANGED)
                .execute(Tuple.of(id, owner))
                .chain(rows -> {
                    for (var row : rows) {
                        var task = Task.of(TaskRow.view(row));
                        var now = TaskRow.time(row, TaskRow.NEXT);
                        task.change(wanted, change, now);
                        return task.isToComeAgain(now) ? Uni.createFrom().nullItem() : changed(task, now);
                    }
                    throw Refusal.notFound();
                })
                .onItem()
                .ifNull()
                .switchTo(() -> Panache.withTransaction(() -> Task.change(id, owner, wanted, change, quota))
                        .map(TaskView::of));
    }

    /** The task as it is stored; null where it is not the version that was read any more. */
    private Uni<TaskView> changed(Task task, Instant now) {
        if (!task.updatedAt.equals(now)) {
            return Uni.createFrom().item(TaskView.of(task));
        }
        return database.preparedQuery(CHANGE)
                .execute(written(task)
                        .addInteger(task.version)
                        .addBoolean(now.equals(task.completedAt))
                        .addBoolean(task.deletedAt != null))
                .map(Tasks::views)
                .map(found -> found.isEmpty() ? null : found.get(0));
    }

    static Tuple written(Task task) {
        return Tuple.tuple()
                .addUUID(task.id)
                .addUUID(task.userId)
                .addString(task.title)
                .addString(task.description)
                .addBoolean(task.completed)
                .addString(task.priority.label)
                .addValue(utc(task.dueAt))
                .addArrayOfString(task.tags)
                .addArrayOfString(task.terms)
                .addString(task.recurrence)
                .addString(task.timezone);
    }

    static OffsetDateTime utc(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** Up to when all changes of this owner's tasks are there to be read; any others will have later times. */
    Uni<Instant> now(UUID owner) {
        return database.preparedQuery(NOW)
                .execute(Tuple.of(owner))
                .map(rows -> rows.iterator().next().getOffsetDateTime(0).toInstant());
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
                .execute(Tuple.of(owner, limit, last.createdAt().atOffset(ZoneOffset.UTC), last.id()))
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
                .map(TaskRow::view)
                .toList();
    }
}
