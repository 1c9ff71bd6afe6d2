package dev.todo.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class EncodedPathIT extends EncodedPathTest {}
