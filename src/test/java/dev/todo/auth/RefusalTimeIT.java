package dev.todo.auth;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RefusalTimeIT extends RefusalTimeTest {}
