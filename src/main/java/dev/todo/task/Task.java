package dev.todo.task;

import dev.todo.http.EntityTag.IfMatch;
import dev.todo.http.problem.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Something to do. Every query names the owner: somebody else's task is simply not found. */
@Entity
@Table(name = "tasks")
public class Task extends PanacheEntityBase {

    /** How long a task can be brought back. */
    static final Duration IN_TRASH = Duration.ofDays(30);

    /** What a statement can change in well under the two seconds that it has. */
    private static final int BATCH_SIZE = 2000;

    /** One in each index but that of terms. */
    private static final int ENTRIES_WITHOUT_TERMS = 8;

    private static final int CHARACTERS_PER_ENTRY = 100;

    // In HQL: Hibernate Reactive does not find the plan of a native query again, and keeps one more of it each time
    private static final String TIME_OF_CHANGE =
            "select cast(sql('time_of_change(cast(? as uuid))', :owner) as Instant)";
    private static final String TIME_OF_ADDITION =
            "select cast(sql('time_of_addition(cast(? as uuid), 1, cast(? as integer))', :owner, :quota) as Instant)";

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

    /** What the task is found by, see {@link SearchTerms}. */
    public String[] terms;

    public String recurrence;
    public String timezone;
    public Instant createdAt;

    /** When it was added here: {@link #createdAt} may be older, if it was imported. */
    public Instant addedAt;

    public Instant updatedAt;
    public Instant deletedAt;

    /** The local time that the recurrence means by due_at; see {@link NextOccurrence}. */
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

    /** As it was read without a session: without terms, and what only its repetition needs. */
    static Task of(TaskView seen) {
        var task = new Task();
        task.id = seen.id();
        task.userId = seen.userId();
        task.title = seen.title();
        task.description = seen.description();
        task.completed = seen.completed();
        task.completedAt = seen.completedAt();
        task.priority = seen.priority();
        task.dueAt = seen.dueAt();
        task.tags = seen.tags();
        task.recurrence = seen.recurrence();
        task.timezone = seen.timezone();
        task.createdAt = seen.createdAt();
        task.updatedAt = seen.updatedAt();
        task.version = seen.version();
        task.deletedAt = seen.deletedAt();
        return task;
    }

    static Task create(UUID owner, TaskFields fields, Instant now) {
        var task = new Task();
        task.userId = owner;
        task.createdAt = now;
        task.addedAt = now;
        task.version = 1;
        task.write(fields, now);
        return task;
    }

    /** A task as another service or account had it; a time that is null is that of the import. */
    public static Task imported(UUID owner, TaskFields fields, Instant createdAt, Instant completedAt) {
        var task = create(owner, fields, Instant.EPOCH);
        task.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        task.createdAt = createdAt;
        task.completedAt = completedAt;
        return task;
    }

    /** About how much the database has to do to store it, in entries of indexes. */
    public int costOfIndexing() {
        var length = title.length() + (description == null ? 0 : description.length());
        return ENTRIES_WITHOUT_TERMS + terms.length + length / CHARACTERS_PER_ENTRY;
    }

    /** A new task of this owner; 409 where there would be more than the quota. */
    static Uni<Task> add(UUID owner, TaskFields fields, int quota) {
        return timeOfAddition(owner, quota)
                .chain(now -> create(owner, fields, now).persistAndFlush());
    }

    public static Refusal tooMany(int quota) {
        return new Refusal(
                409, "too_many_tasks", "You can have at most " + quota + " tasks, including those in the trash.");
    }

    /**
     * Changes a task; parallel changes are all applied, one after the other. 404 where there is no such task of this owner,
     * then 412 where it is not in the wanted version.
     */
    static Uni<Task> change(UUID id, UUID owner, IfMatch wanted, BiConsumer<Task, Instant> change, int quota) {
        return timeOfChange(owner)
                .chain(now -> locked("id = ?1 and userId = ?2 and deletedAt is null", id, owner)
                        .invoke(task -> task.change(wanted, change, now))
                        .call(task -> task.makeNext(now, quota)))
                .call(Panache::flush);
    }

