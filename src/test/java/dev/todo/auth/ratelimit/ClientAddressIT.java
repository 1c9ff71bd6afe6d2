package dev.todo.auth.ratelimit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class ClientAddressIT extends ClientAddressTest {}
