package dev.todo.account;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class AccountDeletionIT extends AccountDeletionTest {}
