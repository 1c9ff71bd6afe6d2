package dev.todo;

import static dev.todo.TodoClient.anyone;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class OperationsTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "started"})
    void serves_health_on_the_management_port(String check) {
        management().get("/q/health/" + check).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void serves_metrics_on_the_management_port() {
        management().get("/q/metrics").then().statusCode(200).body(containsString("http_server"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/q/health", "/q/health/live", "/q/health/ready", "/q/health/started", "/q/metrics", "/q/dev"})
    void does_not_serve_management_endpoints_on_the_public_port(String path) {
        anyone().get(path).then().statusCode(404).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/tasks", "/users/me", "/auth/login", "/openapi", "/docs/"})
    void does_not_serve_the_API_on_the_management_port(String path) {
        management().get(path).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void the_database_affects_readiness_but_not_liveness() {
        management().get("/q/health/ready").then().body("checks.name", hasItem(containsString("connection")));
        management().get("/q/health/live").then().body("checks.name", not(hasItem(containsString("connection"))));
    }

    @Test
    void unknown_management_paths_return_a_problem_document() {
        management().get("/nope").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void serves_the_explorer_with_a_strict_content_security_policy() {
        anyone().redirects()
                .follow(true)
                .get("/docs")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .body(not(containsString("<script>")));
        anyone().get("/docs/explorer.js").then().statusCode(200);
        anyone().get("/docs/swagger-ui/swagger-ui-bundle.js").then().statusCode(200);
        anyone().get("/docs/swagger-ui/swagger-ui.css").then().statusCode(200);
    }

    private static RequestSpecification management() {
        return anyone().port(Metrics.managementPort());
    }
}

@QuarkusIntegrationTest
class OperationsIT extends OperationsTest {}
