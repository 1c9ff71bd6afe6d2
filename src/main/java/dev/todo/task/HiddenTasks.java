package dev.todo.task;

import dev.todo.database.OutcomeUnknown;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tasks of imports in progress, which nobody sees until the import has ended: docs/decisions/0014. */
@ApplicationScoped
public class HiddenTasks {

    /** All other tasks. Use it instead of the table in queries that read for users. */
    public static final String VISIBLE = """
            (select * from tasks where import_id is null or import_id <> all (array(select id from imports))) tasks""";

    /** When the earliest import in progress of user $1 began: the feed holds back later changes until it has ended. */
    static final String HORIZON =
            "(select min(updated_at) from imports where user_id = $1 and expires_at > clock_timestamp())";

    // The lock keeps the import from being given up before this commits
    private static final String ADD =
            """
            insert into tasks (%s, import_id) select %s, import_id
            from (
                select id as import_id, updated_at as now from imports
                where id = %s and expires_at > clock_timestamp() for share
            ) import
            """.formatted(TaskRow.INSERT_COLUMNS, TaskRow.INSERT_VALUES, TaskRow.parameter(1));

    private final Pool database;

    HiddenTasks(Pool database) {
        this.database = database;
    }

    /** Adds tasks to an import. Returns false if the import is no longer in progress. */
    public Uni<Boolean> add(List<Task> tasks, long importId) {
        // An unknown outcome counts as a failure: tasks that are never shown might as well not be stored
        return OutcomeUnknown.ignoredBy(database.preparedQuery(ADD)
                        .executeBatch(tasks.stream()
                                .map(task -> TaskRow.write(task).addLong(importId))
                                .toList()))
                .map(HiddenTasks::hasAddedEach);
    }

    private static boolean hasAddedEach(RowSet<Row> results) {
        for (var result = results; result != null; result = result.next()) {
            if (result.rowCount() == 0) {
                return false;
            }
        }
        return true;
    }
}
