package dev.todo.http.problem;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class ProblemApiIT extends ProblemApiTest {}
