import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** One kind of load by one user, on that many threads, each of which repeats its call without a pause. */
record Noise(String name, int parallel, Once once) {

    private static final int PAUSE_AFTER_FAILURE_MILLIS = 50;

    /** The call that a thread repeats. Returns the outcome. */
    interface Once {
        String happen(NoisyUser user) throws Exception;
    }

    static List<Noise> all() {
        return List.of(
                new Noise("100 concurrent lists of 200 large tasks", 100, NoisyUser::list),
                new Noise("100 concurrent searches", 100, NoisyUser::search),
                new Noise("4 exports", 4, NoisyUser::export),
                new Noise("1.7 MB import", 1, NoisyUser::importMany),
                new Noise("import of many distinct words", 1, NoisyUser::importDense),
                new Noise("4 invalid imports", 4, NoisyUser::importNonsense),
                new Noise("10 writers", 10, NoisyUser::write),
                new Noise("100 writers", 100, NoisyUser::write),
                new Noise("40 wrong current passwords", 40, NoisyUser::proveWrongPassword),
                new Noise("20 log-ins with a wrong password", 20, NoisyUser::logInWithWrongPassword),
                new Noise("20 event streams", 20, NoisyUser::stream),
                new Noise("30 clients hanging up", 30, user -> new OddClient(user).hangUp()),
                new Noise("50 clients not reading", 50, user -> new OddClient(user).doNotRead()),
                new Noise("30 slow uploads", 30, user -> new OddClient(user).trickle()),
                new Noise("4 clients with malformed framing", 4, user -> new OddClient(user).malform()),
                new Noise("2 endless bodies", 2, user -> new OddClient(user).flood()));
    }

    static Noise named(String name) {
        return all().stream()
                .filter(noise -> noise.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Runs until closed. */
    Running begin(NoisyUser user, Tally outcomes) {
        var threads = Executors.newFixedThreadPool(parallel);
        var running = new Running(threads);
        for (var thread = 0; thread < parallel; thread++) {
            threads.submit(() -> repeat(user, outcomes, running));
        }
        return running;
    }

    private void repeat(NoisyUser user, Tally outcomes, Running running) {
        while (!running.isOver) {
            try {
                var outcome = once.happen(user);
                outcomes.count(name, outcome);
                if (outcome.equals("429") || outcome.equals("503")) {
                    Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException failure) {
                outcomes.count(name, "no response");
                pause();
            } catch (Exception failure) {
                outcomes.count(name, failure.toString());
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A running load. */
    static final class Running implements AutoCloseable {

        private final ExecutorService threads;
        private volatile boolean isOver;

        private Running(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public void close() throws InterruptedException {
            isOver = true;
            threads.shutdownNow();
            threads.awaitTermination(30, TimeUnit.SECONDS);
        }
    }
}
