import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one workload on all connections and measures the responses after the warm-up. */
final class LoadRun {

    static final int CONNECTIONS = 64;
    static final int FAILURES_SHOWN = 3;

    private final Caller.Workload workload;
    private final Service service;
    private final TaskOwners owners;
    private final int seconds;

    private final CountDownLatch calling = new CountDownLatch(CONNECTIONS);
    private final Queue<double[]> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean isMeasured;
    private volatile boolean isOver;

    LoadRun(Caller.Workload workload, Service service, TaskOwners owners, int seconds) {
        this.workload = workload;
        this.service = service;
        this.owners = owners;
        this.seconds = seconds;
    }

    /** Adds a row and returns the number of failed requests, including those of the warm-up. */
    int measure(Vertx vertx, String name, Report report) throws Exception {
        var options = new DeploymentOptions().setInstances(CONNECTIONS);
        var callers = vertx.deployVerticle(() -> new Caller(this), options)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        TimeUnit.SECONDS.sleep(seconds);

        var footprint = service.footprint();
        var cpuBefore = footprint.cpuMillis();
        var begin = System.nanoTime();
        isMeasured = true;
        TimeUnit.SECONDS.sleep(seconds);
        isMeasured = false;
        var spent = (System.nanoTime() - begin) / 1e9;
        var cpuMillis = footprint.cpuMillis() - cpuBefore;
        var resident = footprint.residentMiB();

        isOver = true;
        calling.await();
        vertx.undeploy(callers).toCompletionStage().toCompletableFuture().get();

        var millis = answered.stream().flatMapToDouble(Arrays::stream).toArray();
        if (millis.length == 0) {
            throw new IllegalStateException(name + ": no responses");
        }
        report.row(
                name,
                Map.of(
                        "ms", millis,
                        "seconds", spent,
                        "cpu_ms", cpuMillis,
                        "resident_mib", resident,
                        "failures", failures.get()),
                millis.length / spent,
                Report.quantile(millis, 0.5),
                Report.quantile(millis, 0.99),
                cpuMillis / millis.length * 1_000,
                resident,
                failures.get());
        return failures.get();
    }

    Caller.Call nextCall(Caller caller) {
        return workload.apply(caller);
    }

    TaskOwners owners() {
        return owners;
    }

    int port() {
        return service.port();
    }

    boolean isMeasured() {
        return isMeasured;
    }

    boolean isOver() {
        return isOver;
    }

    void failed(Caller.Call call, Throwable failure) {
        if (failures.incrementAndGet() <= FAILURES_SHOWN) {
            System.err.println(call.method() + " " + call.path() + ": " + failure);
        }
    }

    /** Called when a caller has finished, with the durations of its measured calls. */
    void ended(double[] millis) {
        answered.add(millis);
        calling.countDown();
    }
}
