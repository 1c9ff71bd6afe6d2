import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Measures requests per second and their latency; see bench/load. */
class Load {

    static final int SECONDS = 10;

    /** The workloads by name, in measuring order. */
    static final Map<String, Caller.Workload> WORKLOADS = new LinkedHashMap<>();

    static {
        WORKLOADS.put("GET /tasks?limit=20", Load::list);
        WORKLOADS.put("GET /tasks/{id}", Load::get);
        WORKLOADS.put("POST /tasks", Load::create);
        WORKLOADS.put("mixed", Load::mixed);
    }

    public static void main(String... arguments) throws Exception {
        var seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : SECONDS;
        var failures = 0;
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        try (var database = Database.empty();
                var service = Service.started("load", database)) {
            failures = measure(vertx, service, TaskOwners.make(service.api(), database), seconds);
        } finally {
            vertx.close();
        }
        System.exit(failures > 0 ? 1 : 0);
    }

    /** Returns the number of failed requests, including those of the warm-up. */
    static int measure(Vertx vertx, Service service, TaskOwners owners, int seconds) throws Exception {
        var report = new Report(
                "load",
                "| requests | /s | p50, ms | p99, ms | CPU ms per 1,000 | resident then, MiB | failures |",
                "| %s | %.0f | %.1f | %.1f | %.0f | %.0f | %d |");
        var failures = 0;
        for (var workload : WORKLOADS.entrySet()) {
            owners.reset();
            failures += new LoadRun(workload.getValue(), service, owners, seconds)
                    .measure(vertx, workload.getKey(), report);
        }
        report.print("%n%d connections, %d s each after a warm-up of the same length.", LoadRun.CONNECTIONS, seconds);
        report.write();
        return failures;
    }

    static Caller.Call list(Caller caller) {
        return new Caller.Call(HttpMethod.GET, "/tasks?limit=20", caller.anyOwner(), null);
    }

    static Caller.Call get(Caller caller) {
        var owner = caller.anyOwner();
        return new Caller.Call(HttpMethod.GET, "/tasks/" + owner.anyTask(), owner, null);
    }

    static Caller.Call create(Caller caller) {
        return new Caller.Call(HttpMethod.POST, "/tasks", caller.anyOwner(), TaskOwners.newTask());
    }

    static Caller.Call complete(Caller caller) {
        var owner = caller.anyOwner();
        return new Caller.Call(HttpMethod.PATCH, "/tasks/" + owner.anyTask() + "/complete", owner, null);
    }

    /** Deletes a task created in this run, or creates one if there is none. */
    static Caller.Call delete(Caller caller) {
        var made = caller.made().poll();
        return made == null ? create(caller) : new Caller.Call(HttpMethod.DELETE, made.path(), made.owner(), null);
    }

    static Caller.Call mixed(Caller caller) {
        var percent = ThreadLocalRandom.current().nextInt(100);
        if (percent < 50) {
            return list(caller);
        }
        if (percent < 80) {
            return get(caller);
        }
        if (percent < 90) {
            return create(caller);
        }
        return percent < 95 ? complete(caller) : delete(caller);
    }
}
