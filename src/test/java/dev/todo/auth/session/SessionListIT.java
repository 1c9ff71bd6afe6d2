package dev.todo.auth.session;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class SessionListIT extends SessionListTest {}
