package dev.todo.task;

import dev.todo.http.paging.Paging;
import dev.todo.task.TaskFilter.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The statements that list and count tasks. Each names the owner, so other users' tasks are simply not found. */
@ApplicationScoped
public class TaskLists {

    private static final String NOW = """
            select least(
                greatest(clock_timestamp(), (select max(updated_at) from tasks where user_id = $1)),
                %s - interval '1 microsecond')
            """.formatted(HiddenTasks.HORIZON);

    private static final String OLDEST =
            "select " + TaskRow.COLUMNS + " from " + HiddenTasks.VISIBLE + " where user_id = $1 and deleted_at is null";
    private static final String AFTER = " and (created_at, id) > ($3, $4)";
    /** Small enough that reading and writing a page of an export delays others by only a few milliseconds. */
    private static final int EXPORT_PAGE_BYTES = 128 * 1024;

    private static final String OLDEST_FIRST = " order by created_at, id";

    private static final String STATS = """
            select count(*), count(*) filter (where not completed),
                   count(*) filter (where not completed and due_at < now())
            from %s where user_id = $1 and deleted_at is null
            """.formatted(HiddenTasks.VISIBLE);

    private final Pool database;

    TaskLists(Pool database) {
        this.database = database;
    }

    /** The time up to which all changes of the owner's tasks are visible; any others will have later times. */
    Uni<Instant> now(UUID owner) {
        return database.preparedQuery(NOW)
                .execute(Tuple.of(owner))
                .map(rows -> TaskRow.time(rows.iterator().next(), 0));
    }

    /** The owner's matching tasks after the end of the previous page, changed up to the given time, if any. */
    Uni<List<TaskView>> page(
            UUID owner, TaskFilter filter, Optional<Instant> until, Optional<Position> after, int limit) {
        if (filter.order() != TaskOrder.DUE_AT) {
            return run(TaskQuery.page(owner, filter, until, after, limit));
        }
        // Tasks without a date come last in either direction
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
     * A page of all tasks of the owner, oldest first, after the last one of the previous page (or null). Fewer than the
     * limit if they are large, none at the end.
     */
    public Uni<List<TaskView>> oldestAfter(TaskView last, UUID owner, int limit) {
        if (last == null) {
            return database.preparedQuery(oldest(OLDEST, limit))
                    .execute(Tuple.of(owner, limit))
                    .map(TaskLists::views)
                    .map(Paging::fitting);
        }
        return database.preparedQuery(oldest(OLDEST + AFTER, limit))
                .execute(Tuple.of(owner, limit, TaskRow.utc(last.createdAt()), last.id()))
                .map(TaskLists::views)
                .map(Paging::fitting);
    }

    private static String oldest(String select, int limit) {
        return LargePage.bounded(select + OLDEST_FIRST + " limit $2", OLDEST_FIRST, limit, EXPORT_PAGE_BYTES);
    }

    /** The number of the owner's matching tasks on all pages. */
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
        return database.preparedQuery(query.sql()).execute(query.parameters()).map(TaskLists::views);
    }

    private static List<TaskView> views(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(TaskRow::read)
                .map(TaskView::of)
                .toList();
    }
}
