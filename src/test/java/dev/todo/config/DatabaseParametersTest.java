package dev.todo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseParametersTest {

    private static final String JAVAS_AUTHORITIES = "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(SslMode.class)
    void supports_the_ssl_modes_of_libpq(SslMode mode) {
        var url = parsed("sslmode=" + mode.libpqName());

        assertEquals(mode, url.parameters().sslMode());
        assertTrue(url.jdbc().contains("?sslmode=" + mode.libpqName() + "&"), url.jdbc());
    }

    @ParameterizedTest
    @CsvSource({
        "ssl=true, REQUIRE",
        "ssl=false, DISABLE",
        "ssl=require, REQUIRE",
        "ssl=verify-full, VERIFY_FULL",
        "sslmode=verify-full&ssl=true, VERIFY_FULL",
        "sslmode=disable&ssl=true, REQUIRE",
        "sslmode=require&sslmode=disable, DISABLE",
        "sslrootcert=system, VERIFY_FULL",
        "sslrootcert=system&sslmode=verify-ca, VERIFY_CA",
        "application_name=x, PREFER"
    })
    void determines_the_ssl_mode_from_all_parameters(String query, SslMode mode) {
        assertEquals(mode, parsed(query).parameters().sslMode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sslmode=on",
                "sslmode=",
                "sslmode=REQUIRE",
                "sslmode=true",
                "ssl=",
                "ssl=1",
                "sslmode=require&sslrootcert=system",
                "ssl=true&sslrootcert=system",
                "target_session_attrs=",
                "target_session_attrs=standby",
                "target_session_attrs=read-only",
                "target_session_attrs=prefer-standby"
            })
    void rejects_other_values_and_names_the_parameter(String query) {
        var parameter = query.replaceFirst("^.*&", "").replaceFirst("=.*", "");

        assertTrue(refusal(query).contains(parameter), refusal(query));
    }

    @Test
    void verifies_with_the_authorities_in_a_file() throws Exception {
        var file = Files.createFile(directory.resolve("ca 1.pem"));

        var url = parsed("sslmode=verify-ca&sslrootcert=" + PercentEncoding.encode(file.toString()));

        assertEquals(file.toString(), url.parameters().rootCertificate());
        assertTrue(url.jdbc().endsWith("&sslrootcert=" + PercentEncoding.encode(file.toString())), url.jdbc());
    }

    @Test
    void a_file_with_authorities_turns_require_into_verify_ca() throws Exception {
        var file = Files.createFile(directory.resolve("ca.pem"));

        var url = parsed("sslmode=require&sslrootcert=" + file);

        assertEquals(SslMode.VERIFY_CA, url.parameters().sslMode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void rejects_a_file_with_authorities_that_cannot_be_read(String sslMode) {
        var refusal = refusal("sslmode=" + sslMode + "&sslrootcert=/missing/ca.pem");

        assertEquals("DATABASE_URL names a file in sslrootcert that cannot be read: /missing/ca.pem", refusal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sslmode=verify-full", "sslmode=verify-ca&sslrootcert=system", "sslrootcert=system"})
    void verifies_with_the_authorities_of_Java_without_a_file(String query) {
        var url = parsed(query);

        assertNull(url.parameters().rootCertificate());
        assertTrue(url.jdbc().endsWith(JAVAS_AUTHORITIES), url.jdbc());
    }

    @Test
    void sends_the_application_name_and_options_to_the_server() {
        var url = parsed("application_name=me@home&options=-c%20search_path%3Dtodo");

        assertEquals("me@home", url.parameters().applicationName());
        assertEquals("-c search_path=todo", url.parameters().options());
        assertTrue(url.jdbc().endsWith("&ApplicationName=me%40home&options=-c%20search_path%3Dtodo"), url.jdbc());
    }

    @Test
    void the_application_is_called_todo_service_by_default() {
        assertEquals("todo-service", parsed("").parameters().applicationName());
        assertEquals("todo-service", parsed("application_name=").parameters().applicationName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "read-write", "primary"})
    void accepts_the_servers_that_can_be_written_to(String target) {
        assertEquals(parsed(""), parsed("target_session_attrs=" + target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channel_binding=require",
                "connect_timeout=10",
                "keepalives=1&keepalives_idle=30",
                "gssencmode=disable",
                "pgbouncer=true&connection_limit=1",
                "statement_cache_size=0"
            })
    void ignores_parameters_that_do_not_matter_here(String query) {
        assertEquals(parsed(""), parsed(query));
    }

    @ParameterizedTest
    @CsvSource({
        "schema=todo, schema",
        "search_path=todo, search_path",
        "currentSchema=todo, currentSchema",
        "sslcert=/etc/client.pem, sslcert",
        "sslcrl=/etc/crl.pem, sslcrl",
        "ssl_min_protocol_version=TLSv1.3, ssl_min_protocol_version",
        "require_auth=scram-sha-256, require_auth",
        "gssencmode=require, gssencmode",
        "host=other.invalid, host",
        "hostaddr=192.0.2.1, hostaddr",
        "port=6543, port",
        "dbname=other, dbname",
        "password=s3cr3t, password",
        "service=todo, service",
        "targetServerType=primary, targetServerType",
        "SSLMODE=verify-full, SSLMODE",
        "connect_timeout=10&x%0Ay=1, x?y"
    })
    void rejects_other_parameters_by_name(String query, String name) {
        assertEquals("DATABASE_URL has a parameter that is not supported: " + name, refusal(query));
    }

    private static DatabaseUrl parsed(String query) {
        return DatabaseUrl.parse("DATABASE_URL", "postgresql://ada@localhost/todo?" + query);
    }

    private static String refusal(String query) {
        return assertThrows(InvalidSetting.class, () -> parsed(query)).getMessage();
    }
}
