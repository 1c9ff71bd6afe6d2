import java.util.Random;
import java.util.function.Predicate;

/** Changes one task at a time, tracks the expected result and verifies it. */
final class QuietUser extends Thread {

    private static final int PAUSE_MILLIS = 200;
    private static final int MAX_TASKS = 120;

    private final ChaosRun run;
    private final Random random;
    private final TaskModel model;
    private final TaskReader reader;
    private final EventFollower follower;
    private final TaskMaker maker;
    private final TaskChanger changer;
    private final String userId;
    private volatile boolean isOver;

    QuietUser(ChaosRun run, String userId, String token, int index, long seed) {
        super("quiet user " + index);
        this.run = run;
        this.userId = userId;
        random = new Random(seed);
        var client = new ChaosClient(run, token, random);
        model = new TaskModel(userId, run.violations());
        reader = new TaskReader(run, client, model);
        var loader = new TaskReader(run, new ChaosClient(run, token, new Random(seed + 1)), model);
        follower = new EventFollower(run, token, loader::readAll, seed + 2);
        maker = new TaskMaker(client, model, reader, random, "m" + index + "x");
        changer = new TaskChanger(run, client, model, reader, random);
    }

    void begin() throws InterruptedException {
        follower.start();
        while (!follower.hasBegun()) {
            Thread.sleep(20);
        }
        start();
    }

    void end() throws InterruptedException {
        isOver = true;
        join();
    }

    String userId() {
        return userId;
    }

    TaskModel model() {
        return model;
    }

    TaskReader reader() {
        return reader;
    }

    EventFollower follower() {
        return follower;
    }

    @Override
    public void run() {
        try {
            while (!isOver) {
                act();
                reader.settleIfCalm();
                Thread.sleep(random.nextInt(2 * PAUSE_MILLIS));
            }
        } catch (Exception e) {
            run.violations().add("the chaos test itself works", getName() + ": " + e);
            e.printStackTrace();
        }
    }

    private void act() throws Exception {
        var action = random.nextInt(100);
        var isThere = (Predicate<ExpectedTask>) task -> !task.isDeleted();
        if (action < 22) {
            if (model.certain(isThere).size() > MAX_TASKS) {
                changer.clear();
            } else {
                maker.create();
            }
        } else if (action < 45) {
            with(isThere, changer::change);
        } else if (action < 57) {
            with(changer::mayBeCompleted, changer::complete);
        } else if (action < 65) {
            with(isThere, changer::delete);
        } else if (action < 70) {
            with(ExpectedTask::isDeleted, changer::restore);
        } else if (action < 74) {
            maker.importSome(random.nextInt(3) == 0);
        } else if (action < 76) {
            maker.createBadly();
        } else if (action < 84) {
            with(task -> true, reader::readOne);
        } else if (action < 88) {
            reader.checkAll();
        } else if (action < 92) {
            with(task -> true, reader::search);
        } else {
            reader.syncCopy();
        }
    }

    private interface Action {
        void with(ExpectedTask task) throws Exception;
    }

    /** Runs the action with a random matching task whose state is certain, if there is one. */
    private void with(Predicate<ExpectedTask> filter, Action action) throws Exception {
        var task = model.any(random, filter);
        if (task != null) {
            action.with(task);
        }
    }
}
