package dev.todo.auth.session;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class SessionListIT extends SessionListTest {}
