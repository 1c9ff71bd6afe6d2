import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Generates one user's load in a separate process with the lowest priority. It uses only the processor time that the
 * service and the quiet user leave, like clients on other machines.
 */
final class NoiseProcess implements AutoCloseable {

    private static final String READY = "ready";

    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;

    NoiseProcess(URI address) throws IOException {
        process = new ProcessBuilder(
                        "nice",
                        "-n",
                        "19",
                        Service.java(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        NoiseProcess.class.getName(),
                        address.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        await(READY);
    }

    void begin(Noise noise) throws IOException {
        orders.println(noise.name());
        await(READY);
    }

    /** Stops the load and returns its outcomes. */
    String end() throws IOException {
        orders.println();
        return answers.readLine();
    }

    private void await(String line) throws IOException {
        var answer = answers.readLine();
        if (!line.equals(answer)) {
            throw new IOException("Unexpected output of the noise process: " + answer);
        }
    }

    @Override
    public void close() throws InterruptedException {
        orders.close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    /** Runs in the separate process. A line starts the kind of noise it names; an empty line stops it. */
    public static void main(String... arguments) throws Exception {
        var user = NoisyUser.registered(List.of(URI.create(arguments[0])));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println(READY);
        String name;
        while ((name = orders.readLine()) != null) {
            var outcomes = new Tally();
            try (var running = Noise.named(name).begin(user, outcomes)) {
                System.out.println(READY);
                orders.readLine();
            }
            System.out.println(outcomes);
        }
        System.exit(0);
    }
}
