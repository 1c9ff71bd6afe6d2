import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Measures whether lists take longer if there are many tasks; see bench/big-list. */
class BigList {

    static final int TRIES = 100;
    static final int MANY = 100_000;
    static final int FEW = 50;
    static final int OTHERS = 1_000;
    static final int WARM_UP = 20;
    static final double ALLOWED_RATIO = 1.5;

    static final List<String> SORTS = List.of("created_at", "updated_at", "due_at", "priority", "title");

    /** Their pages are full for both users, except for rare filters, which match fewer tasks than fit on a page. */
    static final List<String> FILTERS = List.of(
            "completed=true",
            "completed=false",
            "priority=low",
            "priority=low&priority=high",
            "priority=high",
            "tag=often",
            "tag=sometimes",
            "tag=rarely",
            "overdue=false",
            "overdue=true",
            "overdue=true&sort=due_at",
            "due_after=" + Reader.NOW,
            "due_before=" + Reader.NOW,
            "due_before=" + Reader.NOW + "&sort=due_at",
            "due_after=" + Reader.NOW + "&due_before=" + Reader.SOON + "&completed=false",
            "updated_since=2020-01-01T00:00:00Z&sort=updated_at",
            "completed=false&priority=high&tag=often&sort=title");

    static final List<String> SEARCHES = List.of(
            "q=each",
            "q=often",
            "q=sometimes",
            "q=rarely",
            "q=never",
            "q=eac+oft",
            "q=each+rarely",
            "q=sometimes&sort=title",
            "q=rarely&sort=-due_at",
            "q=often&completed=false&sort=priority",
            "q=sometimes&tag=often");

    final int tries;
    final Reader few;
    final Reader many;
    final Report report;
    double worstRatio;

    BigList(int tries, Reader few, Reader many) {
        this.tries = tries;
        this.few = few;
        this.many = many;
        this.report = new Report(
                "big-list",
                "| GET /tasks? | " + few.tasks() + " tasks, ms | " + many.tasks() + " tasks, ms | ratio |",
                "| %s | %.2f | %.2f | %.2f |");
    }

    public static void main(String... arguments) throws Exception {
        var tries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : TRIES;
        var tasks = arguments.length > 1 ? Integer.parseInt(arguments[1]) : MANY;
        double ratio;
        try (var database = Database.empty();
                var service = Service.started("big-list", database)) {
            var many = Reader.with(tasks, service.api());
            var few = Reader.with(FEW, service.api());
            many.copyTasksTo(OTHERS * tasks / MANY, database);
            ratio = new BigList(tries, few, many).worstRatio();
        }
        System.exit(ratio > ALLOWED_RATIO && tries >= TRIES && tasks >= MANY ? 1 : 0);
    }

    double worstRatio() throws Exception {
        compare("first page", "");
        for (var sort : SORTS) {
            for (var direction : List.of("", "-")) {
                compareFromTheMiddle("sort=" + direction + sort);
            }
        }
        var others = new ArrayList<>(FILTERS);
        others.addAll(SEARCHES);
        for (var query : others) {
            compare(query, query + "&limit=" + Reader.RARE);
        }
        report.print("%nMedians of %d runs each, in turns. Ratio allowed: %.1f.", tries, ALLOWED_RATIO);
        report.write();
        return worstRatio;
    }

    void compareFromTheMiddle(String query) throws Exception {
        compare(query, query);
        compare(query + ", in the middle", fromTheMiddle(query, few), fromTheMiddle(query, many));
    }

    void compare(String name, String query) throws Exception {
        compare(name, query, query);
    }

    void compare(String name, String queryOfFew, String queryOfMany) throws Exception {
        var ofFew = new double[tries];
        var ofMany = new double[tries];
        for (var attempt = -Math.min(WARM_UP, tries); attempt < tries; attempt++) {
            var spentOnFew = millisFor(queryOfFew, few);
            var spentOnMany = millisFor(queryOfMany, many);
            if (attempt >= 0) {
                ofFew[attempt] = spentOnFew;
                ofMany[attempt] = spentOnMany;
            }
        }
        var ratio = Report.median(ofMany) / Report.median(ofFew);
        worstRatio = Math.max(worstRatio, ratio);
        report.row(
                name,
                Map.of("ms_few", ofFew, "ms_many", ofMany),
                Report.median(ofFew),
                Report.median(ofMany),
                ratio);
    }

    static double millisFor(String query, Reader reader) throws Exception {
        var begin = System.nanoTime();
        reader.list(query);
        return (System.nanoTime() - begin) / 1e6;
    }

    /** The query that continues after half of the tasks. */
    static String fromTheMiddle(String query, Reader reader) throws Exception {
        var next = Pattern.compile("[?&]cursor=([^&>]+)");
        var half = reader.tasks() / 2;
        var perPage = Math.min(half, 200);
        var cursor = "";
        for (var passed = 0; passed < half; passed += perPage) {
            var page = reader.list(query + "&limit=" + perPage + cursor);
            var link = next.matcher(page.headers().firstValue("Link").orElseThrow());
            link.find();
            cursor = "&cursor=" + link.group(1);
        }
        return query + cursor + "&limit=" + FEW / 2;
    }
}
