package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import dev.todo.task.TaskView;
import java.io.IOException;
import java.io.OutputStream;

/** Writes tasks as a JSON array, in the same form as GET. */
class JsonArrayWriter implements TaskWriter {

    private final SequenceWriter array;

    JsonArrayWriter(OutputStream file, ObjectMapper json) throws IOException {
        this.array = json.writerFor(TaskView.class).writeValuesAsArray(file);
    }

    @Override
    public void write(TaskView task) throws IOException {
        array.write(task);
    }

    @Override
    public void flush() throws IOException {
        array.flush();
    }

    @Override
    public void close() throws IOException {
        array.close();
    }
}
