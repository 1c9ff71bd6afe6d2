import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/** Measures what a flood of log-ins costs others; see bench/login-flood. */
class LoginFlood {

    static final int SECONDS = 20;
    static final int WARM_UP_SECONDS = 5;
    static final int CLIENTS = 16;
    static final double ALLOWED_P95_MILLIS = 250;

    final Api api;
    final String reader;
    final AtomicBoolean isOver = new AtomicBoolean();
    final AtomicInteger loggedIn = new AtomicInteger();
    final AtomicInteger rejected = new AtomicInteger();

    LoginFlood(Api api, String reader) {
        this.api = api;
        this.reader = reader;
    }

    public static void main(String... arguments) throws Exception {
        var seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : SECONDS;
        double p95;
        try (var database = Database.empty();
                var service = Service.started("login-flood", database)) {
            Api.successful(service.api().signUp("reader@example.com"));
            // Clients with the same password hash, to avoid hashing one for each
            database.execute("""
                    insert into users (id, email, hashed_password)
                    select gen_random_uuid(), 'client' || number || '@example.com', hashed_password
                    from users, generate_series(1, %d) as number
                    """.formatted(CLIENTS));
            p95 = new LoginFlood(service.api(), service.api().tokenOf("reader@example.com")).p95(seconds);
        }
        System.exit(p95 > ALLOWED_P95_MILLIS && seconds >= SECONDS ? 1 : 0);
    }

    /** The higher 95th percentile of the lists, alone or during the flood. */
    double p95(int seconds) throws Exception {
        lists(Math.min(WARM_UP_SECONDS, seconds));
        var report = new Report(
                "login-flood",
                "| GET /tasks | median, ms | p95, ms | slowest, ms | requests |",
                "| %s | %.1f | %.1f | %.1f | %d |");
        var alone = lists(seconds);
        add(report, "alone", alone);
        var flooded = listsDuringFlood(seconds);
        add(report, "with " + CLIENTS + " clients logging in", flooded);
        report.print(
                "%nLog-ins during the flood: %d accepted, %d rejected. p95 allowed: %.0f ms.",
                loggedIn.get(), rejected.get(), ALLOWED_P95_MILLIS);
        report.write();
        if (loggedIn.get() == 0) {
            throw new IllegalStateException("All log-ins failed");
        }
        return Math.max(Report.quantile(alone, 0.95), Report.quantile(flooded, 0.95));
    }

    double[] listsDuringFlood(int seconds) throws Exception {
        var clients = Executors.newFixedThreadPool(CLIENTS);
        for (var number = 1; number <= CLIENTS; number++) {
            var email = "client" + number + "@example.com";
            clients.submit(() -> keepLoggingIn(email));
        }
        try {
            return lists(seconds);
        } finally {
            isOver.set(true);
            clients.shutdown();
            clients.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    Void keepLoggingIn(String email) throws Exception {
        while (!isOver.get()) {
            var status = api.logIn(email, Api.PASSWORD).statusCode();
            (status == 200 ? loggedIn : rejected).incrementAndGet();
        }
        return null;
    }

    /** Lists tasks ten times a second and returns the milliseconds of each list. */
    double[] lists(int seconds) throws Exception {
        var millis = DoubleStream.builder();
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            var begin = System.nanoTime();
            Api.successful(api.get("/tasks", reader));
            millis.add((System.nanoTime() - begin) / 1e6);
            Thread.sleep(100);
        }
        return millis.build().toArray();
    }

    static void add(Report report, String when, double[] millis) {
        report.row(
                when,
                Map.of("ms", millis),
                Report.median(millis),
                Report.quantile(millis, 0.95),
                Report.quantile(millis, 1),
                millis.length);
    }
}
