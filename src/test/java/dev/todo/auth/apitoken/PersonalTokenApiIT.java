package dev.todo.auth.apitoken;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class PersonalTokenApiIT extends PersonalTokenApiTest {}
