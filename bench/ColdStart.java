import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Measures cold starts; see bench/cold-start. */
class ColdStart {

    static final int ROUNDS = 10;
    static final Path AOT_JAR = Path.of("target/aot/quarkus-app/quarkus-run.jar");
    static final Path AOT_CACHE = AOT_JAR.resolveSibling("app.aot");
    static final Path FUNCTION = Path.of("target/lambda/function.zip");

    record Form(String name, List<String> command, boolean migrates, boolean isFunction) {

        Form(String name, String... command) {
            this(name, List.of(command), false, false);
        }

        Form migrating(String otherName) {
            return new Form(otherName, command, true, isFunction);
        }
    }

    record Start(double millis, double residentMiB) {}

    final Database database;
    final String token;

    ColdStart(Database database, String token) {
        this.database = database;
        this.token = token;
    }

    public static void main(String... arguments) throws Exception {
        var rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ROUNDS;
        var forms = forms();
        try (var database = Database.empty()) {
            var starts = new ColdStart(database, token(forms.get(0), database)).starts(forms, rounds);
            report(starts);
        }
        System.exit(0);
    }

    static List<Form> forms() throws IOException {
        var forms = new ArrayList<Form>();
        if (Files.exists(Service.NATIVE)) {
            var executable = new Form("native", Service.NATIVE.toString());
            forms.add(executable);
            forms.add(executable.migrating("native, checks migrations"));
        }
        if (Files.exists(Service.JAR)) {
            forms.add(new Form("JVM, fast-jar", Service.java(), "-jar", Service.JAR.toString()));
        }
        // Other Java versions do not support this option
        if (Files.exists(AOT_CACHE) && Runtime.version().feature() >= 25) {
            var cache = "-XX:AOTCache=" + AOT_CACHE;
            forms.add(new Form("JVM, AOT cache", Service.java(), cache, "-jar", AOT_JAR.toString()));
        }
        if (forms.isEmpty()) {
            throw new IllegalStateException("No form has been built; see docs/performance.md");
        }
        bootstrap().ifPresent(executable ->
                forms.add(new Form("native, Lambda function", List.of(executable.toString()), false, true)));
        return forms;
    }

    /** The executable from function.zip; empty if the file contains the JVM variant. */
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

    /** Signs up and logs in with a form. Its start also migrates the database. */
    static String token(Form form, Database database) throws Exception {
        try (var service = launched(form.migrating(form.name), database, Map.of("BCRYPT_COST", "10"))) {
            service.awaitReadiness();
            return service.api().tokenOfSomebodyNew();
        }
    }

    Map<Form, List<Start>> starts(List<Form> forms, int rounds) throws Exception {
        var starts = new LinkedHashMap<Form, List<Start>>();
        for (var round = 0; round < rounds; round++) {
            for (var form : forms) {
                var start = form.isFunction ? startFunction(form) : startServer(form);
                starts.computeIfAbsent(form, f -> new ArrayList<>()).add(start);
            }
        }
        return starts;
    }

    /** Tries a fresh connection every millisecond until the answer is 200. */
    Start startServer(Form form) throws Exception {
        var begin = System.nanoTime();
        try (var service = launched(form, database, Map.of())) {
            awaitTasks(service);
            return new Start((System.nanoTime() - begin) / 1e6, service.footprint().residentMiB());
        }
    }

    Start startFunction(Form form) throws Exception {
        try (var runtime = new FunctionRuntime(token)) {
            var begin = System.nanoTime();
            try (var service = launched(form, database, Map.of("AWS_LAMBDA_RUNTIME_API", runtime.address()))) {
                runtime.awaitSuccess();
                return new Start((System.nanoTime() - begin) / 1e6, service.footprint().residentMiB());
            }
        }
    }

    static Service launched(Form form, Database database, Map<String, String> more) throws IOException {
        var settings = new HashMap<>(more);
        settings.put("MIGRATE_AT_START", String.valueOf(form.migrates));
        return Service.launched("cold-start", form.command, database, settings);
    }

    void awaitTasks(Service service) throws InterruptedException {
        var request = "GET /tasks?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nConnection: close\r\n\r\n";
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Service.DEADLINE_SECONDS);
        while (service.isAlive() && System.nanoTime() < end) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
                if (answer.startsWith("HTTP/1.1 200 ")) {
                    return;
                }
            } catch (IOException notYet) {
                // not listening yet
            }
            Thread.sleep(1);
        }
        throw new IllegalStateException("No response; see " + service.log());
    }

    static void report(Map<Form, List<Start>> starts) throws IOException {
        var report = new Report(
                "cold-start",
                "| form | first 200, ms (median) | fastest to slowest | resident then, MiB |",
                "| %s | %.0f | %.0f to %.0f | %.0f |");
        starts.forEach((form, measured) -> {
            var millis = measured.stream().mapToDouble(Start::millis).toArray();
            var resident = measured.stream().mapToDouble(Start::residentMiB).toArray();
            report.row(
                    form.name,
                    Map.of("first_200_ms", millis, "resident_mib", resident),
                    Report.median(millis),
                    Report.quantile(millis, 0),
                    Report.quantile(millis, 1),
                    Report.median(resident));
        });
        report.write();
    }
}
