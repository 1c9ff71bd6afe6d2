package dev.todo.task.transfer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RepeatedImportIT extends RepeatedImportTest {}
