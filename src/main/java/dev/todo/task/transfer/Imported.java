package dev.todo.task.transfer;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many tasks an import added. */
@Schema(description = "How many tasks were added")
record Imported(@Schema(required = true, examples = "3") long imported) {}
