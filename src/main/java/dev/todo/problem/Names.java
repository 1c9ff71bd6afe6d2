package dev.todo.problem;

/** Names that a client made up, fit to be given back. */
public final class Names {

    private static final int LONGEST = 100;

    private Names() {}

    /** Cut to 100 code points, and without what cannot be written as UTF-8 or would garble a terminal. */
    public static String printable(String name) {
        return name.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
