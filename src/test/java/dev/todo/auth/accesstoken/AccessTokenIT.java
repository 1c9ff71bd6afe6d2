package dev.todo.auth.accesstoken;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class AccessTokenIT extends AccessTokenTest {}
