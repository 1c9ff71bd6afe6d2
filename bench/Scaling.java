import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Models the resources for a number of users and the first limits; see bench/scaling. */
class Scaling {

    static final List<String> INPUTS = new ArrayList<>();

    // CPU time of a request to the executable, measured in a slow hour and before the last changes of decision 16
    static final double LIST_SERVICE = measured(0.40, "ms", "service, a list (CPU)");
    static final double LIST_POSTGRES = measured(0.16, "ms", "PostgreSQL, a list (CPU)");
    static final double WRITE_SERVICE = measured(0.31, "ms", "service, a write: two new tasks to six changes (CPU)");
    static final double WRITE_POSTGRES = measured(0.46, "ms", "PostgreSQL, a write (CPU)");
    static final double HASH = measured(306, "ms", "hashing a password at cost 12 on the JVM (executable: 325)");

    // An idle event stream
    static final double STREAM_SERVICE = measured(0.015, "ms/s", "service, an idle event stream (CPU)");
    static final double STREAM_POSTGRES = measured(0.0007, "ms/s", "PostgreSQL, an idle event stream (CPU)");
    static final double STREAM_MEMORY = measured(113, "KiB", "memory of an event stream, at most, on the JVM");
    static final double REPLICA_MEMORY = measured(122, "MiB", "memory of a replica (executable) without event streams");

    // Bytes of a row with its share of the indexes, in newly filled tables
    static final double USER = measured(310, "B", "a row of users");
    static final double TASK = measured(1350, "B", "a row of tasks, half of them with a description");
    static final double SESSION = measured(350, "B", "a row of sessions");
    static final double ADDRESS = measured(133, "B", "a row of known_addresses");
    static final double KEY = measured(730, "B", "a row of idempotency_keys");
    static final double WAL_OF_CREATION = measured(4500, "B", "WAL of a new task, without full pages");
    static final double WAL_OF_CHANGE = measured(4200, "B", "WAL of a changed task, without full pages");

    static final double NOTIFIES = measured(21000, "/s", "NOTIFY for 20 users, on eight connections");

    // How people use it
    static final double ACTIVE = assumed(20, "%", "users active per day") / 100;
    static final double READS = assumed(30, "", "reads per active user and day");
    static final double CREATIONS = assumed(2, "", "new tasks per active user and day");
    static final double CHANGES = assumed(6, "", "other changes per active user and day");
    static final double REFRESHES = assumed(4, "", "refreshes per active user and day, one per page load");
    static final double LOG_INS = assumed(0.05, "", "log-ins per active user and day");
    static final double PEAK = assumed(5, "", "peak load relative to the daily average");
    static final double STREAMING = assumed(10, "%", "active users with the page open at the peak") / 100;
    static final double KEPT = assumed(70, "%", "new tasks that still exist after a year") / 100;
    static final double SESSIONS = assumed(1, "", "sessions per user");
    static final double WAVE = assumed(10, "%", "active users who log in within ten minutes in a wave") / 100;

    // How it is run
    static final double BUSY = assumed(60, "%", "CPU utilization at the peak") / 100;
    static final double ROUND_TRIP = assumed(0.5, "ms", "round trip to the database");
    static final double POOL = assumed(7, "", "pool of a replica, as in deploy/kubernetes");
    static final double SPARE = assumed(4, "", "PgBouncer's server connections per busy connection");
    static final double FULL_PAGES = assumed(2, "", "WAL with full pages relative to without");
    static final double BLOAT = assumed(1.3, "", "size of tables in use relative to new ones");
    static final double HOT = assumed(20, "%", "storage that should fit into PostgreSQL's memory") / 100;

    static final double DAY = 24 * 60 * 60;
    static final double GIB = 1 << 30;
    static final double MILLION = 1e6;
    /** Statements of a list and of a write, including authentication. */
    static final int STATEMENTS_OF_READ = 2;

    static final int STATEMENTS_OF_WRITE = 3;
    /** The hourly cleanup removes keys that are older than a day. */
    static final double DAYS_OF_KEYS = 25 / 24.0;

    static final double ADDRESSES_OF_USER = 3;
    static final double NOTIFIES_OF_REPLICA = 1000 / 20.0;

