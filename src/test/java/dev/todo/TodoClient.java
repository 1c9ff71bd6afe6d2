package dev.todo;

import static io.restassured.RestAssured.given;
import static io.restassured.config.EncoderConfig.encoderConfig;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** The API in the words of its users. Plumbing only: what an answer must be is for the tests to say. */
public final class TodoClient {

    public static final String PASSWORD = "correct horse battery";

    private static final String HASH = BcryptUtil.bcryptHash(PASSWORD, 10).replace("$2a$", "$2b$");

    private static final RestAssuredConfig UTF_8 = RestAssuredConfig.config()
            .encoderConfig(encoderConfig()
                    .defaultContentCharset("UTF-8")
                    .defaultQueryParameterCharset("UTF-8")
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private final String email;
    private final String id;
    private final String token;

    private TodoClient(String email, String id, String token) {
        this.email = email;
        this.id = id;
        this.token = token;
    }

    /** Somebody new, logged in. They come by SQL: hashing a password for each took much of the time of all tests. */
    public static TodoClient registered() {
        var email = freshEmail();
        var id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        TestDatabase.insertUser(id, email, HASH);
        return new TodoClient(email, id.toString(), tokenOf(email, PASSWORD));
    }

    /** The same by sign-up, such as at a service that has a database of its own. */
    public static TodoClient signedUp() {
        var email = freshEmail();
        var id = successful(signUp(email, PASSWORD), 201).<String>path("id");
        return new TodoClient(email, id, tokenOf(email, PASSWORD));
    }

    /** The same user with another access token. */
    public TodoClient with(String otherToken) {
        return new TodoClient(email, id, otherToken);
    }

    public static String freshEmail() {
        return "user-" + UUID.randomUUID() + "@example.com";
    }

    /** A request without a token, from an address of its own as far as limits on attempts go. */
    public static RequestSpecification anyone() {
        return from(freshAddress());
    }

    /** A request without a token from an address, as the proxy that these tests are tells the service. */
    public static RequestSpecification from(String address) {
        return given().config(UTF_8).header("X-Forwarded-For", address);
    }

    public static String freshAddress() {
        var random = ThreadLocalRandom.current();
        return "2001:db8:%x:%x:%x::1"
                .formatted(random.nextInt(0x10000), random.nextInt(0x10000), random.nextInt(0x10000));
    }

    public static Response signUp(String email, String password) {
        return anyone().contentType("application/json")
                .body(Map.of("email", email, "password", password))
                .post("/auth/signup");
    }

    public static Response logIn(String email, String password) {
        return anyone().contentType("application/json")
                .body(Map.of("email", email, "password", password))
                .post("/auth/login");
    }

    public static String tokenOf(String email, String password) {
        return successful(logIn(email, password), 200).path("access_token");
    }

    /** Where the service listens, for tests that speak HTTP by hand. */
    public static int port() {
        return RestAssured.port;
    }

    public String email() {
        return email;
    }

    public String id() {
        return id;
    }

    public String token() {
        return token;
    }

    /** A request with this user's token. */
    public RequestSpecification request() {
        return anyone().header("Authorization", "Bearer " + token);
    }

    public Response me() {
        return request().get("/users/me");
    }

    /** Adds a task and gives its id. */
    public String add(String title) {
        return add(Map.of("title", title));
    }

    /** Adds a task and gives its id. */
    public String add(Map<String, ?> fields) {
        return successful(create(fields), 201).path("id");
    }

    /** Tries to add a task; the body is JSON text, or something to make JSON of. */
    public Response create(Object body) {
        return request().contentType("application/json").body(body).post("/tasks");
    }

    public Response get(String task) {
        return request().get("/tasks/{id}", task);
    }

    public Response list() {
        return list("");
    }

    /** The list with a query, which is sent as it stands. */
    public Response list(String query) {
        return request().urlEncodingEnabled(false).get("/tasks" + (query.isEmpty() ? "" : "?" + query));
    }

    public Response replace(String task, Object body) {
        return request().contentType("application/json").body(body).put("/tasks/{id}", task);
    }

    public Response change(String task, Object body) {
        return request().contentType("application/merge-patch+json").body(body).patch("/tasks/{id}", task);
    }

    public Response complete(String task) {
        return request().patch("/tasks/{id}/complete", task);
    }

    public Response complete(String task, Object body) {
        return request().contentType("application/json").body(body).patch("/tasks/{id}/complete", task);
    }

    public Response delete(String task) {
        return request().delete("/tasks/{id}", task);
    }

    /** All tasks as a file: json, csv or ics. */
    public Response export(String format) {
        return request().get("/tasks/export?format=" + format);
    }

    /** Adds the tasks of a file. */
    public Response importing(String mediaType, Object file) {
        var request = request().contentType(mediaType);
        return (file instanceof byte[] bytes ? request.body(bytes) : request.body(file)).post("/tasks/import");
    }

    public Response restore(String task) {
        return request().post("/tasks/{id}/restore", task);
    }

    public Response clearCompleted() {
        return request().delete("/tasks?completed=true");
    }

    public Response stats() {
        return request().get("/tasks/stats");
    }

    private static Response successful(Response response, int status) {
        if (response.statusCode() != status) {
            throw new IllegalStateException(response.statusLine() + " " + response.asString());
        }
        return response;
    }
}
