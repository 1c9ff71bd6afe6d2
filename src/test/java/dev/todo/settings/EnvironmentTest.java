package dev.todo.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentTest {

    @Test
    void what_is_not_set_has_the_default_of_the_README() {
        var properties = properties(Map.of());

        assertEquals("8080", properties.get("quarkus.http.port"));
        assertEquals("9000", properties.get("quarkus.management.port"));
        assertEquals("20", properties.get("quarkus.datasource.reactive.max-size"));
        assertEquals("12", properties.get("todo.bcrypt-cost"));
        assertEquals("todo-service", properties.get("todo.jwt-issuer"));
        assertEquals("PT168H", properties.get("todo.jwt-expires-in"));
        assertEquals("PT5S", properties.get("quarkus.shutdown.delay"));
        assertEquals("true", properties.get("quarkus.swagger-ui.enabled"));
    }

    @Test
    void an_empty_variable_counts_as_not_set() {
        assertEquals("8080", properties(Map.of("PORT", " ")).get("quarkus.http.port"));
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, 8081, quarkus.http.port, 8081",
        "MANAGEMENT_PORT, 9001, quarkus.management.port, 9001",
        "DB_POOL_SIZE, 5, quarkus.datasource.reactive.max-size, 5",
        "BCRYPT_COST, 15, todo.bcrypt-cost, 15",
        "JWT_ISSUER, me, todo.jwt-issuer, me",
        "JWT_EXPIRES_IN, PT15M, todo.jwt-expires-in, PT15M",
        "SHUTDOWN_DELAY, PT0S, quarkus.shutdown.delay, PT0S",
        "DOCS, off, quarkus.smallrye-openapi.enabled, false",
        "LOG_FORMAT, text, quarkus.log.console.json.enabled, false",
    })
    void a_variable_is_told_to_Quarkus(String variable, String value, String property, String expected) {
        assertEquals(expected, properties(Map.of(variable, value)).get(property));
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, web",
        "PORT, 65536",
        "PORT, -1",
        "MANAGEMENT_PORT, 9000.5",
        "DB_POOL_SIZE, 0",
        "BCRYPT_COST, 9",
        "BCRYPT_COST, 16",
        "JWT_EXPIRES_IN, 7 days",
        "JWT_EXPIRES_IN, -P1D",
        "SHUTDOWN_DELAY, 5",
        "DOCS, yes",
        "LOG_FORMAT, xml",
        "JWT_SECRET, s3cret-of-31-bytes-0123456789ab",
    })
    void a_bad_value_is_refused_by_the_name_of_its_variable(String variable, String value) {
        var refusal = assertThrows(BadSetting.class, () -> properties(Map.of(variable, value)));

        assertTrue(refusal.getMessage().startsWith(variable + " "), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
    }

    @Test
    void a_secret_is_measured_in_bytes() {
        var sixteenCharactersOfTwoBytes = "é".repeat(16);

        assertEquals(
                sixteenCharactersOfTwoBytes,
                properties(Map.of("JWT_SECRET", sixteenCharactersOfTwoBytes)).get("todo.jwt-secret"));
    }

    @Test
    void migrations_go_to_the_direct_address() {
        var properties = properties(Map.of(
                "DATABASE_URL", "postgresql://u:p@db-pooler/todo", "DATABASE_DIRECT_URL", "postgresql://o:q@db/todo"));

        assertEquals("postgresql://db-pooler:5432/todo", properties.get("quarkus.datasource.reactive.url"));
        assertTrue(
                properties.get("quarkus.datasource.migration.jdbc.url").startsWith("jdbc:postgresql://db:5432/todo"));
        assertEquals("o", properties.get("quarkus.datasource.migration.username"));
    }

    @Test
    void where_another_migrates_nothing_of_it_is_active() {
        var properties = properties(Map.of("DATABASE_URL", "postgresql://u:p@db/todo", "MIGRATE_AT_START", "false"));

        assertEquals("false", properties.get("quarkus.datasource.migration.active"));
        assertEquals("false", properties.get("quarkus.flyway.migration.active"));
        assertEquals("none", properties.get("quarkus.hibernate-orm.schema-management.strategy"));
    }

    @Test
    void without_a_database_nothing_is_said_of_one() {
        assertNull(properties(Map.of()).get("quarkus.datasource.reactive.url"));
    }

    private static Map<String, String> properties(Map<String, String> variables) {
        return new Environment(variables::get).properties();
    }
}
