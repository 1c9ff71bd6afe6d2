package dev.todo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String DATABASE = "postgresql://ada:s3cr3t@db.example.com/todo?sslmode=require";

    @Test
    void requires_only_a_database_and_a_secret() {
        var properties = with().properties();

        assertEquals("postgresql://db.example.com:5432/todo", properties.get("quarkus.datasource.reactive.url"));
        assertEquals("ada", properties.get("quarkus.datasource.username"));
        assertEquals("s3cr3t", properties.get("quarkus.datasource.password"));
        assertEquals(SECRET, properties.get("todo.jwt-secret"));
    }

    @Test
    void the_reactive_client_gets_a_url_for_each_host() {
        assertEquals(
                "postgresql://a:5432/todo,postgresql://b:5433/todo",
                with("DATABASE_URL", "postgresql://ada@a,b:5433/todo")
                        .properties()
                        .get("quarkus.datasource.reactive.url"));
    }

    @ParameterizedTest
    @CsvSource({
        "JWT_ISSUER, todo.jwt-issuer, todo-service",
        "JWT_EXPIRES_IN, todo.jwt-expires-in, PT168H",
        "BCRYPT_COST, todo.bcrypt-cost, 12",
        "PORT, quarkus.http.port, 8080",
        "MANAGEMENT_PORT, quarkus.management.port, 9000",
        "DB_POOL_SIZE, quarkus.datasource.reactive.max-size, 20",
        "SHUTDOWN_DELAY, quarkus.shutdown.delay, PT5S",
        "DOCS, quarkus.smallrye-openapi.enabled, true",
        "DOCS, quarkus.swagger-ui.enabled, true",
        "MIGRATE_AT_START, quarkus.flyway.migration.migrate-at-start, true"
    })
    void uses_the_default_of_a_missing_or_empty_variable(String variable, String property, String defaultValue) {
        assertEquals(defaultValue, with().properties().get(property));
        assertEquals(defaultValue, with(variable, "").properties().get(property));
        assertEquals(defaultValue, with(variable, " \n").properties().get(property));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "JWT_ISSUER, https://todo.example.com, todo.jwt-issuer, https://todo.example.com",
        "JWT_EXPIRES_IN, PT15M, todo.jwt-expires-in, PT15M",
        "JWT_EXPIRES_IN, P1D, todo.jwt-expires-in, PT24H",
        "BCRYPT_COST, 10, todo.bcrypt-cost, 10",
        "BCRYPT_COST, 15, todo.bcrypt-cost, 15",
        "BCRYPT_COST, ' 11 ', todo.bcrypt-cost, 11",
        "PORT, 80, quarkus.http.port, 80",
        "PORT, 65535, quarkus.http.port, 65535",
        "MANAGEMENT_PORT, 9001, quarkus.management.port, 9001",
        "DB_POOL_SIZE, 1, quarkus.datasource.reactive.max-size, 1",
        "DB_POOL_SIZE, 1000, quarkus.datasource.reactive.max-size, 1000",
        "SHUTDOWN_DELAY, PT0S, quarkus.shutdown.delay, PT0S",
        "DOCS, off, quarkus.smallrye-openapi.enabled, false",
        "DOCS, off, quarkus.swagger-ui.enabled, false",
        "DOCS, on, quarkus.swagger-ui.enabled, true",
        "LOG_FORMAT, json, quarkus.log.console.json.enabled, true",
        "LOG_FORMAT, text, quarkus.log.console.json.enabled, false",
        "MIGRATE_AT_START, true, quarkus.flyway.migration.migrate-at-start, true",
        "MIGRATE_AT_START, false, quarkus.flyway.migration.migrate-at-start, false",
        "MIGRATE_AT_START, false, quarkus.datasource.migration.active, false"
    })
    void maps_variables_to_properties(String variable, String value, String property, String configured) {
        assertEquals(configured, with(variable, value).properties().get(property));
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "DATABASE_URL, s3cr3t",
        "DATABASE_URL, mysql://ada:s3cr3t@localhost/todo",
        "DATABASE_DIRECT_URL, s3cr3t",
        "DATABASE_DIRECT_URL, postgresql://ada:s3cr3t@localhost/todo?sslmode=s3cr3t",
        "JWT_SECRET, s3cr3t",
        "JWT_SECRET, s3cr3t6789abcdef0123456789abcde",
        "JWT_EXPIRES_IN, s3cr3t",
        "JWT_EXPIRES_IN, 7d",
        "JWT_EXPIRES_IN, 3600",
        "JWT_EXPIRES_IN, -PT1S",
        "BCRYPT_COST, s3cr3t",
        "BCRYPT_COST, 9",
        "BCRYPT_COST, 16",
        "BCRYPT_COST, 12.0",
        "BCRYPT_COST, -12",
        "PORT, s3cr3t",
        "PORT, -1",
        "PORT, 65536",
        "PORT, 99999999999",
        "MANAGEMENT_PORT, s3cr3t",
        "MANAGEMENT_PORT, 65536",
        "DB_POOL_SIZE, s3cr3t",
        "DB_POOL_SIZE, 0",
        "DB_POOL_SIZE, 1001",
        "SHUTDOWN_DELAY, s3cr3t",
        "SHUTDOWN_DELAY, 5",
        "SHUTDOWN_DELAY, -PT5S",
        "DOCS, s3cr3t",
        "DOCS, true",
        "DOCS, ON",
        "LOG_FORMAT, s3cr3t",
        "LOG_FORMAT, JSON",
        "MIGRATE_AT_START, s3cr3t",
        "MIGRATE_AT_START, yes"
    })
    void rejects_an_invalid_value_in_one_line_that_names_only_the_variable(String variable, String value) {
        var refusal = refusal(variable, value);

        assertTrue(refusal.startsWith(variable + " "), refusal);
        assertEquals(1, refusal.lines().count());
        assertFalse(refusal.contains("s3cr3t"), refusal);
    }

    @Test
    void uses_the_administrators_password_unchanged() {
        for (var password : new String[] {"  spaced  out  ", "ㅤㅤ密码是八个字", "${not.an.expression}", "🥛".repeat(18)}) {
            assertEquals(
                    password, admin("ada@example.com", password).properties().get("todo.admin.password"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567", "🥛🥛🥛🥛🥛🥛🥛", "line break\n", "tab\tstop in it", "        "})
    void rejects_an_administrators_password_that_no_user_could_have_or_type(String password) {
        assertThrows(
                InvalidSetting.class, () -> admin("ada@example.com", password).properties());
        assertThrows(
                InvalidSetting.class,
                () -> admin("ada@example.com", "ü".repeat(37)).properties());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "ada@localhost",
                "ada@exa(mple.com",
                "ada@-example.com",
                "ada@example..com",
                "ädä@example.com"
            })
    void rejects_an_administrators_address_that_could_not_sign_up(String email) {
        assertThrows(
                InvalidSetting.class,
                () -> admin(email, "correct horse battery").properties());
    }

    @Test
    void measures_the_secret_in_bytes() {
        assertEquals(
                "ü".repeat(16), with("JWT_SECRET", "ü".repeat(16)).properties().get("todo.jwt-secret"));
        assertEquals("JWT_SECRET must be at least 32 bytes long", refusal("JWT_SECRET", "x".repeat(31)));
    }

    @Test
    void shows_an_example_if_the_database_is_missing() {
        var refusal = assertThrows(
                InvalidSetting.class, () -> with("DATABASE_URL", "").database());

        assertEquals("DATABASE_URL is not set: use postgresql://user:password@host/database", refusal.getMessage());
    }

    /** The build sets neither; Main requires them when the service starts. */
    @ParameterizedTest
    @CsvSource({"DATABASE_URL, quarkus.datasource.reactive.url", "JWT_SECRET, todo.jwt-secret"})
    void omits_missing_variables_without_a_default(String variable, String property) {
        assertNull(with(variable, "").properties().get(property));
    }

    @Test
    void runs_migrations_on_the_direct_url_if_there_is_one() {
        var properties = with("DATABASE_DIRECT_URL", "postgresql://owner:other@direct.example.com/todo")
                .properties();

        assertTrue(properties.get("quarkus.datasource.migration.jdbc.url").contains("//direct.example.com:5432/todo"));
        assertEquals("owner", properties.get("quarkus.datasource.migration.username"));
        assertEquals("other", properties.get("quarkus.datasource.migration.password"));
        assertEquals("postgresql://db.example.com:5432/todo", properties.get("quarkus.datasource.reactive.url"));
    }

    @Test
    void runs_migrations_on_the_database_url_otherwise() {
        var properties = with().properties();

        assertTrue(properties.get("quarkus.datasource.migration.jdbc.url").contains("//db.example.com:5432/todo"));
        assertEquals("ada", properties.get("quarkus.datasource.migration.username"));
    }

    @Test
    void does_not_query_the_database_at_start_if_migrations_are_off() {
        var strategy = "quarkus.hibernate-orm.schema-management.strategy";

        assertFalse(with("MIGRATE_AT_START", "false").migrateAtStart());
        assertEquals("none", with("MIGRATE_AT_START", "false").properties().get(strategy));
        assertNull(with().properties().get(strategy));
    }

    /** A complete environment with this variable changed. */
    private static Environment with(String variable, String value) {
        var variables = new HashMap<>(Map.of("DATABASE_URL", DATABASE, "JWT_SECRET", SECRET));
        variables.put(variable, value);
        return new Environment(variables::get);
    }

    private static Environment admin(String email, String password) {
        var variables = Map.of(
                "DATABASE_URL", DATABASE, "JWT_SECRET", SECRET, "ADMIN_EMAIL", email, "ADMIN_PASSWORD", password);
        return new Environment(variables::get);
    }

    private static Environment with() {
        return with("IRRELEVANT", "");
    }

    private static String refusal(String variable, String value) {
        return assertThrows(InvalidSetting.class, () -> with(variable, value).properties())
                .getMessage();
    }
}
