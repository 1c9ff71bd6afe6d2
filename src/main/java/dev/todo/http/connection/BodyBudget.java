package dev.todo.http.connection;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory for all request bodies together: a quarter of the heap, but at least what four imports need. A body
 * counts from its arrival until its response begins. When the budget is used up, the slowest uploads are dropped.
 */
final class BodyBudget {

    private static final int MIB = 1024 * 1024;
    private static final int MIN_BYTES = 44 * MIB;

    /** What large bodies have to leave for those of up to {@link #SMALL_BYTES}. */
    private static final int RESERVED_BYTES = 4 * MIB;

    private static final int SMALL_BYTES = 64 * 1024;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final Set<Upload> incomplete = ConcurrentHashMap.newKeySet();

    BodyBudget() {
        this(Math.max(MIN_BYTES, Runtime.getRuntime().maxMemory() / 4));
    }

    BodyBudget(long limit) {
        this.limit = limit;
    }

    void begin(Upload upload) {
        incomplete.add(upload);
    }

    /** Returns whether there is room for more bytes of this upload. */
    boolean reserve(Upload upload, int bytes) {
        var held = upload.heldBytes().addAndGet(bytes);
        var available = held <= SMALL_BYTES ? limit : limit - RESERVED_BYTES;
        var total = used.addAndGet(bytes);
        while (total > available) {
            var slowest = slowest(upload);
            if (slowest.isEmpty()) {
                upload.heldBytes().addAndGet(-bytes);
                used.addAndGet(-bytes);
                return false;
            }
            release(slowest.get());
            slowest.get().drop();
            total = used.get();
        }
        return true;
    }

    void complete(Upload upload) {
        incomplete.remove(upload);
    }

    void release(Upload upload) {
        incomplete.remove(upload);
        used.addAndGet(-upload.heldBytes().getAndSet(0));
    }

    /** The slowest upload that is past its grace period; empty if all are new. */
    Optional<Upload> slowest(Upload besides) {
        return incomplete.stream()
                .filter(upload -> upload != besides && upload.isOlderThan(GRACE_NANOS))
                .min(Comparator.comparingDouble(Upload::bytesPerSecond));
    }

    long usedBytes() {
        return used.get();
    }
}
