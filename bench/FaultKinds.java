import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The kinds of faults that the chaos test injects. */
final class FaultKinds {

    /** A fault. When the method returns, the fault is over and everything is restored. */
    interface Fault {
        void happen() throws Exception;
    }

    private final FragileDatabase database;
    private final TcpProxy proxy;
    private final List<Replica> replicas;
    private final Violations violations;
    private final Random random;

    FaultKinds(FragileDatabase database, TcpProxy proxy, List<Replica> replicas, Violations violations, Random random) {
        this.database = database;
        this.proxy = proxy;
        this.replicas = replicas;
        this.violations = violations;
        this.random = random;
    }

    /** The faults by name. */
    Map<String, Fault> all() {
        var faults = new LinkedHashMap<String, Fault>();
        faults.put("replica killed", this::killReplica);
        faults.put("replica stopped by SIGTERM", this::stopReplica);
        faults.put("database paused", this::pauseDatabase);
        faults.put("database restarted", this::restartDatabase);
        faults.put("database killed", this::killDatabase);
        faults.put("database refuses connections", this::refuseConnections);
        faults.put("database connections cut", this::cutConnections);
        faults.put("database responses lost", this::loseAnswers);
        faults.put("database slow (100 ms)", this::delayDatabase);
        faults.put("database read-only", this::makeReadOnly);
        faults.put("rows locked", this::lockRows);
        faults.put("statements cancelled", () -> signalStatements("pg_cancel_backend"));
        faults.put("connections terminated", () -> signalStatements("pg_terminate_backend"));
        return faults;
    }

    private Replica anyReplica() {
        return replicas.get(random.nextInt(replicas.size()));
    }

    private void killReplica() throws Exception {
        var replica = anyReplica();
        replica.kill();
        restart(replica);
    }

    private void stopReplica() throws Exception {
        var replica = anyReplica();
        var exitCode = replica.stop();
        if (exitCode != 0 && exitCode != 143) {
            violations.add("SIGTERM shuts a replica down cleanly", replica.name() + ": exit code " + exitCode);
        }
        restart(replica);
    }

    private void restart(Replica replica) throws Exception {
        replica.launch();
        try {
            replica.awaitReadiness();
        } catch (IllegalStateException notReady) {
            violations.add("a replica becomes ready after its database", notReady.getMessage());
        }
    }

    private void pauseDatabase() throws Exception {
        database.pause();
        try {
            Thread.sleep(1_000 + random.nextInt(9_000));
        } finally {
            database.resume();
        }
    }

    private void restartDatabase() throws Exception {
        database.stop();
        database.start();
    }

    private void killDatabase() throws Exception {
        database.kill();
        database.start();
    }

    private void refuseConnections() throws Exception {
        proxy.refuse();
        Thread.sleep(1_000 + random.nextInt(4_000));
        proxy.acceptAgain();
    }

    private void cutConnections() throws Exception {
        for (var time = 0; time < 5; time++) {
            proxy.cut();
            Thread.sleep(random.nextInt(500));
        }
    }

    private void loseAnswers() throws Exception {
        proxy.loseAnswers(true);
        Thread.sleep(500 + random.nextInt(3_000));
        proxy.cut();
        proxy.loseAnswers(false);
    }

    private void delayDatabase() throws Exception {
        proxy.delay(50);
        Thread.sleep(4_000);
        proxy.delay(0);
    }

    private void makeReadOnly() throws Exception {
        database.execute("alter system set default_transaction_read_only = on", "select pg_reload_conf()");
        Thread.sleep(2_000 + random.nextInt(4_000));
        database.execute("alter system reset default_transaction_read_only", "select pg_reload_conf()");
        for (var replica : replicas) {
            awaitReadiness(replica);
        }
    }

    /** Waits at most the ten seconds that a failover may take. */
    private void awaitReadiness(Replica replica) throws Exception {
        var end = System.nanoTime() + (long) (10 * ChaosRun.PATIENCE * 1e9);
        while (!replica.isReady()) {
            if (System.nanoTime() > end) {
                violations.add("a replica becomes ready after its database", replica.name());
                return;
            }
            Thread.sleep(100);
        }
    }

    private void lockRows() throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local lock_timeout = '1s'");
            statement.executeQuery("select 1 from (select id from tasks where deleted_at is null limit 1000) sample"
                    + " join tasks using (id) order by random() limit 100 for update of tasks skip locked");
            statement.executeQuery("select 1 from users order by random() limit 3 for update skip locked");
            Thread.sleep(5_000);
            connection.rollback();
        }
    }

    private void signalStatements(String function) throws Exception {
        for (var time = 0; time < 10; time++) {
            database.execute("select " + function
                    + "(pid) from pg_stat_activity where application_name = 'todo-service'" + " and state <> 'idle'");
            Thread.sleep(random.nextInt(400));
        }
    }
}
