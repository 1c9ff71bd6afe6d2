package dev.todo;

import static dev.todo.TodoClient.PASSWORD;

import com.auth0.jwt.JWT;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of several services on one database, in its own process, with a client for its API. */
public final class Replica implements AutoCloseable {

    /** Allows for a busy machine. */
    private static final Duration MAX_START_TIME = Duration.ofSeconds(90);

    private final PackagedService service;

    private Replica(PackagedService service) {
        this.service = service;
    }

    /** Starts a replica that trusts the tests as a proxy, as {@link TodoClient} requires; waits until it is ready. */
    public static Replica start(String database, Map<String, String> environment) throws Exception {
        return start(1, database, environment).get(0);
    }

    /** Starts several replicas at once and waits until they are ready. */
    public static List<Replica> start(int replicas, String database, Map<String, String> environment) throws Exception {
        var all = new HashMap<>(environment);
        all.put("DATABASE_URL", database);
        all.putIfAbsent("TRUSTED_PROXIES", "127.0.0.1,::1");
        all.put("SHUTDOWN_DELAY", "PT0S");
        var started = new ArrayList<Replica>();
        try {
            for (var i = 0; i < replicas; i++) {
                started.add(new Replica(PackagedService.start(all)));
            }
            for (var replica : started) {
                replica.service.awaitHealth("ready", 200, MAX_START_TIME);
            }
            return started;
        } catch (Exception | Error e) {
            for (var replica : started) {
                replica.close();
            }
            throw e;
        }
    }

    /** The URL for tests that use another HTTP client. */
    public String url() {
        return "http://localhost:" + service.port();
    }

    /** A request without a token, from a new address. */
    public RequestSpecification anyone() {
        return from(TodoClient.freshAddress());
    }

    public RequestSpecification from(String address) {
        return TodoClient.from(address).port(service.port());
    }

    public RequestSpecification bearing(String accessToken) {
        return anyone().header("Authorization", "Bearer " + accessToken);
    }

    public Response signUp(String address, String email, String password) {
        return from(address)
                .contentType("application/json")
                .body(Map.of("email", email, "password", password))
                .post("/auth/signup");
    }

    public Response logIn(String address, String email, String password) {
        return from(address)
                .contentType("application/json")
                .body(Map.of("email", email, "password", password))
                .post("/auth/login");
    }

    public Tokens logIn(String email) {
        return Tokens.in(logIn(TodoClient.freshAddress(), email, PASSWORD));
    }

    /** Signs up a new user and returns the email address. */
    public String registered() {
        var email = TodoClient.freshEmail();
        signUp(TodoClient.freshAddress(), email, PASSWORD).then().statusCode(201);
        return email;
    }

    public Response refresh(String refreshToken) {
        return anyone().contentType("application/json")
                .body(Map.of("refresh_token", refreshToken))
                .post("/auth/refresh");
    }

    /** The status of a request with the access token. */
    public int status(Tokens tokens) {
        return bearing(tokens.access()).get("/users/me").statusCode();
    }

    public static String userOf(Tokens tokens) {
        return JWT.decode(tokens.access()).getSubject();
    }

    /** The log so far. */
    public String log() throws IOException {
        return Files.readString(Path.of("target/packaged-service-" + service.port() + ".log"));
    }

    @Override
    public void close() throws Exception {
        service.close();
    }
}
