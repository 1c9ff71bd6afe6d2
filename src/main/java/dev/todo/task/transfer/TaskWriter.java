package dev.todo.task.transfer;

import dev.todo.task.TaskView;
import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;

/** Writes a file of tasks, one after the other; closing it writes its end. */
interface TaskWriter extends Closeable, Flushable {

    void write(TaskView task) throws IOException;
}
