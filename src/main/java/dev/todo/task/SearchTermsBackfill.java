package dev.todo.task;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Adds search terms to rows without them: those from before search existed, and those loaded by SQL. */
@ApplicationScoped
public class SearchTermsBackfill {

    private static final int BATCH_SIZE = 200;

    private static final String OWNER = "select user_id from tasks where terms is null limit 1";
    private static final String WITHOUT =
            "select id, title, description, tags from tasks where user_id = $1 and terms is null limit $2";
    private static final String ADD = "update tasks set terms = $2 where id = $1";

    private final Pool database;

    SearchTermsBackfill(Pool database) {
        this.database = database;
    }

    /** Does a limited amount of work; returns whether there is more to do. */
    public Uni<Boolean> runBatch() {
        return database.withTransaction(connection -> connection
                .query(OWNER)
                .execute()
                .chain(owners -> owners.size() == 0
                        ? Uni.createFrom().item(false)
                        : addFor(owners.iterator().next().getUUID(0), connection)));
    }

    private static Uni<Boolean> addFor(UUID owner, SqlConnection connection) {
        return connection
                .preparedQuery("select time_of_change($1)")
                .execute(Tuple.of(owner))
                .chain(() -> connection.preparedQuery(WITHOUT).execute(Tuple.of(owner, BATCH_SIZE)))
                .chain(rows -> add(new SearchTerms(owner), rows, connection))
                .replaceWith(true);
    }

    private static Uni<Void> add(SearchTerms terms, RowSet<Row> rows, SqlConnection connection) {
        // Another replica may already have added them
        return rows.size() == 0
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(ADD)
                        .executeBatch(StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> Tuple.of(row.getUUID("id")).addArrayOfString(of(terms, row)))
                                .toList())
                        .replaceWithVoid();
    }

    private static String[] of(SearchTerms terms, Row row) {
        return terms.of(row.getString("title"), row.getString("description"), List.of(row.getArrayOfStrings("tags")));
    }
}
