package dev.todo.deploy;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class MonitoringIT extends MonitoringTest {}
