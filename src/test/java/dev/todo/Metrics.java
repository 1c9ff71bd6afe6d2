package dev.todo;

import static dev.todo.TodoClient.anyone;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;

/** The metrics that Prometheus reads from the management port. */
public record Metrics(String text) {

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_:]+)(\\{.*})? (\\S+)$");

    public static Metrics now() {
        return new Metrics(anyone().port(managementPort())
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString());
    }

    public static int managementPort() {
        var ofArtifact = Integer.getInteger("it.management.port");
        return ofArtifact != null
                ? ofArtifact
                : ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
    }

    /** The value of the series with this name and label, such as {@code outcome="success"}. */
    public double value(String name, String label) {
        return SERIES.matcher(text)
                .results()
                .filter(series -> series.group(1).equals(name)
                        && String.valueOf(series.group(2)).contains(label))
                .mapToDouble(series -> Double.parseDouble(series.group(3)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " with " + label));
    }

    /** The values of a label in all series. */
    public Set<String> labels(String label) {
        return Pattern.compile("[{,]" + label + "=\"([^\"]*)\"")
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** The request series, without their values. */
    public Set<String> ofRequests() {
        return SERIES.matcher(text)
                .results()
                .filter(series -> series.group(1).startsWith("http_server_"))
                .map(series -> series.group(1) + series.group(2))
                .collect(Collectors.toSet());
    }

    public Set<String> names() {
        return SERIES.matcher(text).results().map(series -> series.group(1)).collect(Collectors.toSet());
    }
}
