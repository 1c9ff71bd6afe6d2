package dev.todo.event;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StreamLimitIT extends StreamLimitTest {}
