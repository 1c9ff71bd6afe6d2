package dev.todo.task.events;

import dev.todo.TodoClient;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads server-sent events as the EventSource of HTML does. */
public final class EventReader implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
    private final Thread thread;

    public record Event(String id, String name, JsonPath data) {}

    public static EventReader of(TodoClient user) {
        return of(user, null);
    }

    static EventReader of(TodoClient user, String lastEventId) {
        return new EventReader("http://localhost:" + TodoClient.port(), user.token(), lastEventId);
    }

    /** Resumes after the last event the client knows, or starts now if that is null. */
    EventReader(String service, String accessToken, String lastEventId) {
        var request = HttpRequest.newBuilder(URI.create(service + "/tasks/events"))
                .header("Authorization", "Bearer " + accessToken)
                .header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        thread = new Thread(this::read, "events");
        thread.setDaemon(true);
        thread.start();
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** The next event; fails if none arrives. */
    Event next() throws InterruptedException {
        return nextWithin(5);
    }

    /** The next event; fails if none arrives in time. */
    public Event nextWithin(int seconds) throws InterruptedException {
        var event = events.poll(seconds, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("No event came within " + seconds + " seconds");
        }
        return event;
    }

    List<Event> next(int count) throws InterruptedException {
        var some = new ArrayList<Event>();
        while (some.size() < count) {
            some.add(next());
        }
        return some;
    }

    /** The next comment within that many seconds, or null. */
    public String nextComment(int seconds) throws InterruptedException {
        return comments.poll(seconds, TimeUnit.SECONDS);
    }

    boolean isQuiet() throws InterruptedException {
        return events.poll(1_500, TimeUnit.MILLISECONDS) == null;
    }

    boolean hasEndedWithin(int seconds) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(seconds));
        return !thread.isAlive();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            // already ended
        }
    }

    private void read() {
        String id = null;
        String name = null;
        var data = new StringBuilder();
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (data.length() > 0) {
                        events.add(new Event(id, name, JsonPath.from(data.toString())));
                    }
                    name = null;
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    comments.add(line.substring(1).strip());
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        } catch (IOException e) {
            // the stream ended
        }
    }
}
