package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.todo.task.TaskView;
import java.io.IOException;
import java.io.OutputStream;

/** Writes tasks as lines of CSV (RFC 4180), with the field names as the header. */
class TableWriter implements TaskWriter {

    private final CsvWriter table;
    private final ObjectMapper json;

    TableWriter(OutputStream file, ObjectMapper json) {
        this.table = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(file);
        this.json = json;
        table.writeRecord(Table.COLUMNS);
    }

    @Override
    public void write(TaskView task) {
        var members = json.valueToTree(task);
        table.writeRecord(
                Table.COLUMNS.stream().map(column -> cell(members.get(column))).toList());
    }

    private static String cell(JsonNode member) {
        if (member.isNull()) {
            return "";
        }
        return Table.guarded(member.isTextual() ? member.textValue() : member.toString());
    }

    @Override
    public void flush() throws IOException {
        table.flush();
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
