package dev.todo.task;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a call that completes or reopens a task. Without it the task is toggled. */
@Schema(description = "The new state; without it, the task is toggled")
record Completion(@Schema(examples = "true") Boolean completed) {}
