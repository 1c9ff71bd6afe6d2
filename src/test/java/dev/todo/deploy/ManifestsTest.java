package dev.todo.deploy;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.todo.config.AddressRange;
import dev.todo.config.ReadVariables;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests match the service: its variables, its ports and probes, and no more rights than it needs. */
class ManifestsTest {

    /** Quarkus variables that the manifests may use. */
    private static final Set<String> QUARKUS_VARIABLES = Set.of(
            // ends the migration Job, and the container that waits for it, after start
            "QUARKUS_INIT_AND_EXIT",
            // the waiting container checks migrations without running them
            "QUARKUS_FLYWAY_MIGRATION_MIGRATE_AT_START",
            "QUARKUS_FLYWAY_MIGRATION_VALIDATE_AT_START");

    private static final Set<String> SECRET = Set.of("DATABASE_URL", "DATABASE_DIRECT_URL", "JWT_SECRET");
    private static final ServiceSettings SERVICE = ServiceSettings.read();

    private static List<Manifests> manifests;

    @BeforeAll
    static void render() {
        manifests = Manifests.all();
    }

    static Stream<Manifests> all() {
        return manifests.stream();
    }

    static Stream<Manifests> kubernetes() {
        return all().filter(manifests -> !manifests.all(Deployment.class).isEmpty());
    }

