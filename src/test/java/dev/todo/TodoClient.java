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

/** A client for the API in domain terms. It asserts nothing; the tests check the responses. */
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

    /** A new user, logged in. Inserted by SQL, because hashing their passwords took much of the tests' time. */
    public static TodoClient registered() {
        var email = freshEmail();
        var id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        TestDatabase.insertUser(id, email, HASH);
        return new TodoClient(email, id.toString(), tokenOf(email, PASSWORD));
    }

    /** A new user who signed up through the API, for services with their own database. */
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

    /** A request without a token, from a new address, so that rate limits do not apply. */
    public static RequestSpecification anyone() {
        return from(freshAddress());
    }

    /** A request without a token from this address. The tests act as a proxy and pass it to the service. */
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

    /** The service's port, for tests that send raw HTTP. */
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

    /** Adds a task and returns its id. */
    public String add(String title) {
        return add(Map.of("title", title));
    }

    /** Adds a task and returns its id. */
    public String add(Map<String, ?> fields) {
        return successful(create(fields), 201).path("id");
    }

    /** Tries to add a task. The body is JSON text or an object to serialize. */
    public Response create(Object body) {
        return request().contentType("application/json").body(body).post("/tasks");
    }

    public Response get(String task) {
        return request().get("/tasks/{id}", task);
    }

    public Response list() {
        return list("");
    }

    /** The list with a query, which is sent as is. */
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

    /** Exports all tasks as json, csv or ics. */
    public Response export(String format) {
        return request().get("/tasks/export?format=" + format);
    }

    /** Imports the tasks of a file. */
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
