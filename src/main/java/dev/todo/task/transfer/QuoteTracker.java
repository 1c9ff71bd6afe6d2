package dev.todo.task.transfer;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Tracks whether the CSV that it passes on ended within quotes, as in a truncated file. The parser accepts that. */
class QuoteTracker extends FilterReader {

    private boolean isQuoted;
    /** A quote opens a quoted field only there. */
    private boolean isAtStartOfField = true;

    private boolean hasEnded;

    QuoteTracker(Reader csv) {
        super(csv);
    }

    boolean hasEndedInQuotes() {
        return hasEnded && isQuoted;
    }

    @Override
    public int read() throws IOException {
        var c = super.read();
        if (c < 0) {
            hasEnded = true;
        } else {
            track((char) c);
        }
        return c;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        hasEnded = count < 0;
        for (var i = 0; i < count; i++) {
            track(buffer[offset + i]);
        }
        return count;
    }

    private void track(char c) {
        if (c == '"') {
            // Quotes inside quotes are doubled: the first closes them, the second reopens them
            isQuoted = isAtStartOfField && !isQuoted;
        } else if (!isQuoted) {
            isAtStartOfField = c == ',' || c == '\n' || c == '\r';
        }
    }
}
