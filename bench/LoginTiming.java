import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Measures whether the time of a failed log-in reveals why it failed; see bench/login-timing. */
class LoginTiming {

    static final int TRIES = 60;
    static final int WARM_UP = 10;
    static final double ALLOWED_DIFFERENCE = 0.10;

    record Attempt(String who, String email, String password) {}

    public static void main(String... arguments) throws Exception {
        var tries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TRIES;
        double difference;
        try (var database = Database.empty();
                var service = Service.started("login-timing", database)) {
            difference = difference(service.api(), database, tries);
        }
        System.exit(difference >= ALLOWED_DIFFERENCE && tries >= TRIES ? 1 : 0);
    }

    static double difference(Api api, Database database, int tries) throws Exception {
        Api.successful(api.signUp("known@example.com"));
        Api.successful(api.signUp("disabled@example.com"));
        database.execute("update users set disabled = true where email = 'disabled@example.com'");
        for (var cost : new int[] {10, 13}) {
            database.execute("""
                    insert into users (id, email, hashed_password) values (gen_random_uuid(), 'cost%1$d@example.com',
                        '$2b$%1$d$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui')
                    """.formatted(cost));
        }
        database.execute("""
                insert into users (id, email, hashed_password) values (gen_random_uuid(), 'folded@example.com',
                    '$2a$12$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui')
                """);
        var attempts = List.of(
                new Attempt("unknown email", "unknown@example.com", Api.PASSWORD),
                new Attempt("wrong password", "known@example.com", "not the password"),
                new Attempt("wrong password, hash of cost 10", "cost10@example.com", "not the password"),
                new Attempt("wrong password, hash of cost 13", "cost13@example.com", "not the password"),
                new Attempt("wrong password, hash of an earlier release", "folded@example.com", "not the password"),
                new Attempt("disabled user", "disabled@example.com", Api.PASSWORD));

        var millis = new double[attempts.size()][tries];
        for (var round = -Math.min(WARM_UP, tries); round < tries; round++) {
            for (var i = 0; i < attempts.size(); i++) {
                var spent = millisOfRefusal(api, attempts.get(i));
                if (round >= 0) {
                    millis[i][round] = spent;
                }
            }
        }

        var report = new Report(
                "login-timing", "| log-in of | median, ms | fastest to slowest |", "| %s | %.1f | %.1f to %.1f |");
        for (var i = 0; i < attempts.size(); i++) {
            var all = millis[i];
            report.row(
                    attempts.get(i).who,
                    Map.of("ms", all),
                    Report.median(all),
                    Report.quantile(all, 0),
                    Report.quantile(all, 1));
        }
        var medians = Arrays.stream(millis).mapToDouble(Report::median).summaryStatistics();
        var difference = medians.getMax() / medians.getMin() - 1;
        report.print(
                "%nThe medians differ by %.1f %% (allowed: %.0f %%).", 100 * difference, 100 * ALLOWED_DIFFERENCE);
        report.write();
        return difference;
    }

    static double millisOfRefusal(Api api, Attempt attempt) throws Exception {
        var begin = System.nanoTime();
        var answer = api.logIn(attempt.email, attempt.password);
        var spent = (System.nanoTime() - begin) / 1e6;
        if (answer.statusCode() != 401) {
            throw new IllegalStateException(attempt.who + ": " + answer.statusCode());
        }
        return spent;
    }
}
