package dev.todo.task.transfer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class TransferIT extends TransferTest {}
