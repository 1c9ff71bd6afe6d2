package dev.todo;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class OperationsIT extends OperationsTest {}
