package dev.todo.auth;

import dev.todo.problem.Refusal;
import dev.todo.settings.Settings;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * bcrypt on threads of its own, as many as there are processors, behind a short queue: a flood of logins costs those who
 * log in their patience, and nobody else anything.
 */
@ApplicationScoped
class PasswordHasher {

    // bcrypt ignores everything past 72 bytes (not characters), so longer passwords are refused, never cut.
    static final int LONGEST_PASSWORD_BYTES = 72;

    /** At a cost of 12 the last in the queue waits about two seconds. */
    private static final int WAITING_PER_THREAD = 8;

    private final WorkerExecutor threads;
    private final int capacity;
    private final AtomicInteger admitted = new AtomicInteger();
    private final int cost;
    private final String hashOfNobody;

    PasswordHasher(Vertx vertx, Settings settings) {
        var processors = Runtime.getRuntime().availableProcessors();
        this.threads = vertx.createSharedWorkerExecutor("bcrypt", processors);
        this.capacity = processors * (1 + WAITING_PER_THREAD);
        this.cost = settings.bcryptCost();
        this.hashOfNobody = "$2a$" + cost + "$abcdefghijklmnopqrstuu5LoXR9RP2s/bnbL3OqU0Rp5b0nVRZ6G";
    }

    /** A new hash; 503 where too many are waiting already. */
    Uni<String> hash(String password) {
        return offTheEventLoop(() -> BcryptUtil.bcryptHash(password, cost));
    }

    /** Whether the hash is the password's; takes as long for no hash at all (null). 503 where too many are waiting. */
    Uni<Boolean> matches(String password, String hash) {
        return offTheEventLoop(() -> isMatch(password, hash == null ? hashOfNobody : hash) && hash != null);
    }

    private static boolean isMatch(String password, String hash) {
        var isTooLong = password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD_BYTES;
        // passlib's $2b$ is the algorithm that Elytron knows as $2a$.
        return BcryptUtil.matches(password, hash.replaceFirst("^\\$2[bxy]\\$", "\\$2a\\$")) && !isTooLong;
    }

    private <T> Uni<T> offTheEventLoop(Callable<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (admitted.incrementAndGet() > capacity) {
                admitted.decrementAndGet();
                return Uni.createFrom().failure(Refusal.unavailable("Too many are signing in at once.", 1));
            }
            return threads.executeBlocking(() -> counted(work), false);
        });
    }

    private <T> T counted(Callable<T> work) throws Exception {
        try {
            return work.call();
        } finally {
            admitted.decrementAndGet();
        }
    }
}
