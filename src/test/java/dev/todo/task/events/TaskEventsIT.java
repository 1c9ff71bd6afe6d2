package dev.todo.task.events;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class TaskEventsIT extends TaskEventsTest {}
