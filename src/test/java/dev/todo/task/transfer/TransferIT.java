package dev.todo.task.transfer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class TransferIT extends TransferTest {}
