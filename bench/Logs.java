import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Counts the errors in the replicas' logs by their beginning, without ids and numbers. */
final class Logs {

    private static final Pattern ERROR = Pattern.compile("^\\S+ \\S+ +(ERROR|FATAL) ");
    private static final Pattern PARTICULARS = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+");
    private static final int LENGTH = 160;

    /** Hibernate Reactive logs every transaction whose connection is lost. The service then answers 503. */
    private static final String KNOWN = "[org.hib.rea.poo.imp.SqlClientConnection]";

    private Logs() {}

    static Map<String, Integer> errors(List<Replica> replicas) throws IOException {
        var errors = new TreeMap<String, Integer>();
        for (var replica : replicas) {
            try (var lines = Files.lines(replica.log())) {
                lines.filter(line -> ERROR.matcher(line).find())
                        .forEach(line -> errors.merge(kind(line), 1, Integer::sum));
            }
        }
        return errors;
    }

    static boolean isKnown(String error) {
        return error.startsWith(KNOWN);
    }

    private static String kind(String line) {
        var text = PARTICULARS.matcher(line.substring(line.indexOf('['))).replaceAll("#");
        return text.substring(0, Math.min(LENGTH, text.length()));
    }
}
