package dev.todo.http.page;

import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The same promises, kept by what is deployed. */
@QuarkusIntegrationTest
class WebPageIT extends WebPageTest {}
