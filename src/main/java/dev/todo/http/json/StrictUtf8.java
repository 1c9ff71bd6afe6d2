package dev.todo.http.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.IOContext;
import com.fasterxml.jackson.core.io.InputDecorator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Rejects JSON that is not UTF-8, since Jackson's own decoder accepts overlong sequences and code points beyond
 * Unicode, and JSON that is only {@code null}, which Jackson treats as a missing body.
 */
class StrictUtf8 extends InputDecorator {

    private static final Pattern ONLY_NULL = Pattern.compile("\\uFEFF?[ \\t\\r\\n]*+null[ \\t\\r\\n]*+");

    @Override
    public InputStream decorate(IOContext context, InputStream in) throws IOException {
        var bytes = in.readAllBytes();
        return decorate(context, bytes, 0, bytes.length);
    }

    @Override
    public InputStream decorate(IOContext context, byte[] bytes, int offset, int length) throws IOException {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            if (ONLY_NULL.matcher(text).matches()) {
                throw new JsonParseException(null, "Only null");
            }
        } catch (CharacterCodingException e) {
            throw new JsonParseException(null, "Not UTF-8", e);
        }
        return new ByteArrayInputStream(bytes, offset, length);
    }

    @Override
    public Reader decorate(IOContext context, Reader reader) {
        return reader;
    }
}
