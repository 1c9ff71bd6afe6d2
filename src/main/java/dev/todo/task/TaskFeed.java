package dev.todo.task;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads tasks in the order of their latest changes: the same changes that {@code updated_since} lists, for clients that
 * wait for more.
 */
@ApplicationScoped
public class TaskFeed {

    private static final int PAGE = 50;
    private static final OffsetDateTime END_OF_TIME = OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final String FEED = " from " + HiddenTasks.VISIBLE + " where user_id = $1 and updated_at < coalesce("
            + HiddenTasks.HORIZON + ", 'infinity')";

    private static final String AFTER = """
            select %s, (select max(updated_at) %s) %2$s and (updated_at, id) > ($2, $3) and updated_at <= $4
            order by updated_at, id limit %d
            """.formatted(TaskRow.COLUMNS, FEED, PAGE);

    private static final String LATEST = "select updated_at, id" + FEED + " order by updated_at desc, id desc limit 1";

    private static final String LATEST_OF_EACH = """
            select u.id, latest.updated_at, latest.id
            from unnest($1::uuid[]) as u (id), lateral (
                select updated_at, id from tasks where user_id = u.id order by updated_at desc, id desc limit 1) as latest
            """;

    private static final String IS_KNOWN =
            "select from " + HiddenTasks.VISIBLE + " where user_id = $1 and id = $2 and updated_at >= $3";

    private final Pool database;

    TaskFeed(Pool database) {
        this.database = database;
    }

    /** A task after its latest change. {@code addedAt} is null if it was added long ago. */
    public record Change(TaskView task, Instant addedAt) {

        public FeedPosition place() {
            return new FeedPosition(task.updatedAt(), task.id());
        }

        /** Whether the task is new to a client that knows all changes up to this position. */
        public boolean isNewAfter(FeedPosition place) {
            return addedAt != null && new FeedPosition(addedAt, task.id()).isAfter(place);
        }
    }

    /** @param latest the time of the latest change when the page was read */
    public record Page(List<Change> changes, Instant latest) {

        /** Whether there may be more changes after this page. */
        public boolean isFull() {
            return changes.size() == PAGE;
        }
    }

    /** The user's next changes after a position, oldest first, up to the given time if it is not null. */
    public Uni<Page> after(UUID user, FeedPosition place, Instant until) {
        return database.preparedQuery(AFTER)
                .execute(Tuple.of(
                        user,
                        TaskRow.utc(place.time()),
                        place.task(),
                        until == null ? END_OF_TIME : TaskRow.utc(until)))
                .map(TaskFeed::page);
    }

    /** The position of the user's latest change, or the beginning if there is none. */
    public Uni<FeedPosition> latest(UUID user) {
        return database.preparedQuery(LATEST).execute(Tuple.of(user)).map(rows -> {
            for (var row : rows) {
                return new FeedPosition(TaskRow.time(row, 0), row.getUUID(1));
            }
            return FeedPosition.BEGINNING;
        });
    }

    /**
     * The positions of the users' latest changes; users without any are left out. A position may be one that the feed
     * still holds back for an import.
     */
    public Uni<Map<UUID, FeedPosition>> latest(Collection<UUID> users) {
        return database.preparedQuery(LATEST_OF_EACH)
                .execute(Tuple.tuple().addArrayOfUUID(users.toArray(UUID[]::new)))
                .map(rows -> {
                    var latest = new HashMap<UUID, FeedPosition>();
                    rows.forEach(
                            row -> latest.put(row.getUUID(0), new FeedPosition(TaskRow.time(row, 1), row.getUUID(2))));
                    return latest;
                });
    }

    /**
     * Whether a client that knows all changes up to this position misses only those after it. False if the task has
     * since been purged, belongs to somebody else, or never changed then, for example after a failover to a database
     * without that change.
     */
    public Uni<Boolean> isKnown(UUID user, FeedPosition place) {
        return place.equals(FeedPosition.BEGINNING)
                ? Uni.createFrom().item(true)
                : database.preparedQuery(IS_KNOWN)
                        .execute(Tuple.of(user, place.task(), TaskRow.utc(place.time())))
                        .map(rows -> rows.size() > 0);
    }

    private static Page page(RowSet<Row> rows) {
        var changes = new ArrayList<Change>();
        Instant latest = null;
        for (var row : rows) {
            var task = TaskRow.read(row);
            changes.add(new Change(TaskView.of(task), task.addedAt));
            latest = TaskRow.time(row, TaskRow.SIZE);
        }
        return new Page(changes, latest);
    }
}
