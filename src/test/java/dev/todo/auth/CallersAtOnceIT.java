package dev.todo.auth;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class CallersAtOnceIT extends CallersAtOnceTest {}
