package dev.todo.event;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads the events that the database writes down with each change of a task. */
@Singleton
class TaskEvents {

    static final int PAGE = 100;

    private static final String AFTER =
            "select id, name, task from task_events where user_id = $1 and id > $2 order by id limit " + PAGE;

    private static final String LATEST = "select coalesce(max(id), 0) from task_events where user_id = $1";

    private static final String LATEST_OF_EACH = """
            select u.id as user_id, (select max(e.id) from task_events e where e.user_id = u.id) as latest
            from unnest($1::uuid[]) as u (id)
            """;

    private static final String IS_THERE = "select exists (select from task_events where user_id = $1 and id = $2)";

    private final Pool database;

    TaskEvents(Pool database) {
        this.database = database;
    }

    /** The user's next events, oldest first. */
    Uni<List<TaskEvent>> after(UUID user, long id) {
        return database.preparedQuery(AFTER)
                .execute(Tuple.of(user, id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(TaskEvents::event)
                        .toList());
    }

    /** The id of the user's latest event; 0 where there is none. */
    Uni<Long> latest(UUID user) {
        return database.preparedQuery(LATEST)
                .execute(Tuple.of(user))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** The ids of the latest events of those users who have any. */
    Uni<Map<UUID, Long>> latest(Collection<UUID> users) {
        return database.preparedQuery(LATEST_OF_EACH)
                .execute(Tuple.tuple().addArrayOfUUID(users.toArray(UUID[]::new)))
                .map(rows -> {
                    var latest = new HashMap<UUID, Long>();
                    rows.forEach(row -> latest.put(row.getUUID("user_id"), row.getLong("latest")));
                    latest.values().removeIf(id -> id == null);
                    return latest;
                });
    }

    /** Whether that event is one of the user's, and still there to go on from. */
    Uni<Boolean> isThere(UUID user, long id) {
        return database.preparedQuery(IS_THERE)
                .execute(Tuple.of(user, id))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private static TaskEvent event(Row row) {
        return new TaskEvent(row.getLong("id"), row.getString("name"), (JsonObject) row.getJson("task"));
    }
}
