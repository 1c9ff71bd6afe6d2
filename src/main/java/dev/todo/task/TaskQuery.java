package dev.todo.task;

import dev.todo.http.paging.Paging;
import dev.todo.task.TaskFilter.Position;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A statement that lists or counts tasks. docs/decisions/0008-finding-tasks.md explains its form. */
final class TaskQuery {

    /**
     * How many tasks of the sorted list are searched for words before the word index is used, in multiples of the page.
     */
    private static final int NEAR = 4;

    /**
     * The same for priorities: checking one costs less than checking words, and a priority can have very many tasks.
     */
    private static final int NEAR_FOR_PRIORITY = 40;

    private final Tuple parameters = Tuple.tuple();
    private final StringBuilder conditions = new StringBuilder();
    private final String owned;
    /** Conditions that many tasks may meet, or few: words, tags, priorities. */
    private final List<String> sought = new ArrayList<>();

    private final int near;
    private final String ordering;
    private String sql;

    private TaskQuery(UUID owner, TaskFilter filter, Optional<Instant> until) {
        and("user_id = ", owner);
        if (filter.updatedSince().isEmpty()) {
            and("deleted_at is null");
        }
        owned = conditions.toString();
        filter.updatedSince().ifPresent(since -> and("updated_at >= ", TaskRow.utc(since)));
        until.ifPresent(time -> and("updated_at <= ", TaskRow.utc(time)));
        // Literals, not parameters: the planner has to see that an index of open tasks is enough
        filter.completed().ifPresent(completed -> and(completed ? "completed" : "not completed"));
        filter.overdue()
                .ifPresent(overdue -> and(
                        overdue
                                ? "not completed and due_at < now()"
                                : "(completed or due_at is null or due_at >= now())"));
        filter.dueBefore().ifPresent(time -> and("due_at < ", TaskRow.utc(time)));
        filter.dueAfter().ifPresent(time -> and("due_at >= ", TaskRow.utc(time)));
        if (!filter.priorities().isEmpty()) {
            sought.add(TaskOrder.PRIORITY.expression() + " in (" + places(filter.priorities()) + ")");
        }
        new SearchTerms(owner)
                .query(filter.words(), filter.tags())
                .ifPresent(query ->
                        sought.add("array_to_tsvector(terms) @@ cast(" + parameter(query) + "::text as tsquery)"));
        near = filter.priorities().isEmpty() ? NEAR : NEAR_FOR_PRIORITY;
        var direction = filter.descending() ? " desc" : "";
        ordering = " order by " + filter.order().expression() + direction + ", id" + direction;
    }

    static TaskQuery count(UUID owner, TaskFilter filter, Optional<Instant> until) {
        var query = new TaskQuery(owner, filter, until);
        query.sought.forEach(query::and);
        query.sql = "select count(*) from " + HiddenTasks.VISIBLE + " where " + query.conditions;
        return query;
    }

    /** The tasks with a date, if the list is sorted by due_at: those and the rest are two ranges of the index. */
    static TaskQuery page(UUID owner, TaskFilter filter, Optional<Instant> until, Optional<Position> after, int limit) {
        var query = new TaskQuery(owner, filter, until);
        if (filter.order() == TaskOrder.DUE_AT) {
            query.and("due_at is not null");
        }
        after.ifPresent(position -> query.continueAfter(position, filter));
        return query.limitedTo(limit).bounded(limit);
    }

    /** The tasks without a date, for a list sorted by due_at. */
    static TaskQuery undatedPage(
            UUID owner, TaskFilter filter, Optional<Instant> until, Optional<Position> after, int limit) {
        var query = new TaskQuery(owner, filter, until);
        query.and("due_at is null");
        after.filter(position -> position.key() == null)
                .ifPresent(position -> query.and(filter.descending() ? "id < " : "id > ", position.id()));
        return query.limitedTo(limit).bounded(limit);
    }

    String sql() {
        return sql;
    }

    Tuple parameters() {
        return parameters;
    }

    private void continueAfter(Position position, TaskFilter filter) {
        var order = filter.order();
        var key = order.expressionOf(parameter(order.value(position.key())));
        and("(" + order.expression() + ", id) " + (filter.descending() ? "<" : ">") + " (" + key + ", "
                + parameter(position.id()) + ")");
    }

    /**
     * Common values are found fastest by walking the sorted list, rare ones by an index, and no statistics show which
     * is which. So the statement reads a part of the list first and then, if that is not enough, the index. "offset 0"
     * there keeps the planner from using other conditions, the order or the limit, which would make it walk the whole
     * list after all.
     */
    private TaskQuery limitedTo(int limit) {
        if (sought.isEmpty()) {
            sql = "select " + TaskRow.COLUMNS + " from " + HiddenTasks.VISIBLE + " where " + conditions + ordering
                    + " limit " + parameter(limit);
            return this;
        }
        sql = """
                with list as materialized (
                  select * from %8$s where %2$s%3$s limit %4$d
                ), near as materialized (
                  select %1$s from list where %5$s limit %6$d
                ), found as materialized (
                  select * from (
                    select %1$s from %8$s where %7$s and %5$s
                    and (select count(*) from near) < %6$d and (select count(*) from list) = %4$d offset 0
                  ) tasks where %2$s%3$s limit %6$d
                )
                select * from (
                  select * from near where (select count(*) from near) = %6$d or (select count(*) from list) < %4$d
                  union all select * from found
                ) tasks%3$s limit %6$d
                """.formatted(
                        TaskRow.COLUMNS,
                        conditions,
                        ordering,
                        near * limit,
                        String.join(" and ", sought),
                        limit,
                        owned,
                        HiddenTasks.VISIBLE);
        return this;
    }

    private TaskQuery bounded(int limit) {
        sql = LargePage.bounded(sql, ordering, limit, Paging.MAX_BYTES);
        return this;
    }

    /** Literals in the form that the index has. */
    private static String places(Set<Priority> priorities) {
        return priorities.stream()
                .map(priority -> TaskOrder.PRIORITY.expressionOf("'" + priority.label + "'"))
                .collect(Collectors.joining(", "));
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
}
