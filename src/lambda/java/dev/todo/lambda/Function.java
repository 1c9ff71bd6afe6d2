package dev.todo.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.amazon.lambda.runtime.MockEventServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;

/**
 * Runs the packaged function as Lambda does: unpacks it, starts it with {@code bootstrap} (native) or with AWS's Java client
 * for the Runtime API, and sends it events through Quarkus' mock of that API.
 */
final class Function implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final MockEventServer runtimeApi = new MockEventServer();
    private final Path log;
    private final Process process;

    private Function(Path packaged, Map<String, String> variables) throws IOException {
        runtimeApi.start(0);
        var home = unpacked(packaged);
        log = home.resolveSibling("function.log");
        var start = new ProcessBuilder(command(home)).directory(home.toFile());
        start.environment().clear();
        start.environment().putAll(variables);
        start.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                        "127.0.0.1:" + runtimeApi.getPort() + "/_lambda_",
                        "AWS_LAMBDA_FUNCTION_NAME",
                        "todo-service",
                        "AWS_LAMBDA_FUNCTION_VERSION",
                        "$LATEST",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                        "512",
                        "LAMBDA_TASK_ROOT",
                        home.toString(),
                        "PATH",
                        System.getenv("PATH")));
        process = start.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    static Function started(Path packaged, Map<String, String> variables) {
        try {
            return new Function(packaged, variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what API Gateway would get for this event. Throws if the function fails, exits or takes more than a minute. */
    JsonNode invoke(JsonNode event) {
        var answer = http.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + runtimeApi.getPort() + "/_lambda_"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(event.toString()))
                        .build(),
                BodyHandlers.ofString());
        try {
            // If the function exits, the event server would wait forever
            CompletableFuture.anyOf(answer, process.onExit()).get(60, TimeUnit.SECONDS);
            if (!answer.isDone()) {
                throw new IllegalStateException("the function ended: " + log());
            }
            if (answer.get().statusCode() != 200) {
                throw new IllegalStateException(
                        "the function failed: " + answer.get().body());
            }
            return JSON.readTree(answer.get().body());
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(log(), e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        runtimeApi.close();
    }

    private static List<String> command(Path home) {
        var bootstrap = home.resolve("bootstrap");
        if (Files.exists(bootstrap)) {
            bootstrap.toFile().setExecutable(true);
            return List.of(bootstrap.toString());
        }
        var client = Stream.of(AWSLambda.class, Context.class, PojoSerializer.class)
                .map(Function::jarOf)
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // deploy/lambda/template.yaml sets it in JAVA_TOOL_OPTIONS
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-cp",
                home + File.pathSeparator + home.resolve("lib/*") + File.pathSeparator + client,
                AWSLambda.class.getName(),
                "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest");
    }

    private static String jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path unpacked(Path packaged) throws IOException {
        var home = Files.createTempDirectory(Path.of("target/lambda").toAbsolutePath(), "function")
                .resolve("task");
        try (var zip = new ZipInputStream(Files.newInputStream(packaged))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var file = home.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        return home;
    }
}
