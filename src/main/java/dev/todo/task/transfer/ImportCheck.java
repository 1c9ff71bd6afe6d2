package dev.todo.task.transfer;

import dev.todo.digest.Sha256;
import dev.todo.task.Task;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.concurrent.TimeUnit;

/**
 * Reads and checks a file before anything is stored, some milliseconds at a time. Most invalid imports are rejected
 * here.
 */
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

    /**
     * The number of tasks and the digest of the file. Files have the same digest if their rows are equal as JSON,
     * regardless of white space.
     */
    record Result(int tasks, byte[] digest) {}

    /** Returns the result, or null if there is more to read. */
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
