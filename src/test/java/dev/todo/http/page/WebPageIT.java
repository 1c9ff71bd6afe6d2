package dev.todo.http.page;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** Reruns the tests against the packaged service. */
@QuarkusIntegrationTest
class WebPageIT extends WebPageTest {}
