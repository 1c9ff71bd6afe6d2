package dev.todo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.todo.Metrics;
import dev.todo.config.ReadVariables;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What compose.yaml tells containers to run, run here with bash. */
@QuarkusTest
class ComposeTest {

    private static final Path FILE = Path.of("compose.yaml");
    /** Compose itself reads these. */
    private static final Set<String> COMPOSE_VARIABLES = Set.of("TODO_IMAGE");

    private static final Pattern VARIABLE = Pattern.compile("(?:\\$\\{|export )([A-Z_]+)");

    @TempDir
    Path secrets;

    @Test
    void the_service_reads_every_variable() throws IOException {
        var named = new TreeSet<String>();
        VARIABLE.matcher(Files.readString(FILE)).results().forEach(match -> named.add(match.group(1)));
        service("todo-service").path("environment").fieldNames().forEachRemaining(named::add);

        assertTrue(named.containsAll(Set.of("DATABASE_URL", "JWT_SECRET")), named::toString);
        named.removeAll(ReadVariables.recorded().names());
        assertEquals(COMPOSE_VARIABLES, named);
    }

    @Test
    void generates_secrets_at_the_first_start_and_keeps_them() throws Exception {
        assertEquals(0, startDatabase().exitCode());
        var first = settings(Map.of());
        assertEquals(0, startDatabase().exitCode());

        assertTrue(first.get("JWT_SECRET").matches("[0-9a-f]{64}"), first::toString);
        assertTrue(first.get("DATABASE_URL").matches("postgresql://todo:[0-9a-f]{64}@postgres/todo"), first::toString);
        assertTrue(first.get("DATABASE_URL").contains(Files.readString(secrets.resolve("database-password"))));
        assertEquals(first, settings(Map.of()));
    }

    @Test
    void each_installation_has_its_own_secrets() throws Exception {
        startDatabase();
        var here = settings(Map.of());
        Files.delete(secrets.resolve("jwt-secret"));
        Files.delete(secrets.resolve("database-password"));
        startDatabase();
        var elsewhere = settings(Map.of());

        assertNotEquals(here.get("JWT_SECRET"), elsewhere.get("JWT_SECRET"));
        assertNotEquals(here.get("DATABASE_URL"), elsewhere.get("DATABASE_URL"));
    }

    @Test
    void settings_in_the_env_file_take_precedence() throws Exception {
        startDatabase();
        var own = Map.of("JWT_SECRET", "x".repeat(32), "DATABASE_URL", "postgresql://me@elsewhere/todo");

        assertEquals(own, settings(own));
    }

    @Test
    void a_service_that_is_ready_is_healthy() throws Exception {
        assertEquals(0, checkHealth(Metrics.managementPort()).exitCode());
    }

    @Test
    void a_service_that_is_not_ready_is_unhealthy() throws Exception {
        // The public port has no /q/health/ready: 404
        assertEquals(1, checkHealth(RestAssured.port).exitCode());
    }

    @Test
    void a_service_that_is_not_running_is_unhealthy() throws Exception {
        assertEquals(1, checkHealth(1).exitCode());
    }

    private Run startDatabase() throws Exception {
        var programs = Files.createDirectories(secrets.resolve("programs"));
        var start = programs.resolve("docker-entrypoint.sh");
        if (Files.notExists(start)) {
            Files.createSymbolicLink(start, Path.of("/bin/true"));
        }
        return run(service("postgres").path("entrypoint"), Map.of("PATH", programs + ":" + System.getenv("PATH")));
    }

    /** The settings that the entrypoint gives the service, given these in the file .env. */
    private Map<String, String> settings(Map<String, String> environment) throws Exception {
        var settings = new HashMap<String, String>();
        run(service("todo-service").path("entrypoint"), environment)
                .output()
                .lines()
                .filter(line -> line.matches("(JWT_SECRET|DATABASE_URL)=.*"))
                .forEach(line -> settings.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return settings;
    }

    private Run checkHealth(int port) throws Exception {
        var test = service("todo-service").path("healthcheck").path("test");
        assertEquals("CMD", test.get(0).asText());
        return run(test, Map.of("MANAGEMENT_PORT", String.valueOf(port)));
    }

    /** Runs the script at the end of a command, with {@code env} in the place of the service. */
    private Run run(JsonNode command, Map<String, String> environment) throws Exception {
        var last = command.size() - 1;
        assertEquals("bash", command.get(last - 2).asText());
        var script = command.get(last)
                .asText()
                .replace("$$", "$")
                .replace("/secrets/", secrets + "/")
                .replace("/app/todo-service", "env");
        var builder = new ProcessBuilder("bash", command.get(last - 1).asText(), script).redirectErrorStream(true);
        builder.environment().keySet().removeAll(Set.of("JWT_SECRET", "DATABASE_URL", "MANAGEMENT_PORT"));
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(10, TimeUnit.SECONDS), output);
        return new Run(process.exitValue(), output);
    }

    private static JsonNode service(String name) throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(FILE.toFile())
                .path("services")
                .path(name);
    }

    private record Run(int exitCode, String output) {}
}

@QuarkusIntegrationTest
class ComposeIT extends ComposeTest {}
