package dev.todo.task;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ChangesInOrderIT extends ChangesInOrderTest {}
