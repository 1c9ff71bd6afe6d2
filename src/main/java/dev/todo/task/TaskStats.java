package dev.todo.task;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The numbers of tasks by state. */
record TaskStats(
        @Schema(required = true) long total,
        @Schema(required = true) long open,
        @Schema(required = true) long completed,

        @Schema(required = true, description = "Open and due before now")
        long overdue) {}
