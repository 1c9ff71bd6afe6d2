package dev.todo.task.events;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class TaskEventsIT extends TaskEventsTest {}
