import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Makes a quiet user's calls, each to a random replica, and checks what can be checked about a single response. */
final class ChaosClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration TIMEOUT = Duration.ofMillis((long) (20_000 * ChaosRun.PATIENCE));
    /** The service promises 5 s; the margin is for the noisy users on the same machine. */
    private static final double MAX_SECONDS = 7 * ChaosRun.PATIENCE;

    private final ChaosRun run;
    private final String token;
    private final Random random;

    ChaosClient(ChaosRun run, String token, Random random) {
        this.run = run;
        this.token = token;
        this.random = random;
    }

    /** The outcome of a call; unknown if no response arrived, and without effect if the call was not sent. */
    record Answer(String call, int status, JsonNode body, String link, String requestId) {

        static final int NONE = 0;
        static final int NOT_SENT = -1;

        boolean isDone() {
            return status >= 200 && status < 300;
        }

        boolean isInDoubt() {
            return status == NONE;
        }

        @Override
        public String toString() {
            return call + " → " + (isInDoubt() ? "no response" : status == NOT_SENT ? "not sent" : status)
                    + (requestId == null ? "" : " (" + requestId + ")");
        }
    }

    Answer get(String path) throws InterruptedException {
        return call("GET", path, null, Map.of());
    }

    /** The body is a string, JSON or null. */
    Answer call(String method, String path, Object body, Map<String, String> headers) throws InterruptedException {
        var replica = run.replicas().get(random.nextInt(run.replicas().size()));
        var request = HttpRequest.newBuilder(replica.address().resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        var begin = System.nanoTime();
        var answer = answer(method + " " + path, replica.name(), request.build());
        judge(answer, begin);
        return answer;
    }

    private static Answer answer(String call, String replica, HttpRequest request) throws InterruptedException {
        var described = call + " at " + replica;
        try {
            var response = HTTP.send(request, BodyHandlers.ofString());
            var headers = response.headers();
            return new Answer(
                    described,
                    response.statusCode(),
                    json(response.body()),
                    headers.firstValue("Link").orElse(null),
                    headers.firstValue("X-Request-ID").orElse(null));
        } catch (ConnectException refused) {
            return new Answer(described, Answer.NOT_SENT, JSON.nullNode(), null, null);
        } catch (IOException lost) {
            return new Answer(described, Answer.NONE, JSON.nullNode(), null, null);
        }
    }

    private static JsonNode json(String body) {
        try {
            return body.isEmpty() ? JSON.nullNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(body);
        }
    }

    private void judge(Answer answer, long begin) {
        var seconds = (System.nanoTime() - begin) / 1e9;
        var isCalm = run.faults().isCalmSince(begin);
        var evidence = "%s %s, %.1f s, %s"
                .formatted(
                        answer,
                        answer.status >= 400 ? answer.body : "",
                        seconds,
                        run.faults().describe());
        run.calls()
                .count(
                        answer.call.replaceAll(" at .*|[?].*", "").replaceAll("[0-9a-f-]{36}", "{id}"),
                        outcome(answer) + (isCalm ? "" : " (fault)"));
        if (seconds > MAX_SECONDS) {
            run.violations().add("every call gets a response within 5 s", evidence);
        }
        switch (answer.status) {
            case 401, 403, 429, 500, 502 -> run.violations().add("quiet users never get " + answer.status, evidence);
            case 503 -> {
                if (isCalm) {
                    run.violations().add("quiet users get 503 only during faults", evidence);
                }
            }
            case Answer.NONE, Answer.NOT_SENT -> {
                if (isCalm) {
                    run.violations().add("every call gets a response when there is no fault", evidence);
                }
            }
            default -> {
                // checked by the caller, which knows the expected result
            }
        }
    }

    private static String outcome(Answer answer) {
        return switch (answer.status) {
            case Answer.NONE -> "no response";
            case Answer.NOT_SENT -> "not sent";
            default -> String.valueOf(answer.status);
        };
    }

    /** Repeats a read until the response is 2xx or 404; null on timeout. */
    Answer insist(String path, int seconds) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            var answer = get(path);
            if (answer.isDone() || answer.status == 404) {
                return answer;
            }
            Thread.sleep(100);
        }
        return null;
    }

    /** The path of the Link with rel="next", or null on the last page. */
    static String next(Answer page) {
        if (page.link == null || !page.link.contains("rel=\"next\"")) {
            return null;
        }
        var uri = URI.create(page.link.substring(page.link.indexOf('<') + 1, page.link.indexOf('>')));
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
