package dev.todo.http.problem;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class ProblemApiIT extends ProblemApiTest {}
