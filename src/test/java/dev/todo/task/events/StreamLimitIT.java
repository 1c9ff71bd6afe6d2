package dev.todo.task.events;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StreamLimitIT extends StreamLimitTest {}
