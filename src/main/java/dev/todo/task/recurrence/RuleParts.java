package dev.todo.task.recurrence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parts of a rule as written; each is well formed on its own. */
record RuleParts(String text, Map<String, String> values) {

    private static final int MAX_LENGTH = 500;
    private static final String DAY = "([+-]?(0?[1-9]|[1-4]\\d|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)";
    private static final String DAY_OF_MONTH = "[+-]?(0?[1-9]|[12]\\d|3[01])";

    /** Numbers have at most four digits: more would only take long to count, or leave the calendar. */
    private static final Map<String, Pattern> KNOWN = Map.of(
            "FREQ", Pattern.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
            "INTERVAL", Pattern.compile("(?!0+$)\\d{1,4}"),
            "BYDAY", Pattern.compile(DAY + "(," + DAY + ")*"),
            "BYMONTHDAY", Pattern.compile(DAY_OF_MONTH + "(," + DAY_OF_MONTH + ")*"),
            "COUNT", Pattern.compile("(?!0+$)\\d{1,4}"),
            "UNTIL", Pattern.compile("\\d{8}(T\\d{6}Z)?"));

    private static final Set<String> ENDS = Set.of("COUNT", "UNTIL");

    static RuleParts of(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("must have at most " + MAX_LENGTH + " characters");
        }
        var values = new LinkedHashMap<String, String>();
        for (var part : text.split(";", -1)) {
            var pair = part.split("=", 2);
            if (!KNOWN.containsKey(pair[0])) {
                throw new IllegalArgumentException("must be an RRULE that uses only FREQ, INTERVAL, BYDAY, BYMONTHDAY,"
                        + " COUNT and UNTIL, in upper case");
            }
            if (pair.length < 2 || !KNOWN.get(pair[0]).matcher(pair[1]).matches()) {
                throw new IllegalArgumentException("has an invalid " + pair[0]);
            }
            if (values.put(pair[0], pair[1]) != null) {
                throw new IllegalArgumentException("has " + pair[0] + " twice");
            }
        }
        if (values.keySet().containsAll(ENDS)) {
            throw new IllegalArgumentException("must not have both COUNT and UNTIL");
        }
        return new RuleParts(text, values);
    }

    Optional<String> value(String part) {
        return Optional.ofNullable(values.get(part));
    }

    OptionalInt count() {
        return value("COUNT").stream().mapToInt(Integer::parseInt).findFirst();
    }

    /** The values of a part, which may have several. */
    Stream<String> list(String part) {
        return value(part).stream().flatMap(values -> Stream.of(values.split(",")));
    }
}
