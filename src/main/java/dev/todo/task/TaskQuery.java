package dev.todo.task;

import dev.todo.task.TaskFilter.Position;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** A statement that lists or counts tasks; why it is as it is, docs/decisions/0008-finding-tasks.md tells. */
final class TaskQuery {

    /** How many tasks are looked through for words, in multiples of the page, before the index of words is asked. */
    private static final int NEAR = 4;

    private final Tuple parameters = Tuple.tuple();
    private final StringBuilder conditions = new StringBuilder();
    private final Optional<String> terms;
    private final String ordering;
    private String sql;

    private TaskQuery(UUID owner, TaskFilter filter, Optional<Instant> until) {
        and("user_id = ", owner);
        if (filter.updatedSince().isEmpty()) {
            and("deleted_at is null");
        }
        filter.updatedSince().ifPresent(since -> and("updated_at >= ", utc(since)));
        until.ifPresent(time -> and("updated_at <= ", utc(time)));
        // Written out, not as parameters: the planner has to see that an index of open tasks will do
        filter.completed().ifPresent(completed -> and(completed ? "completed" : "not completed"));
        filter.overdue()
                .ifPresent(overdue -> and(
                        overdue
                                ? "not completed and due_at < now()"
                                : "(completed or due_at is null or due_at >= now())"));
        filter.dueBefore().ifPresent(time -> and("due_at < ", utc(time)));
        filter.dueAfter().ifPresent(time -> and("due_at >= ", utc(time)));
        if (!filter.priorities().isEmpty()) {
            var labels = filter.priorities().stream().map(priority -> priority.label);
            conditions
                    .append(" and priority = any(")
                    .append(parameter(labels.toArray(String[]::new)))
                    .append(')');
        }
        terms = new SearchTerms(owner)
                .query(filter.words(), filter.tags())
                .map(query -> "array_to_tsvector(terms) @@ cast(" + parameter(query) + "::text as tsquery)");
        var direction = filter.descending() ? " desc" : "";
        ordering = " order by " + filter.order().expression() + direction + ", id" + direction;
    }

    static TaskQuery count(UUID owner, TaskFilter filter, Optional<Instant> until) {
        var query = new TaskQuery(owner, filter, until);
        query.terms.ifPresent(query::and);
        query.sql = "select count(*) from tasks where " + query.conditions;
        return query;
    }

    /** Of a list sorted by due_at, those that have one: they and the rest are two ranges of the index. */
    static TaskQuery page(UUID owner, TaskFilter filter, Optional<Instant> until, Optional<Position> after, int limit) {
        var query = new TaskQuery(owner, filter, until);
        if (filter.order() == TaskOrder.DUE_AT) {
            query.and("due_at is not null");
        }
        after.ifPresent(position -> query.goOnAfter(position, filter));
        return query.limitedTo(limit);
    }

    /** Of a list sorted by due_at, those that have none. */
    static TaskQuery undatedPage(
            UUID owner, TaskFilter filter, Optional<Instant> until, Optional<Position> after, int limit) {
        var query = new TaskQuery(owner, filter, until);
        query.and("due_at is null");
        after.filter(position -> position.key() == null)
                .ifPresent(position -> query.and(filter.descending() ? "id < " : "id > ", position.id()));
        return query.limitedTo(limit);
    }

    String sql() {
        return sql;
    }

    Tuple parameters() {
        return parameters;
    }

    private void goOnAfter(Position position, TaskFilter filter) {
        var order = filter.order();
        var key = order.expressionOf(parameter(order.value(position.key())));
        and("(" + order.expression() + ", id) " + (filter.descending() ? "<" : ">") + " (" + key + ", "
                + parameter(position.id()) + ")");
    }

    /**
     * Words that many tasks have are found soonest by looking through the list in its order, words that few have by their
     * index, and no statistics tell which are which: so first a bit of the list, then the index.
     */
    private TaskQuery limitedTo(int limit) {
        var from = " from tasks where " + conditions;
        sql = terms.map(condition -> """
                with near as materialized (
                  select %1$s from (select *%2$s%3$s limit %4$d) list where %5$s limit %6$d
                ), found as materialized (
                  select %1$s%2$s and %5$s and (select count(*) from near) < %6$d
                )
                select * from (
                  select * from near where (select count(*) from near) = %6$d union all select * from found
                ) tasks%3$s limit %6$d
                """.formatted(TaskRow.COLUMNS, from, ordering, NEAR * limit, condition, limit))
                .orElseGet(() -> "select " + TaskRow.COLUMNS + from + ordering + " limit " + parameter(limit));
        return this;
    }

    private void and(String condition, Object value) {
        and(condition + parameter(value));
    }

    private void and(String condition) {
        conditions.append(conditions.isEmpty() ? "" : " and ").append(condition);
    }

    private String parameter(Object value) {
        parameters.addValue(value);
        return "$" + parameters.size();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
