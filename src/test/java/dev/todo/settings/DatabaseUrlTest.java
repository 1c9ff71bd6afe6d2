package dev.todo.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.settings.DatabaseUrl.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void what_Neon_hands_out_is_understood_unedited() {
        var url = parse("postgresql://neondb_owner:npg_s3cret@ep-cool-name-123-pooler.eu-central-1.aws.neon.tech/neondb"
                + "?sslmode=require&channel_binding=require");

        assertEquals("ep-cool-name-123-pooler.eu-central-1.aws.neon.tech", url.host());
        assertEquals(5432, url.port());
        assertEquals("neondb", url.database());
        assertEquals("neondb_owner", url.user());
        assertEquals("npg_s3cret", url.password());
        assertEquals(SslMode.REQUIRE, url.sslMode());
    }

    @Test
    void both_clients_are_told_the_same_server() {
        var url = parse("postgres://u:p@db.example.com:6543/todo?sslmode=verify-full&sslrootcert=/etc/ca.pem");

        assertEquals("postgresql://db.example.com:6543/todo", url.reactive());
        assertEquals(
                "jdbc:postgresql://db.example.com:6543/todo?sslmode=verify-full&connectTimeout=5"
                        + "&ApplicationName=todo-service&sslrootcert=%2Fetc%2Fca.pem",
                url.jdbc());
    }

    @Test
    void without_a_certificate_file_JDBC_too_trusts_the_authorities_of_Java() {
        assertTrue(parse("postgres://u:p@h/d?sslmode=verify-full").jdbc().contains("DefaultJavaSSLFactory"));
        assertFalse(parse("postgres://u:p@h/d?sslmode=require").jdbc().contains("DefaultJavaSSLFactory"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "p%40ss%2Fw%2Brd%3D1%25 p@ss/w+rd=1%",
                "a+b a+b",
                "a/b=c$d a/b=c$d",
                "a@b a@b",
                "a:b a:b",
                "a?b#c a?b#c",
                "%C3%A9 é",
            })
    void a_password_may_be_encoded_or_not(String written, String password) {
        var url = parse("postgresql://u:" + written + "@h:5432/d");

        assertEquals(password, url.password());
        assertEquals("h", url.host());
    }

    @Test
    void an_IPv6_host_stands_in_brackets_for_both_clients() {
        var url = parse("postgresql://u:p@[2001:db8::1]:5433/d");

        assertEquals("2001:db8::1", url.host());
        assertEquals("postgresql://[2001:db8::1]:5433/d", url.reactive());
        assertTrue(url.jdbc().startsWith("jdbc:postgresql://[2001:db8::1]:5433/d?"));
    }

    @Test
    void port_and_database_have_the_defaults_of_libpq() {
        var url = parse("postgresql://ada@localhost");

        assertEquals(5432, url.port());
        assertEquals("ada", url.database());
        assertEquals("", url.password());
        assertEquals(SslMode.PREFER, url.sslMode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:s3cret@h/d",
                "u:s3cret@h/d",
                "postgresql://u:s3cret@/d",
                "postgresql://:s3cret@h/d",
                "postgresql://h/d",
                "postgresql://u:s3cret@h:0/d",
                "postgresql://u:s3cret@h:65536/d",
                "postgresql://u:s3cret@h:port/d",
                "postgresql://u:s3cret@h1,h2/d",
                "postgresql://u:s3cret@h/d?sslmode=yes",
                "postgresql://u:s3cret%zz@h/d",
                "postgresql://u:s3cret@%2Fvar%2Frun%2Fpostgresql/d",
                "postgresql://u:s3cret@h/d?host=/var/run/postgresql",
                "postgresql://",
                "s3cret",
            })
    void what_cannot_be_used_is_refused_by_name_and_without_the_secret(String url) {
        var refusal = assertThrows(BadSetting.class, () -> DatabaseUrl.parse("DATABASE_URL", url));

        assertTrue(refusal.getMessage().startsWith("DATABASE_URL "), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    }

    @Test
    void it_can_be_logged() {
        assertFalse(parse("postgresql://u:s3cret@h/d").toString().contains("s3cret"));
    }

    private static DatabaseUrl parse(String url) {
        return DatabaseUrl.parse("DATABASE_URL", url);
    }
}
