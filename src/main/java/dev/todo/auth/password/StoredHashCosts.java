package dev.todo.auth.password;

import dev.todo.config.Settings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/**
 * The costs of the hashes in the database. Not all are BCRYPT_COST: it may change, and hashes may come from elsewhere.
 */
@Singleton
class StoredHashCosts {

    // BCRYPT_COST is 15 at most. A hash of a higher cost takes its own time, even if that reveals something.
    private static final String COST = """
            (select max(left(hashed_password, 6) collate "C") from users
            where left(hashed_password, 6) collate "C" > '$2%1$s$' and left(hashed_password, 6) collate "C" < '$2%1$s$16')
            """;

    private static final String HIGHEST_OF_EACH_VERSION =
            "select " + COST.formatted("a") + ", " + COST.formatted("b") + ", " + COST.formatted("y");

    private final Pool database;
    private final int own;

    StoredHashCosts(Pool database, Settings settings) {
        this.database = database;
        this.own = settings.bcryptCost();
    }

    /** The highest cost of all hashes, including ours, and that of $2a$ (0 if there is none). */
    record Highest(int any, int legacy) {}

    Uni<Highest> highest() {
        return database.preparedQuery(HIGHEST_OF_EACH_VERSION).execute().map(rows -> {
            var row = rows.iterator().next();
            var legacy = cost(row.getString(0));
            return new Highest(
                    Math.max(Math.max(own, legacy), Math.max(cost(row.getString(1)), cost(row.getString(2)))), legacy);
        });
    }

    private static int cost(String begin) {
        return begin != null && begin.matches("\\$2[aby]\\$\\d\\d") ? Integer.parseInt(begin, 4, 6, 10) : 0;
    }
}
