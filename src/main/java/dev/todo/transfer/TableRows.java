package dev.todo.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.todo.problem.Names;
import dev.todo.problem.Refusal;
import java.io.Reader;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The lines of CSV (RFC 4180) after the header. A line may be shorter than the header, and an empty cell is null. */
class TableRows implements Rows {

    private final CloseableIterator<CsvRecord> lines;
    private final ObjectMapper json;
    private List<String> columns;

    TableRows(Reader text, ObjectMapper json) {
        this.lines = CsvReader.builder()
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text)
                .iterator();
        this.json = json;
    }

    @Override
    public Optional<ObjectNode> next() {
        try {
            if (columns == null) {
                columns = header();
            }
            return lines.hasNext() ? Optional.of(row(lines.next().getFields())) : Optional.empty();
        } catch (CsvParseException e) {
            throw Refusal.malformed("It is no CSV by RFC 4180.");
        }
    }

    private List<String> header() {
        if (!lines.hasNext()) {
            throw Refusal.malformed("The body must be CSV with a header.");
        }
        var names = lines.next().getFields();
        for (var name : names) {
            if (!Table.COLUMNS.contains(name)) {
                throw Refusal.invalid(Names.printable(name), "is not a member that can be given here");
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw Refusal.malformed("A column is given twice.");
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

    /** In upper case, too: so spreadsheets save it. */
    private static JsonNode completed(String cell) {
        if (!cell.equalsIgnoreCase("true") && !cell.equalsIgnoreCase("false")) {
            throw Refusal.invalid("completed", "must be true or false");
        }
        return BooleanNode.valueOf(Boolean.parseBoolean(cell));
    }

    private JsonNode tags(String cell) {
        try {
            var tags = json.readTree(cell);
            if (tags.isArray() && tags.valueStream().allMatch(JsonNode::isTextual)) {
                return tags;
            }
        } catch (JsonProcessingException e) {
            // no JSON at all; answered below
        }
        throw Refusal.invalid("tags", "must be a JSON array of strings");
    }
}
