package dev.todo.http.paging;

/** Something that knows its size as JSON in bytes, so that pages can be limited in size. */
public interface JsonSized {

    int BYTES_OF_NULL = 4;

    /** An upper bound that is cheap to compute. */
    int maxJsonBytes();

    int jsonBytes();

    /** An upper bound for a string with its quotes: a control character is written as six bytes. */
    static int maxJsonBytes(String text) {
        return text == null ? BYTES_OF_NULL : 6 * text.length() + 2;
    }

    static int jsonBytes(String text) {
        if (text == null) {
            return BYTES_OF_NULL;
        }
        var bytes = 2;
        for (var i = 0; i < text.length(); i++) {
            bytes += jsonBytes(text.charAt(i));
        }
        return bytes;
    }

    private static int jsonBytes(char unit) {
        if (unit >= ' ') {
            if (unit < 0x80) {
                return unit == '"' || unit == '\\' ? 2 : 1;
            }
            // A surrogate pair is a character of four bytes
            return unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
        }
        return switch (unit) {
            case '\b', '\t', '\n', '\f', '\r' -> 2;
            default -> 6;
        };
    }
}
