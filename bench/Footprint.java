import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The CPU time and memory of a process. Memory is NaN except on Linux; see proc(5). */
record Footprint(long pid) {

    double cpuMillis() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toMillis)
                .orElseThrow();
    }

    double residentMiB() throws IOException {
        return statusMiB("VmRSS:");
    }

    /** The peak resident memory since the last reset. */
    double mostResidentMiB() throws IOException {
        return statusMiB("VmHWM:");
    }

    void forgetMostResident() throws IOException {
        if (Files.exists(file("clear_refs"))) {
            Files.writeString(file("clear_refs"), "5");
        }
    }

    private double statusMiB(String name) throws IOException {
        if (!Files.exists(file("status"))) {
            return Double.NaN;
        }
        try (var lines = Files.lines(file("status"))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    private Path file(String name) {
        return Path.of("/proc", String.valueOf(pid), name);
    }
}
