package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.concurrency.ExportThrottle;
import dev.todo.task.TaskLists;
import dev.todo.task.TaskView;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;

/**
 * Exports all tasks of a user as a file, page by page. Memory holds one page, and no database connection waits for a
 * slow client. So the file is not a snapshot: a task that changes during the export is in it once, as it was before or
 * after.
 */
@ApplicationScoped
class TaskExport {

    private static final int PAGE = 200;

    private final TaskLists tasks;
    private final ExportThrottle reads;
    private final ObjectMapper json;

    TaskExport(TaskLists tasks, ExportThrottle reads, ObjectMapper json) {
        this.tasks = tasks;
        this.reads = reads;
        this.json = json;
    }

    Multi<byte[]> of(UUID owner, ExportFormat format) {
        var file = new File(owner, format);
        return Multi.createBy()
                .repeating()
                .uni(file::nextPage)
                .whilst(page -> !page.isEmpty())
                .map(file::written);
    }

    private class File {

        private final UUID owner;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final TaskWriter writer;
        private TaskView last;

        File(UUID owner, ExportFormat format) {
            this.owner = owner;
            try {
                this.writer = format.to(bytes, json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Uni<List<TaskView>> nextPage() {
            return reads.inTurn(owner, () -> tasks.oldestAfter(last, owner, PAGE));
        }

        byte[] written(List<TaskView> page) {
            try {
                for (var task : page) {
                    writer.write(task);
                    last = task;
                }
                if (page.isEmpty()) {
                    writer.close();
                } else {
                    writer.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var written = bytes.toByteArray();
            bytes.reset();
            return written;
        }
    }
}
