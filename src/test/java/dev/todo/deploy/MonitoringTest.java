package dev.todo.deploy;

import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.todo.Metrics;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard and the alerts use only metrics that the service exposes. */
@QuarkusTest
class MonitoringTest {

    private static final Path DIRECTORY = Path.of("deploy/monitoring");
    /** Metrics that Prometheus itself adds. */
    private static final Set<String> PROMETHEUS_METRICS = Set.of("up");

    private static final Pattern METRIC = Pattern.compile("\\b[a-z][a-z0-9]*(_[a-z0-9]+)+\\b(?!\\s*\\()");

    @Test
    void the_service_exposes_each_metric_of_the_dashboard() throws IOException {
        assertExposed(metrics(dashboard()));
    }

    @Test
    void the_service_exposes_each_metric_of_the_alerts() throws IOException {
        assertExposed(metrics(alerts()));
    }

    @Test
    void each_panel_has_a_title_a_unit_and_its_own_position() throws IOException {
        var places = new HashSet<JsonNode>();
        for (var panel : dashboard().path("panels")) {
            assertFalse(panel.path("title").asText().isBlank(), panel::toString);
            assertFalse(
                    panel.path("fieldConfig")
                            .path("defaults")
                            .path("unit")
                            .asText()
                            .isBlank(),
                    panel::toString);
            assertTrue(places.add(panel.path("gridPos")), panel::toString);
        }
        assertFalse(places.isEmpty());
    }

    @Test
    void each_alert_states_its_severity_and_what_to_do() throws IOException {
        var names = new TreeSet<String>();
        for (var rule : alerts().findPath("rules")) {
            assertTrue(names.add(rule.path("alert").asText()), rule::toString);
            assertTrue(
                    Set.of("critical", "warning")
                            .contains(rule.at("/labels/severity").asText()),
                    rule::toString);
            assertFalse(rule.at("/annotations/summary").asText().isBlank(), rule::toString);
            assertFalse(rule.at("/annotations/description").asText().isBlank(), rule::toString);
            assertTrue(rule.path("for").asText().matches("\\d+m"), rule::toString);
        }
        assertFalse(names.isEmpty());
    }

    private static void assertExposed(Set<String> wanted) {
        // Some meters are created on first use
        registered().list();
        var exposed = Metrics.now().names();
        assertFalse(wanted.isEmpty());
        assertEquals(
                Set.of(),
                wanted.stream()
                        .filter(name -> !exposed.contains(name) && !PROMETHEUS_METRICS.contains(name))
                        .collect(Collectors.toSet()));
    }

    private static Set<String> metrics(JsonNode file) {
        return file.findValuesAsText("expr").stream()
                .map(expression -> expression
                        .replaceAll("\"[^\"]*\"", "")
                        .replaceAll("\\{[^}]*}", "")
                        .replaceAll("\\b(by|without)\\s*\\([^)]*\\)", ""))
                .flatMap(expression -> METRIC.matcher(expression).results().map(match -> match.group()))
                .collect(Collectors.toSet());
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DIRECTORY.resolve("dashboard.json").toFile());
    }

    private static JsonNode alerts() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(DIRECTORY.resolve("alerts.yaml").toFile());
    }
}

@QuarkusIntegrationTest
class MonitoringIT extends MonitoringTest {}
