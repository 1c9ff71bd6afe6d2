package dev.todo.database.internals;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.sqlclient.impl.QueryResultHandler;
import io.vertx.sqlclient.impl.command.PrepareStatementCommand;
import io.vertx.sqlclient.impl.command.QueryCommandBase;
import io.vertx.sqlclient.impl.command.SimpleQueryCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements may have stored a change if the connection is lost. */
class TransactionTrackerTest {

    private final TransactionTracker change = new TransactionTracker();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into tasks (id) values ($1)",
                "INSERT INTO tasks (id) VALUES ($1)",
                "update tasks set title = $1",
                "delete from tasks where id = $1",
                "with gone as (\n    delete from tasks returning id\n) select count(*) from gone",
                "select 1 from (select 1) x; update tasks set version = 2"
            })
    void reports_a_change_outside_a_transaction(String sql) {
        assertTrue(mayBeStored(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select updated_at, deleted_at from tasks where id = $1",
                "select * from tasks where id = $1 for update",
                "select * from users where id = $1 for no key update of users",
                "select pg_notify('task_changes', $1)",
                "set local lock_timeout = '1s'",
                "BEGIN",
                "COMMIT",
                "ROLLBACK"
            })
    void ignores_statements_that_only_read(String sql) {
        assertFalse(mayBeStored(sql));
    }

    @Test
    void reports_only_the_commit_of_a_transaction_with_changes() {
        assertFalse(mayBeStored("BEGIN"));
        assertFalse(mayBeStored("insert into tasks (id) values ($1)"));
        assertFalse(mayBeStored("select 1"));
        assertTrue(mayBeStored("COMMIT"));
        change.onAnswered(query("COMMIT"));

        assertTrue(mayBeStored("insert into tasks (id) values ($1)"));
    }

    @Test
    void ignores_transactions_that_only_read_or_are_rolled_back() {
        mayBeStored("BEGIN");
        mayBeStored("select 1");
        assertFalse(mayBeStored("COMMIT"));
        change.onAnswered(query("COMMIT"));

        mayBeStored("BEGIN");
        mayBeStored("update tasks set title = $1");
        assertFalse(mayBeStored("ROLLBACK"));
    }

    @Test
    void ignores_a_statement_that_is_only_prepared() {
        var preparation = new PrepareStatementCommand("insert into tasks (id) values ($1)", null, true);
        change.onSent(preparation);

        assertFalse(change.mayHaveStored(preparation));
    }

    private boolean mayBeStored(String sql) {
        var query = query(sql);
        change.onSent(query);
        return change.mayHaveStored(query);
    }

    private static QueryCommandBase<Void> query(String sql) {
        return new SimpleQueryCommand<>(
                sql, false, true, QueryCommandBase.NULL_COLLECTOR, QueryResultHandler.NOOP_HANDLER);
    }
}
