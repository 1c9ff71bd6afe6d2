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

/** One of several services on one database, in a process of its own, with the API in the words of its users. */
public final class Replica implements AutoCloseable {

    /** On a machine that is busy with other things. */
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final PackagedService service;

    private Replica(PackagedService service) {
        this.service = service;
    }

    /** Starts one, which takes the tests for a proxy as {@link TodoClient} has it; waits until it is ready. */
    public static Replica start(String database, Map<String, String> environment) throws Exception {
        return start(1, database, environment).get(0);
    }

    /** Starts so many at once, and waits until they are ready. */
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
                replica.service.awaitHealth("ready", 200, LONGEST_START);
            }
            return started;
        } catch (Exception | Error e) {
            for (var replica : started) {
                replica.close();
            }
            throw e;
        }
    }

    /** Where it listens, for tests that speak HTTP by other means. */
    public String url() {
        return "http://localhost:" + service.port();
    }

    /** A request without a token, from an address of its own. */
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

    /** The e-mail address of somebody who just signed up. */
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

    /** The status that the token gets. */
    public int status(Tokens tokens) {
        return bearing(tokens.access()).get("/users/me").statusCode();
    }

    public static String userOf(Tokens tokens) {
        return JWT.decode(tokens.access()).getSubject();
    }

    /** What it has logged so far. */
    public String log() throws IOException {
        return Files.readString(Path.of("target/packaged-service-" + service.port() + ".log"));
    }

    @Override
    public void close() throws Exception {
        service.close();
    }
}
