package dev.todo.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.idempotency.Idempotency;
import dev.todo.idempotency.Repeatable;
import dev.todo.problem.Refusal;
import dev.todo.task.Task;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private final Idempotency idempotency;
    private final AtomicInteger underWay = new AtomicInteger();

    TaskImport(ObjectMapper json, Validator validator, Vertx vertx, Idempotency idempotency) {
        this.json = json;
        this.validator = validator;
        this.vertx = vertx;
        this.idempotency = idempotency;
    }

    /** Reads the body and adds what is in it, once for each Idempotency-Key; 503 where too many imports are under way. */
    Uni<Imported> of(Supplier<Uni<Supplier<InputStream>>> body, ImportFormat format, UUID owner, HttpHeaders headers) {
        return Uni.createFrom().deferred(() -> {
            if (underWay.incrementAndGet() > AT_ONCE) {
                underWay.decrementAndGet();
                return Uni.createFrom().failure(Refusal.unavailable("Too many imports are under way.", 1));
            }
            return body.get()
                    .chain(file -> repeatable(file, format, owner, headers)
                            .chain(request -> added(file, format, owner, request)))
                    .onTermination()
                    .invoke(underWay::decrementAndGet);
        });
    }

    private Uni<Optional<Repeatable>> repeatable(
            Supplier<InputStream> file, ImportFormat format, UUID owner, HttpHeaders headers) {
        return headers.getHeaderString(Repeatable.HEADER) == null
                ? Uni.createFrom().item(Optional.empty())
                : vertx.executeBlocking(() -> digest(file, format))
                        .map(digest -> Repeatable.of(headers, owner, "importTasks", digest));
    }

    /** Empty for what cannot be read, which is refused once it is to be added. */
    private byte[] digest(Supplier<InputStream> file, ImportFormat format) {
        try {
            return tasks(file, format).digest();
        } catch (IOException | Refusal | UncheckedIOException e) {
            return new byte[0];
        }
    }

    private ImportedTasks tasks(Supplier<InputStream> file, ImportFormat format) throws IOException {
        return ImportedTasks.of(file.get(), format, json, validator);
    }

    private Uni<Imported> added(
            Supplier<InputStream> file, ImportFormat format, UUID owner, Optional<Repeatable> request) {
        try {
            var tasks = tasks(file, format);
            Supplier<Uni<Imported>> work = () -> Task.timeOfChange(owner)
                    .chain(now -> added(tasks, owner, now))
                    .map(Imported::new);
            return request.map(repeatable -> idempotency.once(repeatable, Imported.class, work))
                    .orElseGet(() -> Panache.withTransaction(work));
        } catch (IOException e) {
            return Uni.createFrom().failure(Refusal.malformed("The body is not UTF-8."));
        }
    }

    private Uni<Long> added(ImportedTasks tasks, UUID owner, Instant now) {
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
