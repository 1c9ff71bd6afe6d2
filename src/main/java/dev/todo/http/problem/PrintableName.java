package dev.todo.http.problem;

/** Makes names from clients safe to return. */
public final class PrintableName {

    private static final int MAX_LENGTH = 100;

    private PrintableName() {}

    /** Truncates to 100 code points, and replaces what cannot be written as UTF-8 or would garble a terminal. */
    public static String of(String name) {
        return name.codePoints()
                .limit(MAX_LENGTH)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
