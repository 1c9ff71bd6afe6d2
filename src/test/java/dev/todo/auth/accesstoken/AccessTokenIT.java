package dev.todo.auth.accesstoken;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class AccessTokenIT extends AccessTokenTest {}
