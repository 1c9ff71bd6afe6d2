package dev.todo.auth;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class EventLoopIT extends EventLoopTest {}
