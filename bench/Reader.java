import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A user with that many tasks. The words in a title are also its tags and say how common they are. */
record Reader(Api api, String token, int tasks) {

    /** The number of tasks with the rare word, however many there are. */
    static final int RARE = 10;

    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    static final Instant SOON = NOW.plus(20 * 365, ChronoUnit.DAYS);

    private static final int TASKS_PER_IMPORT = 10_000;
    private static final int TASKS_OF_OTHERS = 100;

    static Reader with(int tasks, Api api) throws Exception {
        var token = api.tokenOfSomebodyNew();
        for (var start = 0; start < tasks; start += TASKS_PER_IMPORT) {
            var rows = IntStream.range(start, Math.min(tasks, start + TASKS_PER_IMPORT))
                    .mapToObj(number -> task(number, tasks))
                    .collect(Collectors.joining(",", "[", "]"));
            Api.successful(api.post("/tasks/import", "application/json", rows, token));
        }
        return new Reader(api, token, tasks);
    }

    HttpResponse<String> list(String query) throws Exception {
        return Api.successful(api.get("/tasks?" + query, token));
    }

    /** Creates that many other users with copies of 100 tasks each. Search terms start with the owner's id. */
    void copyTasksTo(int others, Database database) throws SQLException {
        database.execute("""
                with others as (
                  insert into users (id, email, hashed_password)
                  select gen_random_uuid(), gen_random_uuid() || '@example.com', 'none'
                  from generate_series(1, %d)
                  returning id
                ), copied as (
                  select * from tasks
                  where user_id = (select user_id from tasks group by user_id having count(*) = %d)
                  order by md5(id::text) limit %d
                )
                insert into tasks (id, user_id, title, description, completed, completed_at, priority, due_at, tags,
                                   created_at, updated_at, terms)
                select gen_random_uuid(), o.id, title, description, completed, completed_at, priority, due_at, tags,
                       created_at, updated_at,
                       array(select right(o.id::text, 6) || substr(term, 7) from unnest(terms) as term)
                from others o, copied
                """.formatted(others, tasks, TASKS_OF_OTHERS));
        database.execute("vacuum analyze");
    }

    /** Half of the tasks are open, 10 are overdue. */
    private static String task(int number, int tasks) {
        var isRare = number % (tasks / RARE) == tasks / RARE / 2;
        var isSometimes = number % (tasks < 1_000 ? 2 : 100) == 0;
        var isOften = number % 5 != 0;
        var words = new ArrayList<String>();
        if (isRare) {
            words.add("rarely");
        }
        if (isSometimes) {
            words.add("sometimes");
        }
        if (isOften) {
            words.add("often");
        }
        var due = isRare
                ? "\"" + NOW.minus(number + 1, ChronoUnit.HOURS) + "\""
                : number % 3 == 0 ? "null" : "\"" + NOW.plus(number + 1, ChronoUnit.HOURS) + "\"";
        return """
                {"title":"%d each %s","description":"%s","completed":%b,"priority":"%s","due_at":%s,"tags":[%s],\
                "created_at":"%s"}"""
                .formatted(
                        number * 7919L % tasks,
                        String.join(" ", words),
                        "What there is to say of it, as long as such texts are. ".repeat(3),
                        number % 2 == 0 && !isRare,
                        isRare ? "high" : number % 3 == 1 ? "low" : "medium",
                        due,
                        words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(",")),
                        NOW.minus(number + 1, ChronoUnit.MINUTES));
    }
}
