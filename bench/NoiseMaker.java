import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs two random kinds of noise per round. Each round uses a new account and deletes it afterwards. */
final class NoiseMaker extends Thread {

    private static final int ROUND_MILLIS = 12_000;
    private static final int KINDS_AT_A_TIME = 2;

    private final List<URI> addresses;
    private final Random random;
    private final Tally outcomes = new Tally();
    private volatile boolean isOver;
    private volatile int rounds;

    NoiseMaker(List<URI> addresses, long seed) {
        super("noise");
        this.addresses = addresses;
        this.random = new Random(seed);
        setDaemon(true);
    }

    Tally outcomes() {
        return outcomes;
    }

    /** The number of completed rounds; with none, there was almost no noise. */
    int rounds() {
        return rounds;
    }

    void end() throws InterruptedException {
        isOver = true;
        join();
    }

    @Override
    public void run() {
        while (!isOver) {
            try {
                round(NoisyUser.registered(addresses));
            } catch (InterruptedException e) {
                return;
            } catch (Exception failure) {
                // The database may be unavailable; retries with another account
                outcomes.count(
                        "noisy account creation",
                        failure.toString().split("\n")[0].replaceAll("localhost:\\d+|[0-9a-f-]{36}", ""));
                pause();
            }
        }
    }

    private void round(NoisyUser user) throws Exception {
        var running = new ArrayList<Noise.Running>();
        var kinds = Noise.all();
        for (var kind = 0; kind < KINDS_AT_A_TIME; kind++) {
            running.add(kinds.get(random.nextInt(kinds.size())).begin(user, outcomes));
        }
        var end = System.nanoTime() + ROUND_MILLIS * 1_000_000L;
        while (!isOver && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        for (var one : running) {
            one.close();
        }
        rounds++;
        outcomes.count("noisy account deletion", user.deleteAccount());
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
