import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A user with fifty tasks who lists them, reads one and creates one in turn, and waits for each response. */
final class QuietCaller {

    private static final int PAUSE_MILLIS = 10;
    /** The minimum of calls of each kind, unless they take more than EXTENSION times the given time. */
    private static final int MIN_CALLS = 30;

    private static final int EXTENSION = 4;

    private static final String NEW_TASK = "{\"title\":\"Buy milk\"}";

    private final Api api;
    private final String token;
    private final String task;

    QuietCaller(Api api) throws Exception {
        this.api = api;
        this.token = api.tokenOfSomebodyNew();
        var tasks = IntStream.range(0, 50)
                .mapToObj(number -> "{\"title\":\"Task " + number + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        Api.successful(api.post("/tasks/import", "application/json", tasks, token));
        task = Api.successful(api.post("/tasks", "application/json", NEW_TASK, token))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    /** The durations of one kind of call, and how many got no response or an error. */
    record Measured(double[] millis, int failures) {

        double p(double part) {
            return millis.length == 0 ? Double.NaN : Report.quantile(millis, part);
        }
    }

    private interface Call {
        HttpResponse<String> send() throws Exception;
    }

    Map<String, Measured> call(double seconds) throws Exception {
        var calls = new LinkedHashMap<String, Call>();
        calls.put("GET /tasks?limit=20", () -> api.get("/tasks?limit=20", token));
        calls.put("GET /tasks/{id}", () -> api.get(task, token));
        calls.put("POST /tasks", () -> api.post("/tasks", "application/json", NEW_TASK, token));

        var millis = new LinkedHashMap<String, DoubleStream.Builder>();
        var failures = new LinkedHashMap<String, Integer>();
        calls.keySet().forEach(name -> {
            millis.put(name, DoubleStream.builder());
            failures.put(name, 0);
        });
        var begun = System.nanoTime();
        var rounds = 0;
        while (isDue(seconds, (System.nanoTime() - begun) / 1e9, rounds++)) {
            for (var call : calls.entrySet()) {
                var begin = System.nanoTime();
                if (!succeeds(call.getValue())) {
                    failures.merge(call.getKey(), 1, Integer::sum);
                }
                millis.get(call.getKey()).add((System.nanoTime() - begin) / 1e6);
                Thread.sleep(PAUSE_MILLIS);
            }
        }
        var measured = new LinkedHashMap<String, Measured>();
        millis.forEach(
                (name, all) -> measured.put(name, new Measured(all.build().toArray(), failures.get(name))));
        return measured;
    }

    private static boolean isDue(double seconds, double passed, int rounds) {
        return passed < seconds || rounds < MIN_CALLS && passed < EXTENSION * seconds;
    }

    private static boolean succeeds(Call call) throws InterruptedException {
        try {
            return call.send().statusCode() < 300;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception noAnswer) {
            return false;
        }
    }
}
