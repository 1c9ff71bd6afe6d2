package dev.todo.auth.apitoken;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class PersonalTokenApiIT extends PersonalTokenApiTest {}
