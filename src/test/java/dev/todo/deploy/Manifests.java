package dev.todo.deploy;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The files of {@code deploy/} as a cluster receives them, parsed into typed models that reject unknown fields. */
record Manifests(String name, List<HasMetadata> resources) {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Map<String, Class<? extends HasMetadata>> MODELS = Stream.of(
                    Deployment.class,
                    Service.class,
                    Job.class,
                    HTTPRoute.class,
                    HorizontalPodAutoscaler.class,
                    PodDisruptionBudget.class,
                    NetworkPolicy.class,
                    PostgresCluster.class,
                    io.fabric8.knative.serving.v1.Service.class)
            .collect(toMap(
                    model -> HasMetadata.getApiVersion(model) + " " + HasMetadata.getKind(model), model -> model));
    private static final ObjectMapper STRICT = new ObjectMapper(new YAMLFactory())
            .setAnnotationIntrospector(new NoAnySetters())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    static List<Manifests> all() {
        return List.of(
                rendered("kubernetes/overlays/neon"),
                rendered("kubernetes/overlays/in-cluster-postgres"),
                plain("knative/service.yaml"),
                plain("cloud-run/service.yaml"));
    }

    private static Manifests rendered(String overlay) {
        assumeTrue(isInstalled("kubectl"), "kubectl renders the overlays and is not installed");
        try {
            var directory = DEPLOY.resolve(overlay).toString();
            var errors = Files.createTempFile(Path.of("target"), "kustomize", ".log");
            var kubectl = new ProcessBuilder("kubectl", "kustomize", directory)
                    .redirectError(errors.toFile())
                    .start();
            var yaml = new String(kubectl.getInputStream().readAllBytes());
            if (!kubectl.waitFor(1, TimeUnit.MINUTES) || kubectl.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(errors));
            }
            return new Manifests(overlay, parsed(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Manifests plain(String file) {
        try {
            return new Manifests(file, parsed(Files.readString(DEPLOY.resolve(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<HasMetadata> parsed(String yaml) throws IOException {
        try (var documents = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return documents.readAll().stream().map(Manifests::typed).toList();
        }
    }

    private static HasMetadata typed(JsonNode document) {
        var kind = document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
        var model = MODELS.get(kind);
        if (model == null) {
            throw new IllegalArgumentException("no model for " + kind);
        }
        return STRICT.convertValue(document, model);
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    <T extends HasMetadata> List<T> all(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends HasMetadata> T only(Class<T> kind) {
        var found = all(kind);
        if (found.size() != 1) {
            throw new AssertionError(name + " has " + found.size() + " of " + kind.getSimpleName());
        }
        return found.get(0);
    }

    List<PodSpec> pods() {
        return Stream.concat(
                        all(Deployment.class).stream()
                                .map(deployment ->
                                        deployment.getSpec().getTemplate().getSpec()),
                        all(Job.class).stream()
                                .map(job -> job.getSpec().getTemplate().getSpec()))
                .toList();
    }

    List<Container> containers() {
        var inPods = pods().stream()
                .flatMap(pod -> Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream()));
        var inRevisions = all(io.fabric8.knative.serving.v1.Service.class).stream()
                .flatMap(service -> service.getSpec().getTemplate().getSpec().getContainers().stream());
        return Stream.concat(inPods, inRevisions).toList();
    }

    @Override
    public String toString() {
        return name;
    }

    /** The models collect unknown fields in a map. Without that map, Jackson rejects them. */
    private static class NoAnySetters extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    /** The part of CloudNativePG's Cluster that the manifests use. */
    @Group("postgresql.cnpg.io")
    @Version("v1")
    @Kind("Cluster")
    static class PostgresCluster extends CustomResource<PostgresCluster.Spec, Void> implements Namespaced {
        record Spec(int instances, Bootstrap bootstrap, Storage storage, ResourceRequirements resources) {}

        record Bootstrap(InitDb initdb) {}

        record InitDb(String database, String owner) {}

        record Storage(String size) {}
    }
}
