package dev.todo.task;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of complete: what the task is to be. Without it the task becomes what it is not. */
@Schema(description = "The new state; without it, the task is toggled")
record Completion(@Schema(examples = "true") Boolean completed) {}
