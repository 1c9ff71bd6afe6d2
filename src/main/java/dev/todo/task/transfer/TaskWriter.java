package dev.todo.task.transfer;

import dev.todo.task.TaskView;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;

/** Writes a file of tasks one by one; closing it writes the end of the file. */
interface TaskWriter extends Closeable, Flushable {

    void write(TaskView task) throws IOException;
}
