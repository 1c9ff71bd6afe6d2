package dev.todo;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Two services on their own database, shared by the tests of a class. */
public abstract class TwoReplicas {

    private static OwnPostgres postgres;
    private static List<Replica> replicas;

    @BeforeAll
    static void start() throws Exception {
        postgres = new OwnPostgres();
        replicas = Replica.start(2, postgres.freshDatabase(), Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        for (var replica : replicas) {
            replica.close();
        }
        postgres.close();
    }

    protected static Replica one() {
        return replicas.get(0);
    }

    protected static Replica other() {
        return replicas.get(1);
    }
}
