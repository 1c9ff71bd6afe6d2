package dev.todo.task;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many tasks there are. */
record TaskStats(
        @Schema(required = true) long total,
        @Schema(required = true) long open,
        @Schema(required = true) long completed,

        @Schema(required = true, description = "Open and due before now")
        long overdue) {}
