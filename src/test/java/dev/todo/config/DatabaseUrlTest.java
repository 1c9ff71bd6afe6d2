package dev.todo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.config.DatabaseUrl.Host;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void accepts_the_url_of_neon_unedited() {
        var url = parsed(
                "postgresql://neondb_owner:npg_aB3dE5fG7hI9@ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech"
                        + "/neondb?sslmode=require&channel_binding=require");

        assertEquals(List.of(new Host("ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech", 5432)), url.hosts());
        assertEquals("neondb", url.database());
        assertEquals("neondb_owner", url.user());
        assertEquals("npg_aB3dE5fG7hI9", url.password());
        assertEquals(SslMode.REQUIRE, url.parameters().sslMode());
        assertEquals(
                List.of("postgresql://ep-cool-darkness-a1b2c3d4-pooler.us-east-2.aws.neon.tech:5432/neondb"),
                url.reactive());
        assertFalse(url.jdbc().contains("channel_binding"));
    }

    @Test
    void accepts_the_url_of_heroku_unedited() {
        var url = parsed("postgres://u4abc:p1def@ec2-54-1-2-3.compute-1.amazonaws.com:5433/d8ghi");

        assertEquals(List.of(new Host("ec2-54-1-2-3.compute-1.amazonaws.com", 5433)), url.hosts());
        assertEquals("d8ghi", url.database());
        assertEquals("u4abc", url.user());
        assertEquals("p1def", url.password());
        assertEquals(SslMode.PREFER, url.parameters().sslMode());
    }

    @Test
    void accepts_the_url_of_render_unedited() {
        var url = parsed("postgresql://todo_user:s3cr3t@dpg-abc123-a.oregon-postgres.render.com/todo_x1y2");

        assertEquals(List.of(new Host("dpg-abc123-a.oregon-postgres.render.com", 5432)), url.hosts());
        assertEquals("todo_x1y2", url.database());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres",
                "postgresql+asyncpg",
                "postgresql+psycopg",
                "postgresql+psycopg2",
                "postgresql+pg8000",
                "postgres+asyncpg"
            })
    void accepts_the_schemes_of_other_clients(String scheme) {
        assertEquals(parsed("postgresql://ada:p@localhost/todo"), parsed(scheme + "://ada:p@localhost/todo"));
    }

    @ParameterizedTest
    @CsvSource({
        "p%40ss%3Aw%2Ford, p@ss:w/ord",
        "100%25, 100%",
        "a+b, a+b",
        "%C3%BC, ü",
        "p@ss, p@ss",
        "p:a:s:s, p:a:s:s",
        "p/a/s/s, p/a/s/s",
        "'p@a,b:1', 'p@a,b:1'",
        "p?a#s=s&, p?a#s=s&",
        "$w0rd${x}, $w0rd${x}",
        "[x], [x]"
    })
    void accepts_an_encoded_or_plain_password(String written, String meant) {
        assertEquals(
                meant,
                parsed("postgresql://ada:" + written + "@db.example.com/todo").password());
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://ada:s3cr3t@localhost/todo?application_name=me@other.invalid, localhost",
        "postgresql://ada:s3cr3t@localhost/todo?application_name=a:b@other.invalid:6543/x, localhost",
        "postgresql://ada:s3cr3t@localhost?application_name=me@other.invalid, localhost",
        "postgresql://ada@localhost/todo?application_name=me:you@other.invalid, localhost",
        "postgresql://ada@[::1]/todo?options=x:y@other.invalid, ::1",
        "postgresql://ada:p@ss@localhost/todo?application_name=me@other.invalid, localhost"
    })
    void a_parameter_cannot_change_the_host(String url, String host) {
        assertEquals(List.of(new Host(host, 5432)), parsed(url).hosts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://localhost?user=ada:s3cr3t@other.invalid",
                "postgresql://localhost/todo?user=ada:s3cr3t@other.invalid/todo"
            })
    void does_not_take_the_user_from_a_parameter(String url) {
        assertTrue(refusal(url).contains("user"), refusal(url));
    }

    @Test
    void decodes_the_user_and_the_database() {
        var url = parsed("postgresql://ada%40lovelace@db.example.com/my%20todos");

        assertEquals("ada@lovelace", url.user());
        assertEquals("my todos", url.database());
        assertEquals(List.of("postgresql://db.example.com:5432/my%20todos"), url.reactive());
        assertTrue(url.jdbc().startsWith("jdbc:postgresql://db.example.com:5432/my%20todos?"), url.jdbc());
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://ada@localhost/todo", "postgresql://ada:@localhost/todo"})
    void accepts_a_url_without_a_password(String url) {
        assertEquals("", parsed(url).password());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"postgresql://ada@localhost", "postgresql://ada@localhost/", "postgresql://ada@localhost/?"})
    void the_database_name_defaults_to_the_user(String url) {
        assertEquals("ada", parsed(url).database());
    }

    @ParameterizedTest
    @CsvSource({"postgresql://ada@[::1]/todo, ::1, 5432", "postgresql://ada@[2001:db8::7]:6543/todo, 2001:db8::7, 6543"
    })
    void accepts_an_ipv6_address_in_brackets(String text, String host, int port) {
        var url = parsed(text);

        assertEquals(List.of(new Host(host, port)), url.hosts());
        assertEquals(List.of("postgresql://[" + host + "]:" + port + "/todo"), url.reactive());
        assertTrue(url.jdbc().startsWith("jdbc:postgresql://[" + host + "]:" + port + "/todo?"), url.jdbc());
    }

    @Test
    void accepts_several_hosts() {
        var url = parsed("postgresql://ada:p@one:5433,two,[::1]:6543/todo");

        assertEquals(List.of(new Host("one", 5433), new Host("two", 5432), new Host("::1", 6543)), url.hosts());
        assertEquals(
                List.of("postgresql://one:5433/todo", "postgresql://two:5432/todo", "postgresql://[::1]:6543/todo"),
                url.reactive());
        assertEquals(
                "jdbc:postgresql://one:5433,two:5432,[::1]:6543/todo?sslmode=prefer&connectTimeout=5&loginTimeout=15"
                        + "&ApplicationName=todo-service&targetServerType=primary",
                url.jdbc());
        assertEquals("postgresql://ada@one:5433,two:5432,[::1]:6543/todo", url.toString());
    }

    @Test
    void both_clients_connect_to_the_same_server() {
        var url = parsed("postgres://u:p@db.example.com:6543/todo?sslmode=require");

        assertEquals(List.of("postgresql://db.example.com:6543/todo"), url.reactive());
        assertEquals(
                "jdbc:postgresql://db.example.com:6543/todo?sslmode=require&connectTimeout=5&loginTimeout=5"
                        + "&ApplicationName=todo-service",
                url.jdbc());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada:s3cr3t@%2Fvar%2Frun%2Fpostgresql/todo",
                "postgresql://ada:s3cr3t@/todo?host=/var/run/postgresql",
                "postgresql://ada:s3cr3t@localhost/todo?host=%2Ftmp"
            })
    void explains_that_unix_sockets_are_not_supported(String url) {
        assertTrue(refusal(url).contains("Unix socket"), refusal(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cr3t",
                "",
                " ",
                "postgresql",
                "postgresql:",
                "postgresql:ada:s3cr3t@localhost/todo",
                "postgresql//ada:s3cr3t@localhost/todo",
                "jdbc:postgresql://localhost/todo?password=s3cr3t",
                "vertx-reactive:postgresql://ada:s3cr3t@localhost/todo",
                "mysql://ada:s3cr3t@localhost/todo",
                "POSTGRESQL://ada:s3cr3t@localhost/todo",
                "host=localhost user=ada password=s3cr3t",
                "postgresql://",
                "postgresql:///todo",
                "postgresql://localhost/todo",
                "postgresql://:s3cr3t@localhost/todo",
                "postgresql://ada:s3cr3t@/todo",
                "postgresql://ada:s3cr3t@:5432/todo",
                "postgresql://ada:s3cr3t@one,/todo",
                "postgresql://ada:s3cr3t@one,:5432/todo",
                "postgresql://ada:s3cr3t@one:5432,two:0/todo",
                "postgresql://ada:s3cr3t@one:5432;two:5432/todo",
                "postgresql://ada:s3cr3t@localhost:0/todo",
                "postgresql://ada:s3cr3t@localhost:65536/todo",
                "postgresql://ada:s3cr3t@localhost:port/todo",
                "postgresql://ada:s3cr3t@localhost:123456/todo",
                "postgresql+://ada:s3cr3t@localhost/todo",
                "postgresql://ada:s3cr3t@[::1/todo",
                "postgresql://ada:s3cr3t@::1/todo",
                "postgresql://ada:s3cr3t@localhost/todo/more",
                "postgresql://ada:s3cr3t@localhost/todo#x",
                "postgresql://ada:s3cr3t%@localhost/todo",
                "postgresql://ada:s3cr3t%zz@localhost/todo",
                "postgresql://ada:s3cr3t@localhost/to%do",
                "postgresql://ada:s3cr3t@localhost/todo?sslmode=on"
            })
    void rejects_an_invalid_url_in_one_line_without_the_password(String url) {
        var refusal = refusal(url);

        assertTrue(refusal.startsWith("DATABASE_URL "), refusal);
        assertEquals(1, refusal.lines().count(), refusal);
        assertFalse(refusal.contains("s3cr3t"), refusal);
    }

    @Test
    void an_error_names_the_variable() {
        var refusal = assertThrows(InvalidSetting.class, () -> DatabaseUrl.parse("DATABASE_DIRECT_URL", "x"));

        assertTrue(refusal.getMessage().startsWith("DATABASE_DIRECT_URL "), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ada:s3cr3t@localhost/todo",
                "postgresql://ada:s3cr3t@[::1]/todo",
                "postgresql://ada:s3cr3t@my%20host/todo"
            })
    void keeps_the_password_out_of_anything_that_may_be_logged(String url) {
        assertFalse(parsed(url).toString().contains("s3cr3t"));
        assertFalse(parsed(url).jdbc().contains("s3cr3t"));
        assertFalse(parsed(url).reactive().toString().contains("s3cr3t"));
    }

    private static DatabaseUrl parsed(String url) {
        return DatabaseUrl.parse("DATABASE_URL", url);
    }

    private static String refusal(String url) {
        return assertThrows(InvalidSetting.class, () -> parsed(url)).getMessage();
    }
}
