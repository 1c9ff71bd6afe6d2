package dev.todo.task.transfer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The number of tasks that an import added. */
@Schema(description = "The number of imported tasks")
record Imported(@Schema(examples = "3") long imported) {}
