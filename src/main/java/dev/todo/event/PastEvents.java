package dev.todo.event;

import dev.todo.upkeep.Removal;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Removes old events: all but each user's latest, so that whoever has seen that one need not load anew. */
@Singleton
class PastEvents extends Removal {

    private static final String PAST = """
            delete from task_events where (user_id, id) in (
                select user_id, id from task_events e
                where happened_at < now() - interval '1 day'
                    and exists (select from task_events later where later.user_id = e.user_id and later.id > e.id)
                limit $1 for update skip locked)
            """;

    PastEvents(Pool database) {
        super(database, PAST);
    }
}
