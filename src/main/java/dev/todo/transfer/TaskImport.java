package dev.todo.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.Rfc3339;
import dev.todo.problem.Refusal;
import dev.todo.task.Task;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Adds the tasks of a file, all or none. The file is in memory before the transaction begins, so that no connection to the
 * database waits for a slow client; its rows are read and stored some hundred at a time.
 */
@ApplicationScoped
class TaskImport {

    private static final int BATCH = 500;

    /** Together with their bodies of 10 MiB this is the memory that imports can take. */
    private static final int AT_ONCE = 4;

    private final ObjectMapper json;
    private final Validator validator;
    private final Vertx vertx;
    private final AtomicInteger underWay = new AtomicInteger();

    TaskImport(ObjectMapper json, Validator validator, Vertx vertx) {
        this.json = json;
        this.validator = validator;
        this.vertx = vertx;
    }

    /** Reads the body and adds what is in it; 503 where too many imports are under way. */
    Uni<Imported> of(Supplier<Uni<InputStream>> body, boolean isTable, UUID owner) {
        return Uni.createFrom().deferred(() -> {
            if (underWay.incrementAndGet() > AT_ONCE) {
                underWay.decrementAndGet();
                return Uni.createFrom().failure(Refusal.unavailable("Too many imports are under way.", 1));
            }
            return body.get()
                    .chain(file -> added(file, isTable, owner))
                    .onTermination()
                    .invoke(underWay::decrementAndGet);
        });
    }

    private Uni<Imported> added(InputStream file, boolean isTable, UUID owner) {
        try {
            var tasks = isTable
                    ? ImportedTasks.ofTable(file, json, validator)
                    : ImportedTasks.ofArray(file, json, validator);
            return Panache.withTransaction(() -> added(tasks, owner)).map(Imported::new);
        } catch (IOException e) {
            return Uni.createFrom().failure(Refusal.malformed("The body is not UTF-8."));
        }
    }

    private Uni<Long> added(ImportedTasks tasks, UUID owner) {
        var now = Rfc3339.now();
        return Multi.createBy()
                .repeating()
                .uni(() -> vertx.executeBlocking(() -> tasks.next(BATCH)))
                .until(List::isEmpty)
                .onItem()
                .transformToUniAndConcatenate(batch -> added(batch, owner, now))
                .collect()
                .with(Collectors.summingLong(Integer::longValue));
    }

    private static Uni<Integer> added(List<ImportedTask> batch, UUID owner, Instant now) {
        return Task.addAll(batch.stream().map(task -> task.toTask(owner, now)).toList())
                .replaceWith(batch.size());
    }
}
