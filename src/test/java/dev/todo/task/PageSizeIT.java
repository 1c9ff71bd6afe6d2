package dev.todo.task;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PageSizeIT extends PageSizeTest {}
