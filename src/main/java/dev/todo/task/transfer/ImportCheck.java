package dev.todo.task.transfer;

import dev.todo.digest.Sha256;
import dev.todo.task.Task;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/** Reads a file once before anything is stored, some milliseconds at a time: most of what is refused never gets further. */
class ImportCheck {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ImportedTasks tasks;
    private final int quota;
    private final MessageDigest digest;
    private int count;

    ImportCheck(ImportedTasks tasks, int quota, boolean withDigest) {
        this.tasks = tasks;
        this.quota = quota;
        this.digest = withDigest ? Sha256.newDigest() : null;
    }

    /** What the file has. Files have the same digest if their rows are the same as JSON, whatever their white space. */
    record Result(int tasks, byte[] digest) {}

    /** The result, or null if there is more to read. */
    Result next() throws IOException {
        var start = System.nanoTime();
        while (System.nanoTime() - start < SLICE_NANOS) {
            if (tasks.next(digest).isEmpty()) {
                return new Result(count, digest == null ? null : digest.digest());
            }
            if (++count > quota) {
                throw Task.tooMany(quota);
            }
        }
        return null;
    }
}