    /** The resources for a number of users. */
    record Model(double users) {

        double active() {
            return users * ACTIVE;
        }

        double atPeak(double perActiveUserAndDay) {
            return active() * perActiveUserAndDay / DAY * PEAK;
        }

        double writes() {
            return atPeak(CREATIONS + CHANGES);
        }

        double requests() {
            return atPeak(READS + REFRESHES + LOG_INS) + writes();
        }

        double streams() {
            return active() * STREAMING;
        }

        /** A refresh writes as much as a change does. */
        double serviceOfRequests() {
            return (atPeak(READS) * LIST_SERVICE + (writes() + atPeak(REFRESHES + LOG_INS)) * WRITE_SERVICE) / 1000;
        }

        double serviceOfStreams() {
            return streams() * STREAM_SERVICE / 1000;
        }

        double hashing() {
            return atPeak(LOG_INS) * HASH / 1000;
        }

        double service() {
            return serviceOfRequests() + serviceOfStreams() + hashing();
        }

        double hashingInWave() {
            return active() * WAVE / 600 * HASH / 1000;
        }

        double replicas() {
            return Math.max(2, Math.ceil(service() / BUSY));
        }

        double replicasMemory() {
            return replicas() * REPLICA_MEMORY / 1024 + streams() * STREAM_MEMORY / (1 << 20);
        }

        /** A read replica could serve lists, but not the authentication before them: about half. */
        double postgresOfListsAlone() {
            return atPeak(READS) * LIST_POSTGRES / STATEMENTS_OF_READ / 1000;
        }

        double postgresOfRequests() {
            return (atPeak(READS) * LIST_POSTGRES + (writes() + atPeak(REFRESHES + LOG_INS)) * WRITE_POSTGRES) / 1000;
        }

        double postgresOfStreams() {
            return streams() * STREAM_POSTGRES / 1000;
        }

        double postgres() {
            return postgresOfRequests() + postgresOfStreams();
        }

        double connections() {
            return replicas() * (POOL + 1);
        }

        /** By Little's law, from the time that a request holds a connection. */
        double busyConnections() {
            var reading = atPeak(READS) * (LIST_POSTGRES + STATEMENTS_OF_READ * ROUND_TRIP);
            var writing = (requests() - atPeak(READS)) * (WRITE_POSTGRES + STATEMENTS_OF_WRITE * ROUND_TRIP);
            return (reading + writing + streams() * STREAM_POSTGRES) / 1000;
        }

        double connectionsOfPooler() {
            return Math.max(5, Math.ceil(busyConnections() * SPARE)) + replicas();
        }

        double tasks() {
            return active() * CREATIONS * 365 * KEPT;
        }

        double accountBytes() {
            return BLOAT * users * (USER + SESSIONS * SESSION + ADDRESSES_OF_USER * ADDRESS);
        }

        double taskBytes() {
            return BLOAT * (tasks() * TASK + active() * CREATIONS * DAYS_OF_KEYS * KEY);
        }

        double storage() {
            return accountBytes() + taskBytes();
        }

        double walADay() {
            return FULL_PAGES * active() * (CREATIONS * WAL_OF_CREATION + (CHANGES + REFRESHES) * WAL_OF_CHANGE);
        }

        double walAtPeak() {
            return walADay() / DAY * PEAK;
        }

        double notifies() {
            return Math.min(writes(), replicas() * NOTIFIES_OF_REPLICA);
        }

        double memory() {
            return storage() * HOT;
        }

        String size() {
            var cores = postgres() / BUSY;
            var gib = memory() / GIB;
            return cores <= 2 && gib <= 8
                    ? "small"
                    : cores <= 8 && gib <= 32
                            ? "medium"
                            : cores <= 32 && gib <= 128 ? "large" : cores <= 96 && gib <= 768 ? "largest" : "shards";
        }
    }

    /** A limit, and the number of users that reaches it. */
    record Limit(String what, String limit, double users) {

        static Limit of(String what, String limit, double most, ToDoubleFunction<Model> need) {
            return new Limit(what, limit, most / need.applyAsDouble(new Model(MILLION)) * MILLION);
        }
    }

