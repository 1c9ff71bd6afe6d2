package dev.todo.account;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class UserListIT extends UserListTest {}
