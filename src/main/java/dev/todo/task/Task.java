package dev.todo.task;

import dev.todo.problem.Refusal;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Parameters;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.UuidGenerator;

/** Something to do. Every query names the owner: somebody else's task is simply not found. */
@Entity
@Table(name = "tasks")
public class Task extends PanacheEntityBase {

    @Id
    @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
    public UUID id;

    public UUID userId;
    public String title;
    public String description;
    public boolean completed;
    public Instant completedAt;

    @Enumerated(EnumType.STRING)
    public Priority priority;

    public Instant dueAt;
    public String[] tags;
    public String recurrence;
    public String timezone;
    public Instant createdAt;
    public Instant updatedAt;
    public Instant deletedAt;

    /** The local time that the recurrence means by due_at; see {@link Repetition}. */
    public LocalDateTime dueLocal;

    /** The task that completing this one made. */
    public UUID successorId;

    @Version
    public int version;

    /** Not null where this change completed a recurring task; empty where its rule is exhausted. */
    @Transient
    public Optional<Task> next;

    /** As a client sees it. */
    public TaskView view() {
        return TaskView.of(this);
    }

    static Task create(UUID owner, TaskFields fields, Instant now) {
        var task = new Task();
        task.userId = owner;
        task.createdAt = now;
        task.version = 1;
        task.write(fields, now);
        return task;
    }

    /** A task as another service or account had it; the times that are missing are now. */
    public static Task imported(UUID owner, TaskFields fields, Instant createdAt, Instant completedAt, Instant now) {
        var task = create(owner, fields, now);
        task.createdAt = Objects.requireNonNullElse(createdAt, now);
        task.completedAt = completedAt == null ? task.completedAt : completedAt;
        return task;
    }

    /** Stores new tasks by a few statements, and forgets them. */
    public static Uni<Void> addAll(List<Task> tasks) {
        return getSession()
                .chain(session -> session.setBatchSize(tasks.size())
                        .persistAll(tasks.toArray())
                        .chain(session::flush)
                        .invoke(session::clear));
    }

    /** The owner's tasks after the last one of the page before (or null), oldest first. */
    public static Uni<List<Task>> oldestAfter(Task last, UUID owner, int limit) {
        var query = last == null
                ? Task.<Task>find("userId = ?1 and deletedAt is null order by createdAt, id", owner)
                : Task.<Task>find(
                        "userId = ?1 and deletedAt is null and (createdAt, id) > (?2, ?3) order by createdAt, id",
                        owner,
                        last.createdAt,
                        last.id);
        return query.page(Page.ofSize(limit)).list();
    }

    /** The owner's tasks that match, newest first, after the place where the last page ended. */
    static Uni<List<Task>> page(UUID owner, TaskFilter filter, int limit) {
        var query = new StringBuilder("userId = :owner and deletedAt is null");
        var parameters = Parameters.with("owner", owner);
        filter.completed().ifPresent(completed -> {
            query.append(" and completed = :completed");
            parameters.and("completed", completed);
        });
        filter.after().ifPresent(last -> {
            query.append(" and (createdAt, id) < (:lastCreatedAt, :lastId)");
            parameters.and("lastCreatedAt", last.createdAt()).and("lastId", last.id());
        });
        query.append(" order by createdAt desc, id desc");
        return Task.<Task>find(query.toString(), parameters)
                .page(Page.ofSize(limit))
                .list();
    }

    /** 404 where there is no such task of this owner. */
    static Uni<Task> findOwned(UUID id, UUID owner) {
        return owned(id, owner, LockModeType.NONE);
    }

    /** As {@link #findOwned}, and parallel changes wait for this one, so that they are applied one after the other. */
    static Uni<Task> findOwnedForChange(UUID id, UUID owner) {
        return owned(id, owner, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Uni<Task> owned(UUID id, UUID owner, LockModeType lock) {
        return Task.<Task>find("id = ?1 and userId = ?2 and deletedAt is null", id, owner)
                .withLock(lock)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(Refusal::notFound);
    }

    /**
     * After a change at this time: where it completed a recurring task, the next one is made. Where completing it made one
     * before, it is that one still.
     */
    Uni<Task> makeNext(Instant now) {
        if (recurrence == null || !now.equals(completedAt)) {
            return Uni.createFrom().item(this);
        }
        return successor(now).invoke(task -> next = Optional.ofNullable(task)).replaceWith(this);
    }

    private Uni<Task> successor(Instant now) {
        if (successorId != null) {
            return Task.<Task>find("id = ?1 and userId = ?2 and deletedAt is null", successorId, userId)
                    .firstResult();
        }
        return Repetition.after(this, now)
                .map(task -> task.<Task>persist().invoke(made -> successorId = made.id))
                .orElse(Uni.createFrom().nullItem());
    }

    /** Takes over all that a client may write. A task that is as it should be already is left alone. */
    void write(TaskFields fields, Instant now) {
        if (updatedAt != null && TaskFields.of(this).equals(fields)) {
            return;
        }
        title = fields.title();
        description = fields.description();
        priority = fields.priority();
        dueAt = fields.dueAt();
        tags = fields.tags().toArray(String[]::new);
        recurrence = Objects.toString(fields.recurrence(), null);
        timezone = Objects.toString(fields.timezone(), null);
        updatedAt = now;
        setCompleted(fields.completed(), now);
    }

    /** Done, or to be done again; toggled where the completion does not say which. */
    void complete(Completion wanted, Instant now) {
        var toBe = wanted == null || wanted.completed() == null ? !completed : wanted.completed();
        if (toBe != completed) {
            setCompleted(toBe, now);
            updatedAt = now;
        }
    }

    /** Out of sight; it can be brought back. */
    void delete(Instant now) {
        deletedAt = now;
        updatedAt = now;
    }

    private void setCompleted(boolean toBe, Instant now) {
        if (toBe != completed) {
            completed = toBe;
            completedAt = toBe ? now : null;
        }
    }
}