    public static void main(String... arguments) {
        print("| input | value | |", "| --- | ---: | --- |");
        INPUTS.forEach(System.out::println);

        print("", "| | 10 k users | 100 k | 1 M | 10 M |", "| --- | ---: | ---: | ---: | ---: |");
        row("active users per day", Model::active);
        row("event streams", Model::streams);
        row("requests/s", Model::requests);
        row("- of these, writes/s", Model::writes);
        row("service, cores busy: requests", Model::serviceOfRequests);
        row("service, cores busy: event streams", Model::serviceOfStreams);
        row("service, cores busy: log-ins", Model::hashing);
        row("cores needed by a wave of log-ins", Model::hashingInWave);
        row("replicas with one core", Model::replicas);
        row("memory of all replicas, GiB", Model::replicasMemory);
        row("PostgreSQL, cores busy: requests", Model::postgresOfRequests);
        row("- of these, for a read replica", Model::postgresOfListsAlone);
        row("PostgreSQL, cores busy: event streams", Model::postgresOfStreams);
        row("connections without a pooler", Model::connections);
        row("connections busy on average", Model::busyConnections);
        row("connections with PgBouncer, including listeners", Model::connectionsOfPooler);
        row("notifications/s", Model::notifies);
        row("WAL, MB/s", model -> model.walAtPeak() / 1e6);
        row("WAL per day, GB", model -> model.walADay() / 1e9);
        row("tasks after a year", Model::tasks);
        row("storage after a year, GB", model -> model.storage() / 1e9);
        row("- of these, accounts and sessions, GB", model -> model.accountBytes() / 1e9);
        row("PostgreSQL memory, GiB", model -> model.memory() / GIB);
        textRow("PostgreSQL instance class", Model::size);

        print("", "| what | limit | users |", "| --- | --- | ---: |");
        List.of(
                        Limit.of("the autoscaler as deployed", "10 pods with 0.2 cores", 2, Model::service),
                        Limit.of("100 connections, no pooler", "12 replicas with one core", 12 * BUSY, Model::service),
                        Limit.of("a wave of log-ins", "10 cores", 10, Model::hashingInWave),
                        Limit.of("one PostgreSQL with 8 cores", "60 % utilization", 8 * BUSY, Model::postgres),
                        Limit.of("one PostgreSQL with 32 cores", "60 % utilization", 32 * BUSY, Model::postgres),
                        Limit.of("- without event streams", "60 % utilization", 32 * BUSY, Model::postgresOfRequests),
                        Limit.of("the WAL of one primary", "100 MB/s", 100e6, Model::walAtPeak),
                        Limit.of("NOTIFY, which serializes commits", "as measured", NOTIFIES, Model::writes))
                .stream()
                .sorted(Comparator.comparing(Limit::users))
                .forEach(limit -> print("| " + limit.what + " | " + limit.limit + " | " + rounded(limit.users) + " |"));
    }

    static double measured(double value, String unit, String what) {
        return input(value, unit, what, "measured");
    }

    static double assumed(double value, String unit, String what) {
        return input(value, unit, what, "assumed");
    }

    static double input(double value, String unit, String what, String origin) {
        INPUTS.add("| %s | %s %s | %s |".formatted(what, plain(value), unit, origin).replace("  ", " "));
        return value;
    }

    static void row(String what, ToDoubleFunction<Model> value) {
        textRow(what, model -> rounded(value.applyAsDouble(model)));
    }

    static void textRow(String what, Function<Model, String> value) {
        var line = new StringBuilder("| " + what + " |");
        for (var users = 1e4; users <= 1e7; users *= 10) {
            line.append(' ').append(value.apply(new Model(users))).append(" |");
        }
        print(line.toString());
    }

    /** Rounds to two digits: the model is not more precise. */
    static String rounded(double value) {
        var two = new BigDecimal(value).round(new MathContext(2)).doubleValue();
        return two >= 1e6 ? plain(two / 1e6) + " M" : two >= 1e4 ? plain(two / 1e3) + " k" : plain(two);
    }

    static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    static void print(String... lines) {
        for (var line : lines) {
            System.out.println(line);
        }
    }
}
