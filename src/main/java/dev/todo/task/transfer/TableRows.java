package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.todo.http.problem.PrintableName;
import dev.todo.http.problem.Refusal;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads the lines of CSV (RFC 4180) after the header. A line may be shorter than the header, and an empty cell is null.
 */
class TableRows implements Rows {

    /** Rows with more cells than the header are rejected anyway, with a better message. */
    private static final int MAX_CELLS = 100;

    private final QuoteTracker text;
    private final CloseableIterator<CsvRecord> lines;
    private final ObjectMapper json;
    private List<String> columns;

    TableRows(Reader text, ObjectMapper json) {
        this.text = new QuoteTracker(text);
        this.lines = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .maxBufferSize(RowParser.MAX_TEXT)
                .build(
                        CsvRecordHandler.builder()
                                .maxFields(MAX_CELLS)
                                .maxFieldSize(RowParser.MAX_TEXT)
                                .maxRecordSize(RowParser.MAX_TEXT)
                                .build(),
                        this.text)
                .iterator();
        this.json = json;
    }

    @Override
    public Optional<ObjectNode> next() {
        try {
            if (columns == null) {
                columns = header();
            }
            var line = lines.hasNext() ? lines.next() : null;
            if (text.hasEndedInQuotes() && !lines.hasNext()) {
                throw Refusal.malformed("The file ends inside a quoted cell.");
            }
            return line == null ? Optional.empty() : Optional.of(row(line.getFields()));
        } catch (CsvParseException e) {
            throw isTooLarge(e) ? RowParser.tooLarge() : Refusal.malformed("The CSV is not valid (RFC 4180).");
        }
    }

    /** The parser has no exception type for this error. */
    private static boolean isTooLarge(Throwable e) {
        return e != null && (String.valueOf(e.getMessage()).contains(" max") || isTooLarge(e.getCause()));
    }

    private List<String> header() {
        if (!lines.hasNext()) {
            throw Refusal.malformed("The body must be CSV with a header line.");
        }
        var names = lines.next().getFields();
        for (var name : names) {
            if (!Table.COLUMNS.contains(name)) {
                throw Refusal.invalid(PrintableName.of(name), "is not a field you can set here");
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw Refusal.malformed("The header has the same column twice.");
        }
        return names;
    }

    private ObjectNode row(List<String> cells) {
        if (cells.size() > columns.size()) {
            throw Refusal.invalid("", "has more cells than the header");
        }
        var row = json.createObjectNode();
        for (var i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                row.set(columns.get(i), value(columns.get(i), Table.unguarded(cells.get(i))));
            }
        }
        return row;
    }

    private JsonNode value(String column, String cell) {
        return switch (column) {
            case "completed" -> completed(cell);
            case "tags" -> tags(cell);
            default -> TextNode.valueOf(cell);
        };
    }

    /** Accepts upper case, in which spreadsheets save it. */
    private static JsonNode completed(String cell) {
        if (!cell.equalsIgnoreCase("true") && !cell.equalsIgnoreCase("false")) {
            throw Refusal.invalid("completed", "must be true or false");
        }
        return BooleanNode.valueOf(Boolean.parseBoolean(cell));
    }

    private JsonNode tags(String cell) {
        try {
            var tags = json.<JsonNode>readTree(RowParser.of(new StringReader(cell), json));
            if (tags != null && tags.isArray() && tags.valueStream().allMatch(JsonNode::isTextual)) {
                return tags;
            }
        } catch (IOException e) {
            // not JSON: rejected below
        }
        throw Refusal.invalid("tags", "must be a JSON array of strings");
    }
}
