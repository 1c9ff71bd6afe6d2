package dev.todo.task;

import dev.todo.database.OutcomeUnknown;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tasks of imports that are under way, which nobody sees before the import has ended: docs/decisions/0014. */
@ApplicationScoped
public class HiddenTasks {

    /** All other tasks. Takes the place of the table in whatever reads for users. */
    public static final String VISIBLE = """
            (select * from tasks where import_id is null or import_id <> all (array(select id from imports))) tasks""";

    /** When the first import of user $1 began of those under way: what changed since is told when it has ended. */
    static final String HORIZON =
            "(select min(updated_at) from imports where user_id = $1 and expires_at > clock_timestamp())";

    // The lock keeps out who gives the import up, until this is committed
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

    /** Adds tasks to an import; gives whether it is still under way. */
    public Uni<Boolean> add(List<Task> tasks, long importId) {
        // What is not shown in the end is as good as not stored
        return OutcomeUnknown.ignoredBy(database.preparedQuery(ADD)
                        .executeBatch(tasks.stream()
                                .map(task -> TaskRow.write(task).addLong(importId))
                                .toList()))
                .map(HiddenTasks::hasAddedEach);
    }

    private static boolean hasAddedEach(RowSet<Row> answers) {
        for (var answer = answers; answer != null; answer = answer.next()) {
            if (answer.rowCount() == 0) {
                return false;
            }
        }
        return true;
    }
}
