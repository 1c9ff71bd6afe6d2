package dev.todo.user;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class ProfileIT extends ProfileTest {}
