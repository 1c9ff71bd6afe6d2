package dev.todo.event;

import dev.todo.TodoClient;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that reads server-sent events as HTML's EventSource does. */
final class EventReader implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> comments = new LinkedBlockingQueue<>();
    private final Thread thread;

    record Event(String id, String name, JsonPath data) {}

    static EventReader of(TodoClient user) {
        return new EventReader(user, "http://localhost:" + TodoClient.port(), null);
    }

    static EventReader of(TodoClient user, String lastEventId) {
        return new EventReader(user, "http://localhost:" + TodoClient.port(), lastEventId);
    }

    EventReader(TodoClient user, String service, String lastEventId) {
        var request = HttpRequest.newBuilder(URI.create(service + "/tasks/events"))
                .header("Authorization", "Bearer " + user.token())
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

    /** The next event; fails where none comes. */
    Event next() throws InterruptedException {
        var event = events.poll(5, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("No event came within 5 seconds");
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

    /** The next comment within so many seconds, or null. */
    String nextComment(int seconds) throws InterruptedException {
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
            // it has ended already
        }
    }

    private void read() {
        String id = null;
        String name = null;
        var data = new StringBuilder();
        try (var lines = new java.io.BufferedReader(
                new java.io.InputStreamReader(response.body(), java.nio.charset.StandardCharsets.UTF_8))) {
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
            // the stream has ended
        }
    }
}
