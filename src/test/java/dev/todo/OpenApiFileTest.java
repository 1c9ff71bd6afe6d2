package dev.todo;

import static dev.todo.TodoClient.anyone;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Clients are generated from the committed document, and a review sees what a change does to the API. */
@QuarkusTest
class OpenApiFileTest {

    private static final Path FILE = Path.of("docs/openapi.yaml");

    @Test
    void the_committed_document_is_the_one_that_the_service_publishes() throws IOException {
        var published =
                anyone().get("/openapi").then().statusCode(200).extract().asString();
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(FILE, published);
        }

        assertIterableEquals(
                Files.readAllLines(FILE),
                published.lines().toList(),
                FILE + " is out of date. Run: ./mvnw test -Dtest=OpenApiFileTest -Dopenapi.write");
    }
}

@QuarkusIntegrationTest
class OpenApiFileIT extends OpenApiFileTest {}
