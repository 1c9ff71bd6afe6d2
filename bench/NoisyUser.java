import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An account with large tasks, and the calls of a malicious or excessive user. */
final class NoisyUser {

    static final int HEAVY_TASKS = 200;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** About 1.7 MB. */
    private static final String MANY = IntStream.range(0, 10_000)
            .mapToObj(number -> "{\"title\":\"Call the garage about the winter tyres, offer " + number
                    + "\",\"description\":\"As long as such texts are, or a little longer than that. "
                    + "Ask for the price\",\"completed\":true}")
            .collect(Collectors.joining(",", "[", "]"));

    /** 400 rows of 500 distinct words each, which are expensive to index. */
    private static final String DENSE = IntStream.range(0, 400)
            .mapToObj(row -> "{\"title\":\"Dense " + row + "\",\"completed\":true,\"description\":\""
                    + IntStream.range(0, 500)
                            .mapToObj(word -> Integer.toString((row * 500 + word) * 7919 + 60_466_176, 36))
                            .collect(Collectors.joining(" "))
                    + "\"}")
            .collect(Collectors.joining(",", "[", "]"));

    /** One invalid row with a million arrays as tags, which is expensive to parse. */
    private static final String NONSENSE = "[{\"title\":\"x\",\"tags\":[" + "[],".repeat(1_000_000) + "[]]}]";

    private final List<URI> addresses;
    private final String email;
    private final String token;

    private NoisyUser(List<URI> addresses, String email, String token) {
        this.addresses = addresses;
        this.email = email;
        this.token = token;
    }

    /** A new user with 200 tasks of 4,000 emoji each. */
    static NoisyUser registered(List<URI> addresses) throws Exception {
        var api = new Api(addresses.get(ThreadLocalRandom.current().nextInt(addresses.size())));
        var email = "noisy" + System.nanoTime() + "@example.com";
        Api.successful(api.signUp(email));
        var user = new NoisyUser(addresses, email, api.tokenOf(email));
        var emoji = "\uD83C\uDF4E".repeat(4_000);
        var heavy = IntStream.range(0, HEAVY_TASKS)
                .mapToObj(number -> "{\"title\":\"Heavy " + number + "\",\"description\":\"" + emoji + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        Api.successful(api.post("/tasks/import", "application/json", heavy, user.token));
        return user;
    }

    URI anyAddress() {
        return addresses.get(ThreadLocalRandom.current().nextInt(addresses.size()));
    }

    String token() {
        return token;
    }

    /** The head of an HTTP/1.1 request, without the blank line at the end. */
    String head(String method, String path) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n";
    }

    String list() throws Exception {
        return call("GET", "/tasks?limit=200", null);
    }

    String search() throws Exception {
        return call(
                "GET",
                "/tasks?limit=200&q="
                        + (char) ('a' + ThreadLocalRandom.current().nextInt(26)),
                null);
    }

    String export() throws Exception {
        return call("GET", "/tasks/export?format=" + oneOf("json", "csv", "ics"), null);
    }

    String write() throws Exception {
        return call("POST", "/tasks", "{\"title\":\"One of many\",\"completed\":true}");
    }

    String importMany() throws Exception {
        return imported(MANY);
    }

    String importDense() throws Exception {
        return imported(DENSE);
    }

    String importNonsense() throws Exception {
        return call("POST", "/tasks/import", NONSENSE);
    }

    private String imported(String rows) throws Exception {
        var outcome = call("POST", "/tasks/import", rows);
        call("DELETE", "/tasks?completed=true", null);
        return outcome;
    }

    String proveWrongPassword() throws Exception {
        return call(
                "PUT",
                "/users/me/password",
                "{\"current_password\":\"a wrong password\",\"new_password\":\"another wrong one\"}");
    }

    String logInWithWrongPassword() throws Exception {
        return call("POST", "/auth/login", "{\"email\":\"" + email + "\",\"password\":\"a wrong password\"}");
    }

    String deleteAccount() throws Exception {
        return call("DELETE", "/users/me", "{\"password\":\"" + Api.PASSWORD + "\"}");
    }

    /** Reads an event stream for three seconds. */
    String stream() throws Exception {
        var response = HTTP.send(request("/tasks/events").build(), BodyHandlers.ofInputStream());
        try (var stream = response.body()) {
            if (response.statusCode() == 200) {
                stream.read();
                Thread.sleep(3_000);
            } else {
                Thread.sleep(200);
            }
        }
        return String.valueOf(response.statusCode());
    }

    private String call(String method, String path, String body) throws Exception {
        var request =
                request(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return String.valueOf(
                HTTP.send(request.build(), BodyHandlers.discarding()).statusCode());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(anyAddress().resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    private static String oneOf(String... some) {
        return some[ThreadLocalRandom.current().nextInt(some.length)];
    }
}
