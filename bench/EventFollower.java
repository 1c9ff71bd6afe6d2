import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;

/** Maintains a copy from the event stream; when the stream ends, resumes after the last event at a random replica. */
final class EventFollower extends Thread {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SILENCE_MILLIS = 25_000;
    private static final int PAUSE_MILLIS = 300;

    /** Reads all tasks at the start and after a reset; null if that fails. */
    interface Loader {
        Map<String, JsonNode> load() throws InterruptedException;
    }

    private final ChaosRun run;
    private final String token;
    private final Loader loader;
    private final Random random;
    private final TaskCopy copy = new TaskCopy();
    private volatile boolean hasBegun;
    private volatile boolean isOver;
    private String last;

    EventFollower(ChaosRun run, String token, Loader loader, long seed) {
        super("events");
        this.run = run;
        this.token = token;
        this.loader = loader;
        this.random = new Random(seed);
        setDaemon(true);
    }

    TaskCopy copy() {
        return copy;
    }

    /** Whether the stream is open and the tasks are loaded, so that no later change is missed. */
    boolean hasBegun() {
        return hasBegun;
    }

    void end() {
        isOver = true;
        interrupt();
    }

    @Override
    public void run() {
        try {
            while (!isOver) {
                follow();
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException ended) {
            // interrupted by end()
        }
    }

    private void follow() throws InterruptedException {
        var replica = run.replicas().get(random.nextInt(run.replicas().size()));
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection)
                    replica.address().resolve("/tasks/events").toURL().openConnection();
            connection.setConnectTimeout(5_000);
            connection.setReadTimeout(SILENCE_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setRequestProperty("Accept", "text/event-stream");
            if (last != null) {
                connection.setRequestProperty("Last-Event-ID", last);
            }
            var status = connection.getResponseCode();
            run.calls().count("events: stream opened", String.valueOf(status));
            if (status == 200 && (last != null || load())) {
                hasBegun = true;
                read(new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)));
            } else if (status == 401 || status == 403 || status == 429 || status == 500) {
                run.violations().add("quiet users never get " + status, "GET /tasks/events at " + replica.name());
            }
        } catch (java.net.SocketTimeoutException silent) {
            run.calls().count("events: stream ended", "silent");
        } catch (IOException lost) {
            run.calls().count("events: stream ended", "lost");
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private boolean load() throws InterruptedException {
        var tasks = loader.load();
        if (tasks == null) {
            return false;
        }
        copy.clear();
        tasks.values().forEach(copy::apply);
        return true;
    }

    private void read(BufferedReader stream) throws IOException, InterruptedException {
        String id = null;
        String name = null;
        var data = new StringBuilder();
        String line;
        while ((line = stream.readLine()) != null && !isOver) {
            if (line.startsWith("id:")) {
                id = line.substring(3).strip();
            } else if (line.startsWith("event:")) {
                name = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring(5).strip());
            } else if (line.isEmpty() && name != null) {
                if (!happened(name, data.toString())) {
                    return;
                }
                last = id;
                name = null;
                data.setLength(0);
            }
        }
        run.calls().count("events: stream ended", "cleanly");
    }

    private boolean happened(String name, String data) throws IOException, InterruptedException {
        run.calls().count("events", name);
        if (name.equals("reset")) {
            // The server sends the event again if the tasks cannot be read now
            return load();
        }
        copy.apply(JSON.readTree(data));
        return true;
    }
}