    /** In memory: 412 comes before what the change itself refuses. */
    void change(IfMatch wanted, BiConsumer<Task, Instant> change, Instant now) {
        wanted.require(version);
        change.accept(this, now);
    }

    /** Takes a task out of the trash; one that is not in it stays as it is. 404 where it has been there for too long. */
    static Uni<Task> restore(UUID id, UUID owner) {
        return timeOfChange(owner)
                .chain(now -> locked(
                                "id = ?1 and userId = ?2 and (deletedAt is null or deletedAt > ?3)",
                                id,
                                owner,
                                now.minus(IN_TRASH))
                        .invoke(task -> task.restore(now)))
                .call(Panache::flush);
    }

    /** Moves all completed tasks of the owner to the trash and gives their number. */
    static Uni<Integer> deleteCompleted(UUID owner) {
        return timeOfChange(owner).chain(now -> deleteCompleted(owner, now, 0));
    }

    private static Uni<Integer> deleteCompleted(UUID owner, Instant now, int before) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        update tasks set deleted_at = :now, updated_at = :now, version = version + 1
                        where user_id = :owner and id in (
                            select id from %s where user_id = :owner and completed and deleted_at is null limit :limit)
                        """.formatted(HiddenTasks.VISIBLE))
                        .setParameter("owner", owner)
                        .setParameter("now", now)
                        .setParameter("limit", BATCH_SIZE)
                        .executeUpdate())
                .chain(deleted -> deleted < BATCH_SIZE
                        ? Uni.createFrom().item(before + deleted)
                        : deleteCompleted(owner, now, before + deleted));
    }

    /**
     * When the change that begins here takes place: every transaction that changes tasks of an owner asks for this before all
     * else. Changes of one owner's tasks wait for each other until they are committed, and a later one has a later time: who
     * sees one sees those with earlier times, too (V9).
     */
    static Uni<Instant> timeOfChange(UUID owner) {
        return Panache.getSession()
                .chain(session -> session.createSelectionQuery(TIME_OF_CHANGE, Instant.class)
                        .setParameter("owner", owner.toString())
                        .getSingleResult());
    }

    /** The same where a task is to be added: 409 where there would be more than the quota. */
    private static Uni<Instant> timeOfAddition(UUID owner, int quota) {
        return Panache.getSession()
                .chain(session -> session.createSelectionQuery(TIME_OF_ADDITION, Instant.class)
                        .setParameter("owner", owner.toString())
                        .setParameter("quota", quota)
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> tooMany(quota));
    }

    private static Uni<Task> locked(String query, Object... parameters) {
        return Task.<Task>find(query, parameters)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(Refusal::notFound);
    }

    /**
     * After a change at this time: where it completed a recurring task, the next one is made. Where completing it made one
     * before, it is that one still.
     */
    Uni<Task> makeNext(Instant now, int quota) {
        if (!isToComeAgain(now)) {
            return Uni.createFrom().item(this);
        }
        return successor(now, quota)
                .invoke(task -> next = Optional.ofNullable(task))
                .replaceWith(this);
    }

    /** Whether the change at this time completed a recurring task. */
    boolean isToComeAgain(Instant now) {
        return recurrence != null && now.equals(completedAt);
    }

    private Uni<Task> successor(Instant now, int quota) {
        if (successorId != null) {
            return Task.<Task>find("id = ?1 and userId = ?2 and deletedAt is null", successorId, userId)
                    .firstResult();
        }
        return NextOccurrence.after(this, now)
                .map(task -> timeOfAddition(userId, quota)
                        .chain(() -> task.<Task>persist())
                        .invoke(made -> successorId = made.id))
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
        terms = new SearchTerms(userId).of(title, description, fields.tags());
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

    private void restore(Instant now) {
        if (deletedAt != null) {
            deletedAt = null;
            updatedAt = now;
        }
    }

    private void setCompleted(boolean toBe, Instant now) {
        if (toBe != completed) {
            completed = toBe;
            completedAt = toBe ? now : null;
        }
    }
}
