package dev.todo.task;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class RepeatedCreationIT extends RepeatedCreationTest {}
