package dev.todo.password;

import dev.todo.problem.Refusal;
import dev.todo.settings.Settings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * bcrypt on threads of its own, as many as there are processors, behind a short queue: a flood of logins costs those who
 * log in their patience, and nobody else anything.
 */
@ApplicationScoped
public class PasswordHasher {

    // bcrypt ignores everything past 72 bytes (not characters), so longer passwords are refused, never cut.
    static final int LONGEST_PASSWORD_BYTES = 72;

    private static final Pattern HASH = Pattern.compile("\\$2[abxy]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");

    /** At a cost of 12 the last in the queue waits three seconds; on two processors all sign-ups of an address fit in. */
    private static final int WAITING_PER_THREAD = 12;

    private final WorkerExecutor threads;
    private final int capacity;
    private final AtomicInteger admitted = new AtomicInteger();
    private final int cost;
    private final Counter turnedAway;
    private final Timer time;

    PasswordHasher(Vertx vertx, Settings settings, MeterRegistry registry) {
        var processors = Runtime.getRuntime().availableProcessors();
        this.threads = vertx.createSharedWorkerExecutor("bcrypt", processors);
        this.capacity = processors * (1 + WAITING_PER_THREAD);
        this.cost = settings.bcryptCost();
        this.turnedAway = registry.counter("todo.passwords.turned.away");
        Gauge.builder("todo.passwords.waiting", admitted, AtomicInteger::get)
                .description("Passwords that are being hashed or wait for it")
                .register(registry);
        Gauge.builder("todo.passwords.capacity", () -> capacity)
                .description("How many of them there may be")
                .register(registry);
        this.time = Timer.builder("todo.passwords.hashing")
                .description("What hashing takes, without waiting")
                .register(registry);
    }

    /** A new hash; 503 where too many are waiting already. */
    public Uni<String> hash(String password) {
        return offTheEventLoop(() -> BcryptUtil.bcryptHash(password, cost));
    }

    /**
     * Whether the hash is the password's. A refusal takes as long for no hash (null), for one of a lower cost, and for
     * what is no hash of bcrypt. 503 where too many are waiting.
     */
    public Uni<Boolean> matches(String password, String hash) {
        return offTheEventLoop(() -> {
            var isHash = hash != null && HASH.matcher(hash).matches();
            var isMatch = isHash && isMatch(password, hash);
            if (!isMatch) {
                spendTheRest(password, isHash ? cost(hash) : 0);
            }
            return isMatch;
        });
    }

    /** Whether the hash was made at a lower cost than hashes are made now. */
    public boolean isOutdated(String hash) {
        return cost(hash) < cost;
    }

    private static int cost(String hash) {
        return Integer.parseInt(hash, 4, 6, 10);
    }

    /** Each step of the cost doubles the work: that of a cost once more, and of each up to ours, adds up to ours. */
    private void spendTheRest(String password, int spentCost) {
        if (spentCost == 0) {
            isMatch(password, nobodysHash(cost));
        }
        for (var step = spentCost; step > 0 && step < cost; step++) {
            isMatch(password, nobodysHash(step));
        }
    }

    private static String nobodysHash(int cost) {
        return "$2a$%02d$abcdefghijklmnopqrstuu5LoXR9RP2s/bnbL3OqU0Rp5b0nVRZ6G".formatted(cost);
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
                turnedAway.increment();
                return Uni.createFrom().failure(Refusal.unavailable("Too many are signing in at once.", 1));
            }
            return threads.executeBlocking(() -> counted(work), false);
        });
    }

    private <T> T counted(Callable<T> work) throws Exception {
        try {
            return time.recordCallable(work);
        } finally {
            admitted.decrementAndGet();
        }
    }
}
