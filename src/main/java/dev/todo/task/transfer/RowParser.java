package dev.todo.task.transfer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.problem.Refusal;
import java.io.IOException;
import java.io.Reader;

/** Reads JSON for trees that are no larger than a task can be; larger ones are rejected before they are in memory. */
class RowParser extends JsonParserDelegate {

    /** In characters. A task has about 10,000, but may come with extra white space and duplicate tags. */
    static final int MAX_TEXT = 100_000;

    private static final int MAX_TOKENS = 1_000;
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxStringLength(MAX_TEXT)
            .maxNameLength(1_000)
            .maxNestingDepth(20)
            .build();

    private int tokens;
    private int text;

    private RowParser(JsonParser parser) {
        super(parser);
    }

    static RowParser of(Reader json, ObjectMapper mapper) throws IOException {
        var factory = mapper.getFactory().copy().setStreamReadConstraints(LIMITS);
        var parser = factory.createParser(json);
        parser.setCodec(mapper);
        return new RowParser(parser);
    }

    void startRow() {
        tokens = 0;
        text = 0;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        var token = super.nextToken();
        if (token == JsonToken.VALUE_STRING) {
            text += getTextLength();
        }
        if (++tokens > MAX_TOKENS || text > MAX_TEXT) {
            throw tooLarge();
        }
        return token;
    }

    static Refusal tooLarge() {
        return Refusal.invalid("", "is too large for a task");
    }
}
