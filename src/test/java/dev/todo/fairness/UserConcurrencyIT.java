package dev.todo.fairness;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class UserConcurrencyIT extends UserConcurrencyTest {}
