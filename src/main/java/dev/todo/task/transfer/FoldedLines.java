package dev.todo.task.transfer;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Folds lines of UTF-8 to at most 75 octets (RFC 5545, section 3.1), between characters only. */
class FoldedLines extends FilterOutputStream {

    private static final int MAX_LENGTH = 75;
    private static final byte[] FOLD = "\r\n ".getBytes(StandardCharsets.US_ASCII);

    private int length;

    FoldedLines(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        if (octet == '\r' || octet == '\n') {
            length = 0;
        } else {
            if (length + octetsFrom(octet) > MAX_LENGTH) {
                out.write(FOLD);
                length = 1;
            }
            length++;
        }
        out.write(octet);
    }

    /** The octets of the whole character if this is its first octet; 0 for the others, which were counted with it. */
    private static int octetsFrom(int octet) {
        var bits = octet & 0xFF;
        if (bits >= 0xF0) {
            return 4;
        }
        if (bits >= 0xE0) {
            return 3;
        }
        return bits >= 0xC0 ? 2 : bits >= 0x80 ? 0 : 1;
    }
}
