package dev.todo.task;

import dev.todo.http.EntityTag.IfMatch;
import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;
import dev.todo.task.recurrence.Recurrence;
import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** A task. Every query names the owner, so other users' tasks are simply not found. */
@Entity
@Table(name = "tasks")
public class Task extends PanacheEntityBase {

    /** How long a deleted task can be restored. */
    public static final Duration IN_TRASH = Duration.ofDays(30);

    /** One in each index except that of the terms. */
    private static final int ENTRIES_WITHOUT_TERMS = 8;

    private static final int CHARACTERS_PER_ENTRY = 100;

    /** Stands for the time of the current change, which only the database knows: the statement replaces it. */
    static final Instant THIS_CHANGE = Instant.MIN;

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

    /** What searches match, see {@link SearchTerms}. */
    public String[] terms;

    public String recurrence;
    public String timezone;
    public Instant createdAt;

    /** When it was added to this service; {@link #createdAt} of an imported task may be earlier. */
    public Instant addedAt;

    public Instant updatedAt;
    public Instant deletedAt;

    /** The local time that the recurrence intends for due_at; see {@link NextOccurrence}. */
    public LocalDateTime dueLocal;

    /** The task that was created when this one was completed. */
    public UUID successorId;

    @Version
    public int version;

    /** Not null if this change completed a recurring task; empty if its rule has no more dates. */
    @Transient
    public Optional<Task> next;

    static Task create(UUID owner, TaskFields fields, Instant now) {
        var task = new Task();
        task.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        task.userId = owner;
        task.createdAt = now;
        task.addedAt = now;
        task.version = 1;
        task.write(fields, now);
        return task;
    }

    /** A task from another service or account; times that are null become the time of the import. */
    public static Task imported(UUID owner, TaskFields fields, Instant createdAt, Instant completedAt) {
        var task = create(owner, fields, THIS_CHANGE);
        task.createdAt = Objects.requireNonNullElse(createdAt, THIS_CHANGE);
        task.completedAt = completedAt == null ? task.completedAt : completedAt;
        return task;
    }

    /** The approximate cost of storing the task, in index entries. */
    public int costOfIndexing() {
        var length = title.length() + (description == null ? 0 : description.length());
        return ENTRIES_WITHOUT_TERMS + terms.length + length / CHARACTERS_PER_ENTRY;
    }

    public static Refusal tooMany(int quota) {
        return new Refusal(
                ErrorCode.TOO_MANY_TASKS, "You can have at most " + quota + " tasks, including those in the trash.");
    }

    /** Changes the task in memory. Checks If-Match first, so 412 takes precedence over errors of the change itself. */
    void change(IfMatch wanted, BiConsumer<Task, Instant> change, Instant now) {
        wanted.require(version);
        change.accept(this, now);
    }

    /** Whether the change at this time modified anything. */
    boolean isChangedAt(Instant now) {
        return updatedAt.equals(now);
    }

    /** Whether the change at this time completed a recurring task. */
    boolean isToComeAgain(Instant now) {
        return recurrence != null && now.equals(completedAt);
    }

    /** All fields that clients may write. */
    TaskFields fields() {
        return new TaskFields(
                title,
                description,
                completed,
                priority,
                dueAt,
                List.of(tags),
                recurrence == null ? null : Recurrence.parse(recurrence),
                timezone == null ? null : ZoneId.of(timezone));
    }

    /** Sets all fields that clients may write. Does nothing if they are already equal. */
    void write(TaskFields fields, Instant now) {
        if (updatedAt != null && fields().equals(fields)) {
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

    /** Completes or reopens the task; toggles it unless the completion says which. */
    void complete(Completion wanted, Instant now) {
        var toBe = wanted == null || wanted.completed() == null ? !completed : wanted.completed();
        if (toBe != completed) {
            setCompleted(toBe, now);
            updatedAt = now;
        }
    }

    /** Moves the task to the trash, from which it can be restored. */
    void delete(Instant now) {
        deletedAt = now;
        updatedAt = now;
    }

    void restore(Instant now) {
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
