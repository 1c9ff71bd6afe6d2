package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.config.Settings;
import dev.todo.http.idempotency.IdempotentRequest;
import dev.todo.http.problem.Refusal;
import dev.todo.task.HiddenTasks;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Adds all tasks of a file, or none. It reads and checks the whole file first. Then it stores the tasks in hidden
 * batches, without keeping a lock or a connection from one batch to the next, and shows them with a single statement.
 */
@ApplicationScoped
class TaskImport {

    private static final Logger LOG = Logger.getLogger(TaskImport.class);

    private static final long EXTENSION_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ObjectMapper json;
    private final Validator validator;
    private final Vertx vertx;
    private final ImportSlots slots;
    private final PendingImports imports;
    private final AbandonedImportCleanup abandoned;
    private final HiddenTasks hidden;
    private final int quota;

    TaskImport(
            ObjectMapper json,
            Validator validator,
            Vertx vertx,
            ImportSlots slots,
            PendingImports imports,
            AbandonedImportCleanup abandoned,
            HiddenTasks hidden,
            Settings settings) {
        this.json = json;
        this.validator = validator;
        this.vertx = vertx;
        this.slots = slots;
        this.imports = imports;
        this.abandoned = abandoned;
        this.hidden = hidden;
        this.quota = settings.tasksPerUser();
    }

    /** Adds the tasks of a file, once per Idempotency-Key. Takes a slot only once the body has been received. */
    Uni<Imported> of(Supplier<InputStream> file, ImportFormat format, UUID owner, HttpHeaders headers) {
        return Uni.createFrom().deferred(() -> {
            slots.take(owner, headers.getHeaderString(IdempotentRequest.HEADER));
            return Uni.createFrom()
                    .deferred(() -> imported(file, format, owner, headers))
                    .onTermination()
                    .invoke(() -> slots.release(owner));
        });
    }

    private Uni<Imported> imported(Supplier<InputStream> file, ImportFormat format, UUID owner, HttpHeaders headers) {
        var hasKey = headers.getHeaderString(IdempotentRequest.HEADER) != null;
        return check(new ImportCheck(tasks(file, format), quota, hasKey)).chain(checked -> {
            var request = hasKey
                    ? IdempotentRequest.of(headers, owner, "importTasks", checked.digest())
                    : Optional.<IdempotentRequest>empty();
            return imports.begin(owner, checked.tasks(), request)
                    .chain(begun -> begun.firstAnswer() != null
                            ? Uni.createFrom().item(begun.firstAnswer())
                            : ended(
                                    begun.id(),
                                    new ImportBatches(tasks(file, format), owner),
                                    request,
                                    new Imported(checked.tasks())));
        });
    }

    private Uni<ImportCheck.Result> check(ImportCheck check) {
        return Multi.createBy()
                .repeating()
                .uni(() -> vertx.executeBlocking(() -> Optional.ofNullable(check.next()), false))
                .whilst(Optional::isEmpty)
                .collect()
                .last()
                .map(Optional::get);
    }

    private ImportedTasks tasks(Supplier<InputStream> file, ImportFormat format) {
        try {
            return ImportedTasks.of(file.get(), format, json, validator);
        } catch (IOException e) {
            throw ImportedTasks.notUtf8();
        }
    }

    private Uni<Imported> ended(long id, ImportBatches batches, Optional<IdempotentRequest> request, Imported answer) {
        return stored(id, batches)
                .chain(() -> imports.end(id, request, answer))
                .invoke(TaskImport::refuseExpired)
                .onFailure()
                .call(() -> imports.giveUp(id)
                        .invoke(isGivenUp -> removeAbandoned())
                        .onFailure()
                        .invoke(failure -> LOG.warn("Cannot give up an import; it will expire: " + failure))
                        .onFailure()
                        .recoverWithNull())
                .replaceWith(answer);
    }

    private Uni<Void> stored(long id, ImportBatches batches) {
        var extended = new AtomicLong(System.nanoTime());
        return Multi.createBy()
                .repeating()
                .uni(() -> vertx.executeBlocking(batches::next, false))
                .until(List::isEmpty)
                .onItem()
                .transformToUniAndConcatenate(batch -> {
                    var start = System.nanoTime();
                    return hidden.add(batch, id)
                            .invoke(() -> batches.took(System.nanoTime() - start))
                            .invoke(TaskImport::refuseExpired)
                            .chain(() -> extended(id, extended));
                })
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> extended(long id, AtomicLong last) {
        if (System.nanoTime() - last.get() < EXTENSION_NANOS) {
            return Uni.createFrom().voidItem();
        }
        last.set(System.nanoTime());
        return imports.extend(id).invoke(TaskImport::refuseExpired).replaceWithVoid();
    }

    private static void refuseExpired(boolean isUnderWay) {
        if (!isUnderWay) {
            throw Refusal.unavailable("The import took too long. Nothing was imported.", 1);
        }
    }

    private void removeAbandoned() {
        abandoned
                .runBatch()
                .repeat()
                .whilst(more -> more)
                .collect()
                .last()
                .subscribe()
                .with(done -> {}, failure -> LOG.debug("Cannot remove an abandoned import; the cleanup will", failure));
    }
}