    @Test
    void rejects_a_misspelt_field() {
        var yaml = "{apiVersion: v1, kind: Service, metadata: {name: todo}, spec: {port: []}}";

        assertThrows(IllegalArgumentException.class, () -> Manifests.parsed(yaml));
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_service_reads_every_variable(Manifests manifests) {
        var known = new HashSet<>(SERVICE.variables());
        known.addAll(QUARKUS_VARIABLES);

        for (var container : manifests.containers()) {
            var used = container.getEnv().stream().map(EnvVar::getName).toList();
            assertEquals(used.size(), Set.copyOf(used).size(), "twice in " + container.getName());
            assertTrue(known.containsAll(used), () -> used + " are not all in " + known);
            assertTrue(used.containsAll(Set.of("DATABASE_URL", "JWT_SECRET", "MIGRATE_AT_START")), used::toString);
        }
    }

    /** Otherwise all clients share one address, and 50 wrong passwords lock everyone out. */
    @ParameterizedTest
    @MethodSource("all")
    void the_service_trusts_the_proxy_in_front(Manifests manifests) {
        for (var container : serving(manifests)) {
            var proxies = value(container, "TRUSTED_PROXIES");
            assertNotNull(proxies, container.getName());
            for (var range : proxies.split(",")) {
                assertTrue(AddressRange.parse(range).prefix() >= 16, range);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void secrets_appear_only_as_references(Manifests manifests) {
        assertTrue(manifests.containers().stream()
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> SECRET.contains(variable.getName()))
                .allMatch(variable -> variable.getValue() == null
                        && variable.getValueFrom().getSecretKeyRef() != null
                        && variable.getValueFrom().getSecretKeyRef().getName() != null
                        && variable.getValueFrom().getSecretKeyRef().getKey() != null));
        assertTrue(manifests.resources().stream()
                .noneMatch(resource -> resource.getKind().equals("Secret")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void only_the_migration_Job_migrates(Manifests manifests) {
        for (var container : manifests.containers()) {
            var ends = "true".equals(value(container, "QUARKUS_INIT_AND_EXIT"));
            assertEquals(String.valueOf(ends), value(container, "MIGRATE_AT_START"), container.getName());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void ports_and_probes_match_the_service(Manifests manifests) {
        for (var container : serving(manifests)) {
            assertEquals(SERVICE.port(), container.getPorts().get(0).getContainerPort());
            Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                    .filter(Objects::nonNull)
                    .forEach(probe -> assertIsServed(container, probe));
        }
    }

    @ParameterizedTest
    @MethodSource("kubernetes")
    void each_probe_uses_its_own_endpoint(Manifests manifests) {
        var container = serving(manifests).get(0);

        assertEquals(
                "/q/health/started", container.getStartupProbe().getHttpGet().getPath());
        assertEquals("/q/health/live", container.getLivenessProbe().getHttpGet().getPath());
        assertEquals(
                "/q/health/ready", container.getReadinessProbe().getHttpGet().getPath());
        var annotations = manifests
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations();
        assertEquals("/q/metrics", annotations.get("prometheus.io/path"));
        assertEquals(String.valueOf(SERVICE.managementPort()), annotations.get("prometheus.io/port"));
    }

    @ParameterizedTest
    @MethodSource("kubernetes")
    void pods_have_no_privileges_and_write_only_to_tmp(Manifests manifests) {
        for (var pod : manifests.pods()) {
            assertFalse(pod.getAutomountServiceAccountToken());
            assertTrue(pod.getSecurityContext().getRunAsNonRoot());
            assertEquals(
                    "RuntimeDefault",
                    pod.getSecurityContext().getSeccompProfile().getType());
            assertEquals(1, pod.getVolumes().size());
            assertEquals("Memory", pod.getVolumes().get(0).getEmptyDir().getMedium());
        }
        manifests.containers().forEach(ManifestsTest::assertIsRestricted);
    }

    @ParameterizedTest
    @MethodSource("all")
    void containers_request_and_limit_memory(Manifests manifests) {
        for (var container : manifests.containers()) {
            var resources = container.getResources();
            assertTrue(resources.getLimits().containsKey("memory"), container.getName());
            var requested = resources.getRequests().getOrDefault("memory", new Quantity("0"));
            assertTrue(requested
                            .getNumericalAmount()
                            .compareTo(resources.getLimits().get("memory").getNumericalAmount())
                    <= 0);
        }
    }

    @ParameterizedTest
    @MethodSource("kubernetes")
    void selectors_match_the_intended_pods(Manifests manifests) {
        var deployment = manifests.only(Deployment.class);
        var pods = deployment.getSpec().getTemplate().getMetadata().getLabels();
        var migration =
                manifests.only(Job.class).getSpec().getTemplate().getMetadata().getLabels();
        var budget = manifests.only(PodDisruptionBudget.class).getSpec().getSelector();

        var selectors = List.of(
                deployment.getSpec().getSelector().getMatchLabels(),
                manifests.only(Service.class).getSpec().getSelector(),
                budget.getMatchLabels());

        for (var selector : selectors) {
            assertTrue(selects(selector, pods), selector::toString);
            assertFalse(selects(selector, migration), selector::toString);
        }
        for (var spread : deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints()) {
            assertTrue(selects(spread.getLabelSelector().getMatchLabels(), pods));
        }
        for (var policy : manifests.all(NetworkPolicy.class)) {
            var selector = policy.getSpec().getPodSelector().getMatchLabels();
            assertTrue(selects(selector, pods) && selects(selector, migration), selector::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("kubernetes")
    void route_autoscaler_and_service_reference_existing_resources(Manifests manifests) {
        var deployment = manifests.only(Deployment.class);
        var service = manifests.only(Service.class);
        var target = manifests.only(HorizontalPodAutoscaler.class).getSpec().getScaleTargetRef();
        var backends = manifests.only(HTTPRoute.class).getSpec().getRules().stream()
                .flatMap(rule -> rule.getBackendRefs().stream())
                .toList();

        assertEquals(
                List.of(deployment.getApiVersion(), deployment.getKind(), nameOf(deployment)),
                List.of(target.getApiVersion(), target.getKind(), target.getName()));
        assertFalse(backends.isEmpty());
        assertAll(backends.stream().map(backend -> () -> {
            assertEquals(nameOf(service), backend.getName());
            assertEquals(service.getSpec().getPorts().get(0).getPort(), backend.getPort());
        }));
        assertEquals("http", service.getSpec().getPorts().get(0).getTargetPort().getStrVal());
    }

    @ParameterizedTest
    @MethodSource("kubernetes")
    void the_grace_period_covers_delay_and_drain(Manifests manifests) {
        var grace = manifests
                .only(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getTerminationGracePeriodSeconds();

        assertTrue(Duration.ofSeconds(grace).compareTo(SERVICE.shutdownDelay().plus(SERVICE.shutdownTimeout())) > 0);
    }

    @ParameterizedTest
    @MethodSource("kubernetes")
    void all_replicas_together_stay_below_the_connection_limit(Manifests manifests) {
        var pool = Integer.parseInt(value(serving(manifests).get(0), "DB_POOL_SIZE"));
        var replicas = manifests.only(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas();

        // One more per replica for LISTEN. PostgreSQL's default is 100, of which 3 are reserved for superusers
        assertTrue((pool + 1) * (replicas + 1) <= 97, pool + " connections in " + replicas + " replicas and a surge");
    }

    @ParameterizedTest
    @MethodSource("kubernetes")
    void each_version_has_its_own_migration_Job(Manifests manifests) {
        var image = serving(manifests).get(0).getImage();

        assertEquals(
                "todo-service-migration-" + image.substring(image.lastIndexOf(':') + 1),
                nameOf(manifests.only(Job.class)));
        assertEquals(
                Set.of(image),
                manifests.containers().stream().map(Container::getImage).collect(toSet()));
    }

    @Test
    void the_service_reads_every_variable_of_the_function() throws IOException {
        var known = new HashSet<>(SERVICE.variables());
        // Variables of Quarkus and the JVM; the template gives the reasons
        known.addAll(Set.of("DISABLE_SIGNAL_HANDLERS", "JAVA_TOOL_OPTIONS"));
        var function = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("deploy/lambda/template.yaml").toFile())
                .at("/Resources/TodoFunction/Properties");
        var used = new HashSet<String>();
        function.at("/Environment/Variables").fieldNames().forEachRemaining(used::add);

        assertTrue(known.containsAll(used), () -> used + " are not all in " + known);
        assertTrue(used.containsAll(Set.of("DATABASE_URL", "JWT_SECRET", "DB_POOL_SIZE")), used::toString);
        assertFalse(used.contains("TRUSTED_PROXIES"), "the peer is the client and can forge the header");
        assertEquals(
                "false", function.at("/Environment/Variables/MIGRATE_AT_START").asText());
    }

    private static void assertIsServed(Container container, Probe probe) {
        if (probe.getTcpSocket() != null) {
            assertEquals(SERVICE.port(), probe.getTcpSocket().getPort().getIntVal());
            return;
        }
        var port = probe.getHttpGet().getPort();
        var number = port.getIntVal() != null
                ? port.getIntVal()
                : container.getPorts().stream()
                        .filter(named -> named.getName().equals(port.getStrVal()))
                        .findFirst()
                        .orElseThrow()
                        .getContainerPort();
        assertEquals(SERVICE.managementPort(), number);
        assertTrue(
                Set.of("/q/health/live", "/q/health/ready", "/q/health/started")
                        .contains(probe.getHttpGet().getPath()),
                probe::toString);
    }

    private static void assertIsRestricted(Container container) {
        var context = container.getSecurityContext();
        assertFalse(context.getAllowPrivilegeEscalation());
        assertTrue(context.getReadOnlyRootFilesystem());
        assertEquals(List.of("ALL"), context.getCapabilities().getDrop());
        assertEquals("/tmp", container.getVolumeMounts().get(0).getMountPath());
    }

    private static List<Container> serving(Manifests manifests) {
        return manifests.containers().stream()
                .filter(container -> value(container, "QUARKUS_INIT_AND_EXIT") == null)
                .toList();
    }

    private static String value(Container container, String variable) {
        return container.getEnv().stream()
                .filter(env -> env.getName().equals(variable))
                .map(EnvVar::getValue)
                .findFirst()
                .orElse(null);
    }

    private static boolean selects(Map<String, String> selector, Map<String, String> labels) {
        return !selector.isEmpty() && labels.entrySet().containsAll(selector.entrySet());
    }

    private static String nameOf(HasMetadata resource) {
        return resource.getMetadata().getName();
    }

    /** The variables the service reads, and its default ports and shutdown times. */
    private record ServiceSettings(
            Set<String> variables, int port, int managementPort, Duration shutdownDelay, Duration shutdownTimeout) {

        static ServiceSettings read() {
            var read = ReadVariables.recorded();
            var properties = read.properties();
            return new ServiceSettings(
                    read.names(),
                    Integer.parseInt(properties.get("quarkus.http.port")),
                    Integer.parseInt(properties.get("quarkus.management.port")),
                    Duration.parse(properties.get("quarkus.shutdown.delay")),
                    Duration.parse("PT" + applicationProperties().getProperty("quarkus.shutdown.timeout")));
        }

        private static Properties applicationProperties() {
            var properties = new Properties();
            try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
                properties.load(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties;
        }
    }
}
