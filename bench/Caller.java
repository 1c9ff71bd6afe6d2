import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** One persistent connection that sends the next call after the previous response. Runs on one event loop. */
final class Caller extends AbstractVerticle {

    /** Chooses the next call. */
    interface Workload extends Function<Caller, Call> {}

    record Call(HttpMethod method, String path, TaskOwners.Owner owner, String body) {}

    /** A task that this caller created. */
    record Made(String path, TaskOwners.Owner owner) {}

    private static final int PAUSE_AFTER_FAILURE_MILLIS = 10;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final LoadRun run;
    private final DoubleStream.Builder millis = DoubleStream.builder();
    private final Queue<Made> made = new ArrayDeque<>();
    private HttpClient http;

    Caller(LoadRun run) {
        this.run = run;
    }

    @Override
    public void start() {
        http = vertx.createHttpClient(
                new HttpClientOptions().setDefaultPort(run.port()), new PoolOptions().setHttp1MaxSize(1));
        callNext();
    }

    @Override
    public void stop() {
        http.close();
    }

    TaskOwners.Owner anyOwner() {
        return run.owners().any();
    }

    Queue<Made> made() {
        return made;
    }

    private void callNext() {
        if (run.isOver()) {
            run.ended(millis.build().toArray());
            return;
        }
        var call = run.nextCall(this);
        var begin = System.nanoTime();
        http.request(call.method, call.path)
                .compose(request -> answer(call, request))
                .onSuccess(answered -> {
                    if (run.isMeasured()) {
                        // Rounded to microseconds to save memory
                        millis.add((System.nanoTime() - begin) / 1_000 / 1e3);
                    }
                    callNext();
                })
                .onFailure(failure -> {
                    run.failed(call, failure);
                    vertx.setTimer(PAUSE_AFTER_FAILURE_MILLIS, now -> callNext());
                });
    }

    /** Completes when the whole response has arrived. */
    private Future<Buffer> answer(Call call, HttpClientRequest request) {
        request.idleTimeout(TIMEOUT_MILLIS)
                .putHeader(HttpHeaderNames.AUTHORIZATION, "Bearer " + call.owner.token());
        if (call.body != null) {
            request.putHeader(HttpHeaderNames.CONTENT_TYPE, "application/json");
        }
        var response = call.body == null ? request.send() : request.send(call.body);
        return response.compose(answer -> {
            if (answer.statusCode() >= 300) {
                return answer.body().compose(body -> Future.failedFuture(answer.statusCode() + " " + body));
            }
            if (call.method == HttpMethod.POST) {
                made.add(new Made(answer.getHeader(HttpHeaderNames.LOCATION), call.owner));
            }
            return answer.body();
        });
    }
}
