package dev.todo.account;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CurrentPasswordLimitIT extends CurrentPasswordLimitTest {}
