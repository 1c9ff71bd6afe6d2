package dev.todo.auth.ratelimit;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class ClientAddressIT extends ClientAddressTest {}
