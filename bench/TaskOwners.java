import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many logged-in users with some tasks each. */
final class TaskOwners {

    static final int OWNERS = 200;
    static final int TASKS = 50;

    record Owner(String token, List<String> tasks) {

        String anyTask() {
            return tasks.get(ThreadLocalRandom.current().nextInt(tasks.size()));
        }
    }

    private final Database database;
    private final List<Owner> owners;

    private TaskOwners(Database database, List<Owner> owners) {
        this.database = database;
        this.owners = owners;
    }

    /** Inserts users and sessions by SQL, because logging in each would take as long as the measurement. */
    static TaskOwners make(Api api, Database database) throws Exception {
        database.execute("""
                with owner as (
                  insert into users (id, email, hashed_password)
                  select gen_random_uuid(), 'owner' || number || '@example.com', 'none'
                  from generate_series(1, %d) as number
                  returning id
                )
                insert into sessions (id, user_id, expires_at)
                select gen_random_uuid(), id, now() + interval '30 days' from owner
                """.formatted(OWNERS));
        var owners = new LinkedHashMap<String, Owner>();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            var sessions = statement.executeQuery(
                    "select u.id, u.email, s.id from users u join sessions s on s.user_id = u.id");
            while (sessions.next()) {
                var token = token(sessions.getString(1), sessions.getString(2), sessions.getString(3));
                Api.successful(api.post("/tasks/import", "application/json", tasks(), token));
                owners.put(sessions.getString(1), new Owner(token, new ArrayList<>()));
            }
            var tasks = statement.executeQuery("select user_id, id from tasks");
            while (tasks.next()) {
                owners.get(tasks.getString(1)).tasks.add(tasks.getString(2));
            }
            // So that reset() can delete the tasks that a run adds
            statement.execute("create table first_tasks as select id from tasks");
        }
        return new TaskOwners(database, List.copyOf(owners.values()));
    }

    Owner any() {
        return owners.get(ThreadLocalRandom.current().nextInt(owners.size()));
    }

    /** Deletes tasks added since, so that each run starts with tables of the same size. */
    void reset() throws SQLException {
        database.execute("delete from tasks where not exists (select from first_tasks f where f.id = tasks.id)");
        database.execute("vacuum analyze");
    }

    /** A typical task with texts of typical length. */
    static String newTask() {
        var number = ThreadLocalRandom.current().nextInt(100_000);
        return """
                {"title":"Call the garage about the winter tyres, offer %d",\
                "description":"%s","priority":"%s","due_at":"%s","tags":["car","errands %d"],"completed":%b}"""
                .formatted(
                        number,
                        "They asked to be called before noon and need the size and the make. ".repeat(number % 4),
                        List.of("low", "medium", "high").get(number % 3),
                        Instant.now().plus(number % 1_000, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS),
                        number % 10,
                        number % 3 == 0);
    }

    private static String tasks() {
        return IntStream.range(0, TASKS).mapToObj(i -> newTask()).collect(Collectors.joining(",", "[", "]"));
    }

    private static String token(String user, String email, String session) {
        var now = Instant.now();
        return JWT.create()
                .withIssuer("todo-service")
                .withSubject(user)
                .withClaim("email", email)
                .withArrayClaim("groups", new String[] {"user"})
                .withIssuedAt(now)
                .withExpiresAt(now.plus(7, ChronoUnit.DAYS))
                .withJWTId(UUID.randomUUID().toString())
                .withClaim("sid", session)
                .sign(Algorithm.HMAC256(Service.JWT_SECRET));
    }
}
