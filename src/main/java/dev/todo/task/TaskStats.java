package dev.todo.task;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The numbers of tasks by state. */
record TaskStats(
        long total,
        long open,
        long completed,

        @Schema(description = "Open and due before now") long overdue) {}
