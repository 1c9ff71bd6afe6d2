package dev.todo.faults;

import dev.todo.TodoClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests at a steady rate without waiting for responses, alternately adding a task and listing tasks. */
final class Load implements AutoCloseable {

    /** The outcome of a request. Times are from System.nanoTime(); status 0 means no response. */
    record Answer(long sent, long answered, int status, String what, String retryAfter, String body) {

        Duration took() {
            return Duration.ofNanos(answered - sent);
        }

        /** The id of the added task, from a 201 response. */
        String task() {
            return body.replaceFirst("^\\{\"id\":\"([^\"]+)\".*", "$1");
        }

        boolean isMissing() {
            return status == 0;
        }

        boolean isProblemOfTheDatabase() {
            return status == 503
                    && what.equals("application/problem+json")
                    && body.contains("\"code\":\"unavailable\"")
                    && retryAfter.equals("1");
        }

        @Override
        public String toString() {
            return status + " after " + took().toMillis() + " ms: " + what + " " + body;
        }
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger sent = new AtomicInteger();
    private final URI tasks;
    private final String token;

    private Load(int port, String token) {
        this.tasks = URI.create("http://localhost:" + port + "/tasks");
        this.token = token;
    }

    static Load on(int port, TodoClient user, int perSecond) {
        var load = new Load(port, user.token());
        load.clock.scheduleAtFixedRate(load::send, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
        return load;
    }

    /** Stops sending, waits for all responses and returns them. */
    List<Answer> end() throws InterruptedException {
        close();
        var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (answers.size() < sent.get() && System.nanoTime() < patience) {
            Thread.sleep(10);
        }
        if (answers.size() != sent.get()) {
            throw new IllegalStateException(sent.get() - answers.size() + " requests were never answered");
        }
        return List.copyOf(answers);
    }

    @Override
    public void close() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(1, TimeUnit.SECONDS);
    }

    private void send() {
        var request = HttpRequest.newBuilder(tasks)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(30));
        if (sent.getAndIncrement() % 2 == 0) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"title\":\"Load\"}"));
        }
        var start = System.nanoTime();
        http.sendAsync(request.build(), BodyHandlers.ofString())
                .whenComplete((response, failure) -> answers.add(answer(start, response, failure)));
    }

    private static Answer answer(long start, HttpResponse<String> response, Throwable failure) {
        return failure != null
                ? new Answer(start, System.nanoTime(), 0, String.valueOf(failure), "", "")
                : new Answer(
                        start,
                        System.nanoTime(),
                        response.statusCode(),
                        response.headers().firstValue("Content-Type").orElse(""),
                        response.headers().firstValue("Retry-After").orElse(""),
                        response.body());
    }
}
