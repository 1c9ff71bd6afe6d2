package dev.todo.task;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class TaskFilterIT extends TaskFilterTest {}
