package dev.todo.task;

import dev.todo.problem.Refusal;
import dev.todo.task.TaskFilter.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Reads tasks as clients see them, and adds one: by one statement, from the pool, without a session and its entities. */
@ApplicationScoped
public class Tasks {

    private static final String BY_ID =
            "select " + TaskRow.COLUMNS + " from tasks where id = $1 and user_id = $2 and deleted_at is null";

    private static final String ADD = """
            insert into tasks (id, user_id, title, description, completed, completed_at, priority, due_at, tags, terms,
                recurrence, timezone, created_at, updated_at, version)
            select $1, $2, $3, $4, $5, case when $5 then now end, $6, $7, $8, $9, $10, $11, now, now, 1
            from (%s) as change (now)
            returning %s
            """.formatted(Task.TIME_OF_CHANGE.replace("?", "$12"), TaskRow.COLUMNS);

    private static final String OLDEST =
            "select " + TaskRow.COLUMNS + " from tasks where user_id = $1 and deleted_at is null";
    private static final String AFTER = " and (created_at, id) > ($3, $4)";
    private static final String OLDEST_FIRST = " order by created_at, id limit $2";

    private static final String STATS = """
            select count(*), count(*) filter (where not completed),
                   count(*) filter (where not completed and due_at < now())
            from tasks where user_id = $1 and deleted_at is null
            """;

    private final Pool database;

    Tasks(Pool database) {
        this.database = database;
    }

    /** 404 where there is no such task of this owner. */
    Uni<TaskView> find(UUID id, UUID owner) {
        return database.preparedQuery(BY_ID)
                .execute(Tuple.of(id, owner))
                .map(Tasks::views)
                .map(found -> found.stream().findFirst().orElseThrow(Refusal::notFound));
    }

    /** A new task of this owner: {@link Task#add} by one statement, where nothing else belongs to its transaction. */
    Uni<TaskView> add(UUID owner, TaskFields fields) {
        return database.preparedQuery(ADD)
                .execute(Tuple.tuple()
                        .addUUID(UuidVersion7Strategy.INSTANCE.generateUuid(null))
                        .addUUID(owner)
                        .addString(fields.title())
                        .addString(fields.description())
                        .addBoolean(fields.completed())
                        .addString(fields.priority().label)
                        .addValue(fields.dueAt() == null ? null : fields.dueAt().atOffset(ZoneOffset.UTC))
                        .addArrayOfString(fields.tags().toArray(String[]::new))
                        .addArrayOfString(
                                new SearchTerms(owner).of(fields.title(), fields.description(), fields.tags()))
                        .addString(Objects.toString(fields.recurrence(), null))
                        .addString(Objects.toString(fields.timezone(), null))
                        .addString(owner.toString()))
                .map(rows -> TaskRow.view(rows.iterator().next()));
    }

    /** The time by the clock that changes are given theirs from: all before it are there to be read, or will have later ones. */
    Uni<Instant> now() {
        return database.query("select clock_timestamp()")
                .execute()
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
        return dated.chain(first -> first.size() == limit
                ? Uni.createFrom().item(first)
                : run(TaskQuery.undatedPage(owner, filter, until, after, limit - first.size()))
                        .map(rest ->
                                Stream.concat(first.stream(), rest.stream()).toList()));
    }

    /** All tasks of the owner, a page at a time: those after the last one of the page before (or null), oldest first. */
    public Uni<List<TaskView>> oldestAfter(TaskView last, UUID owner, int limit) {
        if (last == null) {
            return database.preparedQuery(OLDEST + OLDEST_FIRST)
                    .execute(Tuple.of(owner, limit))
                    .map(Tasks::views);
        }
        return database.preparedQuery(OLDEST + AFTER + OLDEST_FIRST)
                .execute(Tuple.of(owner, limit, last.createdAt().atOffset(ZoneOffset.UTC), last.id()))
                .map(Tasks::views);
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
