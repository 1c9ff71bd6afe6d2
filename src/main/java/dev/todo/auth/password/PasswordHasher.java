package dev.todo.auth.password;

import dev.todo.config.CredentialRules;
import dev.todo.config.Settings;
import dev.todo.http.problem.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs bcrypt on its own threads, one per processor, behind a short queue: a flood of log-ins delays other log-ins, but
 * nothing else.
 */
@ApplicationScoped
public class PasswordHasher {

    /**
     * At a cost of 12, the last in the queue waits three seconds; on two processors, all sign-ups of an address fit in.
     */
    private static final int WAITING_PER_THREAD = 12;

    private final WorkerExecutor threads;
    private final int capacity;
    private final AtomicInteger admitted = new AtomicInteger();
    private final int cost;
    private final StoredHashCosts stored;
    private final Counter rejected;
    private final Timer time;

    PasswordHasher(Vertx vertx, StoredHashCosts stored, Settings settings, MeterRegistry registry) {
        var processors = Runtime.getRuntime().availableProcessors();
        this.threads = vertx.createSharedWorkerExecutor("bcrypt", processors);
        this.capacity = processors * (1 + WAITING_PER_THREAD);
        this.cost = settings.bcryptCost();
        this.stored = stored;
        this.rejected = registry.counter("todo.passwords.turned.away");
        Gauge.builder("todo.passwords.waiting", admitted, AtomicInteger::get)
                .description("Passwords being hashed or waiting to be hashed")
                .register(registry);
        Gauge.builder("todo.passwords.capacity", () -> capacity)
                .description("Maximum number of passwords being hashed or waiting")
                .register(registry);
        this.time = Timer.builder("todo.passwords.hashing")
                .description("Time to hash a password, not including waiting")
                .register(registry);
    }

    /** A new hash of the password's UTF-8 bytes; fails with 503 if too many are waiting. */
    public Uni<String> hash(String password) {
        return hash(password, cost);
    }

    /** The hash that replaces an outdated one, with at least the same cost. */
    public Uni<String> renew(String outdated, String password) {
        return hash(password, Math.max(cost, Bcrypt.cost(outdated)));
    }

    private Uni<String> hash(String password, int wantedCost) {
        return runOnWorker(() -> {
            var salt = new byte[Bcrypt.SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            return Bcrypt.hash(bytes(password), wantedCost, salt);
        });
    }

    /**
     * Whether this is the hash of the password. All mismatches take equally long: without a hash (null), for a hash of
     * any cost, and for text that is not a bcrypt hash. Fails with 503 if too many are waiting.
     */
    public Uni<Boolean> matches(String password, String hash) {
        return stored.highest().chain(highest -> runOnWorker(() -> matches(password, hash, highest)));
    }

    private static boolean matches(String password, String hash, StoredHashCosts.Highest highest) {
        var typed = bytes(password);
        var isPossible = typed.length <= CredentialRules.MAX_PASSWORD_BYTES;
        var isHash = isPossible && Bcrypt.isHash(hash);
        var rounds = Bcrypt.rounds(highest.any());
        if (isHash) {
            if (Bcrypt.matches(typed, hash)) {
                return true;
            }
            rounds -= Bcrypt.rounds(Bcrypt.cost(hash));
        }
        var mayBeFolded = isPossible && highest.legacy() > 0 && LegacyHash.isDifferentFor(password);
        if (mayBeFolded && LegacyHash.matches(password, isHash ? hash : null, highest.legacy())) {
            return true;
        }
        Bcrypt.checksum(typed, rounds, new byte[Bcrypt.SALT_BYTES]);
        return false;
    }

    /** Whether a hash should be replaced: its cost is lower than ours, or it may be of folded text. */
    public boolean isOutdated(String hash) {
        return Bcrypt.cost(hash) < cost || LegacyHash.isLegacy(hash);
    }

    private static byte[] bytes(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    private <T> Uni<T> runOnWorker(Callable<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (admitted.incrementAndGet() > capacity) {
                admitted.decrementAndGet();
                rejected.increment();
                return Uni.createFrom()
                        .failure(Refusal.unavailable(
                                "Too many passwords are being checked at once. Try again shortly.", 1));
            }
            return threads.executeBlocking(() -> runTimed(work), false);
        });
    }

    private <T> T runTimed(Callable<T> work) throws Exception {
        try {
            return time.recordCallable(work);
        } finally {
            admitted.decrementAndGet();
        }
    }
}
