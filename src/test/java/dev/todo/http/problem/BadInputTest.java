package dev.todo.http.problem;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.registered;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rejects faulty and malicious input with the right status and code, and never with a server error. */
@QuarkusTest
class BadInputTest {

    /** One caller and one task for all rows: a rejection changes nothing, and there are too many rows to sign up for each. */
    private static class Shared {
        static final TodoClient CALLER = registered();
        static final String TASK = CALLER.add("Milk");
    }

    private static final String HORSE = "\uD83D\uDC0E";

    /** A bad body and what is wrong with it. */
    private record Bad(String what, byte[] body) {

        static Bad of(String what, String body) {
            return new Bad(what, body.getBytes(UTF_8));
        }
    }

    // Not a JSON object

    /** Malformed bodies, made from the members of a valid one. */
    static Stream<Bad> unreadable(String good) {
        return Stream.of(
                Bad.of("nothing", ""),
                Bad.of("white space", " \n"),
                Bad.of("null", "null"),
                Bad.of("an empty array", "[]"),
                Bad.of("the object in an array", "[{" + good + "}]"),
                Bad.of("a string", "\"text\""),
                Bad.of("an empty string", "\"\""),
                Bad.of("the object as a string", "\"{}\""),
                Bad.of("a number", "1"),
                Bad.of("true", "true"),
                Bad.of("a brace", "{"),
                Bad.of("no closing brace", "{" + good),
                Bad.of("no opening brace", good + "}"),
                Bad.of("one brace too many", "{" + good + "}}"),
                Bad.of("two objects", "{" + good + "} {" + good + "}"),
                Bad.of("text after the object", "{" + good + "} x"),
                Bad.of("a trailing comma", "{" + good + ",}"),
                Bad.of("a leading comma", "{," + good + "}"),
                Bad.of("a comment", "{" + good + " /* hi */}"),
                Bad.of("a line comment", "{" + good + "} // hi"),
                Bad.of("single quotes", "{" + good.replace('"', '\'') + "}"),
                Bad.of("names without quotes", "{" + good.replaceAll("\"(\\w+)\":", "$1:") + "}"),
                Bad.of("an equals sign for a colon", "{" + good.replace(':', '=') + "}"),
                Bad.of("a form", good.replace("\"", "").replace(": ", "=").replace(", ", "&")),
                Bad.of("XML", "<task/>"),
                Bad.of("YAML", "title: Milk"),
                Bad.of("NaN", "{" + good + ", \"x\": NaN}"),
                Bad.of("a number with a leading zero", "{" + good + ", \"x\": 01}"),
                Bad.of("a hexadecimal number", "{\"title\": 0x1, \"email\": 0x1}"),
                Bad.of("True", "{" + good + ", \"x\": True}"),
                Bad.of("undefined", "undefined"),
                Bad.of("a member twice", "{" + good + ", " + good + "}"),
                Bad.of("a raw line break in a string", "{\"title\": \"a\nb\", \"email\": \"a\nb\"}"),
                Bad.of("a raw U+0000 in a string", "{\"title\": \"a\0b\", \"email\": \"a\0b\"}"),
                Bad.of("a leading U+0000", "\0{" + good + "}"),
                Bad.of("an unknown escape", "{\"title\": \"\\x41\", \"email\": \"\\x41\"}"),
                Bad.of("half an escape", "{\"title\": \"\\u00\", \"email\": \"\\u00\"}"),
                Bad.of("a string that does not end", "{\"title\": \"Milk"),
                Bad.of("sixty thousand brackets", "[".repeat(60_000)),
                Bad.of(
                        "a member nested deeply",
                        "{\"title\": " + nested(5_000) + ", \"email\": " + nested(5_000) + "}"),
                Bad.of("half a surrogate pair in a name", "{" + good + ", \"\\uD83D\": 1}"),
                new Bad("Latin-1", ("{\"title\": \"Käse\", \"email\": \"Käse\"}").getBytes(ISO_8859_1)),
                new Bad("UTF-16 with a byte order mark", ("{" + good + "}").getBytes(UTF_16)),
                new Bad("UTF-16 without a byte order mark", ("{" + good + "}").getBytes(UTF_16LE)),
                new Bad("a byte that UTF-8 does not use", inString(0xFF)),
                new Bad("a truncated character", inString(0xC3)),
                new Bad("an overlong character", inString(0xC0, 0xAF)),
                new Bad("a surrogate as UTF-8", inString(0xED, 0xA0, 0x80)),
                new Bad("a code point beyond Unicode", inString(0xF4, 0x90, 0x80, 0x80)),
                new Bad("gzip", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3}));
    }

    static Stream<Arguments> unreadableCredentials() {
        var good = "\"email\": \"ada@example.com\", \"password\": \"" + PASSWORD + "\"";
        return Stream.concat(
                        unreadable(good),
                        Stream.of(
                                Bad.of("email is a number", "{\"email\": 1, \"password\": \"" + PASSWORD + "\"}"),
                                Bad.of("email is true", "{\"email\": true, \"password\": \"" + PASSWORD + "\"}"),
                                Bad.of("email is an array", "{\"email\": [\"a@b.cd\"], \"password\": \"x\"}"),
                                Bad.of("email is an object", "{\"email\": {}, \"password\": \"x\"}"),
                                Bad.of("password is a number", "{\"email\": \"a@b.cd\", \"password\": 12345678}"),
                                Bad.of("password is a fraction", "{\"email\": \"a@b.cd\", \"password\": 1.5e99}"),
                                Bad.of("password is false", "{\"email\": \"a@b.cd\", \"password\": false}"),
                                Bad.of("password is an array", "{\"email\": \"a@b.cd\", \"password\": []}"),
                                Bad.of("password is an object", "{\"email\": \"a@b.cd\", \"password\": {\"a\": 1}}")))
                .map(bad -> arguments(bad.what, bad.body));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableCredentials")
    void rejects_a_malformed_sign_up(String what, byte[] body) {
        assertProblem(post("/auth/signup", body), 400, "malformed_request");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableCredentials")
    void rejects_a_malformed_log_in(String what, byte[] body) {
        assertProblem(post("/auth/login", body), 400, "malformed_request");
    }

    static Stream<Arguments> unreadableTasks() {
        return Stream.concat(
                        unreadable("\"title\": \"Milk\""),
                        Stream.of(
                                        "\"title\": 1",
                                        "\"title\": true",
                                        "\"title\": []",
                                        "\"title\": [\"Milk\"]",
                                        "\"title\": {}",
                                        "\"title\": 1e999999999",
                                        "\"title\": " + "9".repeat(2000),
                                        "\"title\": \"Milk\", \"description\": 1",
                                        "\"title\": \"Milk\", \"description\": false",
                                        "\"title\": \"Milk\", \"description\": []",
                                        "\"title\": \"Milk\", \"description\": {\"text\": \"x\"}",
                                        "\"title\": \"Milk\", \"completed\": \"true\"",
                                        "\"title\": \"Milk\", \"completed\": \"\"",
                                        "\"title\": \"Milk\", \"completed\": 1",
                                        "\"title\": \"Milk\", \"completed\": 0.0",
                                        "\"title\": \"Milk\", \"completed\": []",
                                        "\"title\": \"Milk\", \"completed\": {}",
                                        "\"title\": \"Milk\", \"priority\": 1",
                                        "\"title\": \"Milk\", \"priority\": true",
                                        "\"title\": \"Milk\", \"priority\": [\"low\"]",
                                        "\"title\": \"Milk\", \"priority\": {}",
                                        "\"title\": \"Milk\", \"due_at\": 1795608000",
                                        "\"title\": \"Milk\", \"due_at\": 1.5",
                                        "\"title\": \"Milk\", \"due_at\": true",
                                        "\"title\": \"Milk\", \"due_at\": [2026, 12, 24]",
                                        "\"title\": \"Milk\", \"due_at\": {}",
                                        "\"title\": \"Milk\", \"tags\": \"home\"",
                                        "\"title\": \"Milk\", \"tags\": \"\"",
                                        "\"title\": \"Milk\", \"tags\": 1",
                                        "\"title\": \"Milk\", \"tags\": true",
                                        "\"title\": \"Milk\", \"tags\": {}",
                                        "\"title\": \"Milk\", \"tags\": {\"0\": \"home\"}",
                                        "\"title\": \"Milk\", \"tags\": [1]",
                                        "\"title\": \"Milk\", \"tags\": [\"home\", true]",
                                        "\"title\": \"Milk\", \"tags\": [[\"home\"]]",
                                        "\"title\": \"Milk\", \"tags\": [{}]",
                                        "\"title\": \"Milk\", \"tags\": " + nested(900))
                                .map(members -> Bad.of(shortened(members), "{" + members + "}")))
                .map(bad -> arguments(bad.what, bad.body));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableTasks")
    void rejects_a_malformed_new_task(String what, byte[] body) {
        assertProblem(send(Method.POST, "/tasks", body), 400, "malformed_request");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableTasks")
    void rejects_a_malformed_replacement(String what, byte[] body) {
        assertProblem(send(Method.PUT, "/tasks/" + Shared.TASK, body), 400, "malformed_request");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadableTasks")
    void rejects_a_malformed_patch(String what, byte[] body) {
        assertProblem(send(Method.PATCH, "/tasks/" + Shared.TASK, body), 400, "malformed_request");
    }

    static Stream<Arguments> unreadableCompletions() {
        return Stream.of(
                        "null",
                        " null\n",
                        "[]",
                        "true",
                        "1",
                        "\"true\"",
                        "{",
                        "{} {}",
                        "{\"completed\": \"true\"}",
                        "{\"completed\": \"\"}",
                        "{\"completed\": 1}",
                        "{\"completed\": []}",
                        "{\"completed\": {}}",
                        "{\"completed\": true, \"completed\": true}")
                .map(body -> arguments(body));
    }

    @ParameterizedTest
    @MethodSource("unreadableCompletions")
    void rejects_a_malformed_completion(String body) {
        assertProblem(Shared.CALLER.complete(Shared.TASK, body), 400, "malformed_request");
    }

    // A JSON object with invalid fields

    static Stream<Arguments> invalidCredentials() {
        return Stream.of(
                invalid("email", "\"password\": \"" + PASSWORD + "\""),
                invalid("email", "\"email\": null, \"password\": \"" + PASSWORD + "\""),
                invalid("password", ""),
                invalid("password", "\"email\": \"ada@example.com\""),
                invalid("password", "\"email\": \"ada@example.com\", \"password\": null"),
                invalid("Email", "\"Email\": \"ada@example.com\", \"password\": \"" + PASSWORD + "\""),
                invalid("username", "\"username\": \"ada@example.com\", \"password\": \"" + PASSWORD + "\""),
                invalid("id", credentialsAnd("\"id\": \"01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11\"")),
                invalid("role", credentialsAnd("\"role\": \"admin\"")),
                invalid("disabled", credentialsAnd("\"disabled\": false")),
                invalid("created_at", credentialsAnd("\"created_at\": null")),
                invalid("hashed_password", credentialsAnd("\"hashed_password\": \"x\"")),
                invalid("hashedPassword", credentialsAnd("\"hashedPassword\": \"x\"")),
                invalid("__proto__", credentialsAnd("\"__proto__\": {}")),
                invalid("@type", credentialsAnd("\"@type\": \"java.lang.Runtime\"")),
                invalid("", credentialsAnd("\"\": 1")),
                invalid("\uFFFDx", credentialsAnd("\"\\u0000x\": 1")),
                invalid(HORSE, credentialsAnd("\"" + HORSE + "\": 1")),
                invalid("x".repeat(100), credentialsAnd("\"" + "x".repeat(5000) + "\": 1")),
                invalid("email", "\"email\": \"a\\u0000@example.com\", \"password\": \"" + PASSWORD + "\""),
                invalid("email", "\"email\": \"\\uD83D@example.com\", \"password\": \"" + PASSWORD + "\""),
                invalid("email", "\"email\": \"\\uDC0E\\uD83D@example.com\", \"password\": \"" + PASSWORD + "\""),
                invalid("password", "\"email\": \"ada@example.com\", \"password\": \"correct\\u0000horse\""),
                invalid("password", "\"email\": \"ada@example.com\", \"password\": \"correct horse \\uD83D\""),
                invalid("password", "\"email\": \"ada@example.com\", \"password\": \"correct \\uDC0E horse\""));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("invalidCredentials")
    void rejects_a_sign_up_with_invalid_fields(String field, String what, String body) {
        assertInvalid(post("/auth/signup", body.getBytes(UTF_8)), field);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("invalidCredentials")
    void rejects_a_log_in_with_invalid_fields(String field, String what, String body) {
        assertInvalid(post("/auth/login", body.getBytes(UTF_8)), field);
    }

    static Stream<Arguments> invalidAddresses() {
        return Stream.of(
                        "",
                        " ",
                        "ada",
                        "@",
                        "@example.com",
                        "ada@",
                        "ada@example",
                        "ada@localhost",
                        "ada.example.com",
                        "ada@@example.com",
                        "ada@bob@example.com",
                        "ada@.example.com",
                        "ada@example.com.",
                        "ada@example..com",
                        "ada@-example.com",
                        "ada@example-.com",
                        "ada@exa_mple.com",
                        "ada@exa mple.com",
                        "ada lovelace@example.com",
                        "ada\\t@example.com",
                        "ada@example.com\\nbcc: bob@example.com",
                        "ada@example.com, bob@example.com",
                        "ada@example.com;bob@example.com",
                        "Ada <ada@example.com>",
                        "<ada@example.com>",
                        "mailto:ada@example.com",
                        "\\\"ada\\\"@example.com",
                        "ada(comment)@example.com",
                        "ada@[127.0.0.1]",
                        "ada@[IPv6:::1]",
                        "ada@example.com/..",
                        "ada@example.com?x",
                        "ädä@example.com",
                        "ada@exämple.com",
                        "ada@例え.jp",
                        "\u212Ada@example.com",
                        "\u0130da@example.com",
                        "ada\uFF20example.com",
                        "ada@example\u3002com",
                        "ada\u200B@example.com",
                        "\u00A0ada@example.com",
                        HORSE + "@example.com",
                        "a".repeat(65) + "@example.com",
                        "ada@" + "a".repeat(64) + ".com",
                        "ada@" + "a.".repeat(130) + "com",
                        "a".repeat(60_000))
                .map(address -> arguments(shortened(address), address));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidAddresses")
    void rejects_an_invalid_address_at_sign_up(String what, String address) {
        var body = "{\"email\": \"" + address + "\", \"password\": \"" + PASSWORD + "\"}";

        assertInvalid(post("/auth/signup", body.getBytes(UTF_8)), "email");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidAddresses")
    void treats_an_invalid_address_as_unknown_at_log_in(String what, String address) {
        var body = "{\"email\": \"" + address + "\", \"password\": \"" + PASSWORD + "\"}";

        assertProblem(post("/auth/login", body.getBytes(UTF_8)), 401, "invalid_credentials");
    }

    static Stream<Arguments> invalidPasswords() {
        return Stream.of(
                        "",
                        " ",
                        "seven77",
                        HORSE.repeat(7),
                        "e\u0301e\u0301e\u0301e",
                        "x".repeat(73),
                        "x".repeat(60_000),
                        "ü".repeat(37),
                        HORSE.repeat(19),
                        "grace.hopper",
                        "Grace.Hopper",
                        "I am grace.hopper!",
                        "grace.hopper@example.com",
                        "GRACE.HOPPER@EXAMPLE.COM")
                .map(password -> arguments(shortened(password), password));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidPasswords")
    void rejects_a_password_that_is_too_short_too_long_or_the_address(String what, String password) {
        var body = "{\"email\": \"grace.hopper@example.com\", \"password\": \"" + password + "\"}";

        assertInvalid(post("/auth/signup", body.getBytes(UTF_8)), "password");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidPasswords")
    void treats_an_invalid_password_as_wrong_at_log_in(String what, String password) {
        var body = "{\"email\": \"grace.hopper@example.com\", \"password\": \"" + password + "\"}";

        assertProblem(post("/auth/login", body.getBytes(UTF_8)), 401, "invalid_credentials");
    }

    static Stream<Arguments> badForms() {
        return Stream.of(
                arguments("", 422),
                arguments("username", 422),
                arguments("username=ada%40example.com", 422),
                arguments("password=correct+horse+battery", 422),
                arguments("email=ada%40example.com&password=correct+horse+battery", 422),
                arguments("&&&", 422),
                arguments("username=a%00b&password=correct+horse+battery", 422),
                arguments("username=ada%40example.com&password=a%00b", 422),
                arguments("username=&password=", 401),
                arguments("username=nobody&password=x", 401),
                arguments("username=%FF&password=x", 401),
                arguments("username=%ED%A0%80&password=x", 401),
                arguments("username=" + "a".repeat(60_000) + "&password=x", 401));
    }

    @ParameterizedTest
    @MethodSource("badForms")
    void rejects_an_invalid_form(String form, int status) {
        anyone().contentType("application/x-www-form-urlencoded")
                .body(form)
                .post("/auth/login")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(status == 401 ? "invalid_credentials" : "validation_failed"));
    }

    static Stream<Arguments> invalidTasks() {
        return Stream.concat(
                Stream.of(
                        invalid("title", "\"title\": null"),
                        invalid("title", "\"title\": \"\""),
                        invalid("title", "\"title\": \" \\t\\r\\n\""),
                        invalid("title", "\"title\": \"\\u00A0\\u3000\\u2003\\u0085\""),
                        invalid("title", "\"title\": \"" + "x".repeat(201) + "\""),
                        invalid("title", "\"title\": \"" + HORSE.repeat(201) + "\""),
                        invalid("title", "\"title\": \"" + "x".repeat(60_000) + "\""),
                        invalid("title", "\"title\": \"a\\u0000b\""),
                        invalid("title", "\"title\": \"\\uD83D\""),
                        invalid("title", "\"title\": \"\\uDC0E\"")),
                Stream.of(
                                invalid("description", "\"description\": \"" + "x".repeat(4001) + "\""),
                                invalid("description", "\"description\": \"" + HORSE.repeat(4001) + "\""),
                                invalid("description", "\"description\": \"\\u0000\""),
                                invalid("description", "\"description\": \"\\uD83D\""),
                                invalid("priority", "\"priority\": \"urgent\""),
                                invalid("priority", "\"priority\": \"HIGH\""),
                                invalid("priority", "\"priority\": \" high \""),
                                invalid("priority", "\"priority\": \"\""),
                                invalid("priority", "\"priority\": \"1\""),
                                invalid("priority", "\"priority\": \"null\""),
                                invalid("priority", "\"priority\": \"\\u0000\""),
                                invalid("due_at", "\"due_at\": \"\""),
                                invalid("due_at", "\"due_at\": \"soon\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00:00\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00Z\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18Z\""),
                                invalid("due_at", "\"due_at\": \"20261224T180000Z\""),
                                invalid("due_at", "\"due_at\": \"2026-W52-4T18:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"2026-13-01T00:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"2026-00-01T00:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"2026-02-30T00:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"2025-02-29T00:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T24:00:01Z\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:60:00Z\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00:00+24:00\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00:00+0100\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00:00 Z\""),
                                invalid("due_at", "\"due_at\": \" 2026-12-24T18:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00:00Z[UTC]\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00:00.Z\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00:00,5Z\""),
                                invalid("due_at", "\"due_at\": \"0000-01-01T00:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"-0001-01-01T00:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"10000-01-01T00:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"+10000-01-01T00:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"9999-12-31T23:59:59-01:00\""),
                                invalid("due_at", "\"due_at\": \"0001-01-01T00:00:00+01:00\""),
                                invalid("due_at", "\"due_at\": \"٢٠٢٦-12-24T18:00:00Z\""),
                                invalid("due_at", "\"due_at\": \"2026-12-24T18:00:00Z\\u0000\""),
                                invalid("due_at", "\"due_at\": \"infinity\""),
                                invalid("due_at", "\"due_at\": \"1795608000\""),
                                invalid("tags", "\"tags\": [" + numbered(21) + "]"),
                                invalid("tags", "\"tags\": [" + numbered(5000) + "]"),
                                invalid("tags[0]", "\"tags\": [\"\"]"),
                                invalid("tags[1]", "\"tags\": [\"home\", \" \\t\"]"),
                                invalid("tags[0]", "\"tags\": [null]"),
                                invalid("tags[0]", "\"tags\": [\"" + "x".repeat(51) + "\"]"),
                                invalid("tags[0]", "\"tags\": [\"" + HORSE.repeat(51) + "\"]"),
                                invalid("tags[1]", "\"tags\": [\"home\", \"\\u0000\"]"),
                                invalid("tags[0]", "\"tags\": [\"\\uD83D\"]"),
                                invalid("Title", "\"Title\": \"Milk\""),
                                invalid("dueAt", "\"dueAt\": \"2026-12-24T18:00:00Z\""),
                                invalid("done", "\"done\": true"),
                                invalid("id", "\"id\": \"01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11\""),
                                invalid("user_id", "\"user_id\": \"01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11\""),
                                invalid("completed_at", "\"completed_at\": \"2026-12-24T18:00:00Z\""),
                                invalid("created_at", "\"created_at\": \"2026-12-24T18:00:00Z\""),
                                invalid("updated_at", "\"updated_at\": null"),
                                invalid("deleted_at", "\"deleted_at\": null"),
                                invalid("version", "\"version\": 1"),
                                invalid("x", "\"x\": {\"y\": [1, {\"z\": null}]}"),
                                invalid("", "\"\": 1"),
                                invalid("\uFFFD", "\"\\u0000\": 1"))
                        .map(Arguments::get)
                        .map(row ->
                                arguments(row[0], row[1], "{\"title\": \"Milk\", " + ((String) row[2]).substring(1))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("invalidTasks")
    void rejects_a_new_task_with_invalid_fields(String field, String what, String body) {
        assertInvalid(send(Method.POST, "/tasks", body.getBytes(UTF_8)), field);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("invalidTasks")
    void rejects_a_replacement_with_invalid_fields(String field, String what, String body) {
        assertInvalid(send(Method.PUT, "/tasks/" + Shared.TASK, body.getBytes(UTF_8)), field);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("invalidTasks")
    void rejects_a_patch_with_invalid_fields(String field, String what, String body) {
        assertInvalid(send(Method.PATCH, "/tasks/" + Shared.TASK, body.getBytes(UTF_8)), field);
    }

    // Queries

    static Stream<Arguments> badQueries() {
        return Stream.of(
                        "limit:limit=0",
                        "limit:limit=201",
                        "limit:limit=-1",
                        "limit:limit=+1",
                        "limit:limit=",
                        "limit:limit",
                        "limit:limit=many",
                        "limit:limit=1.0",
                        "limit:limit=1e1",
                        "limit:limit=0x10",
                        "limit:limit=%201",
                        "limit:limit=1%00",
                        "limit:limit=%D9%A1",
                        "limit:limit=2147483648",
                        "limit:limit=99999999999999999999",
                        "limit:limit=1&limit=2",
                        "limit:limit=1&limit=1",
                        "completed:completed=",
                        "completed:completed",
                        "completed:completed=yes",
                        "completed:completed=1",
                        "completed:completed=TRUE",
                        "completed:completed=true%20",
                        "completed:completed=null",
                        "completed:completed=true&completed=false",
                        "completed:completed=%00",
                        "cursor:cursor=",
                        "cursor:cursor=x",
                        "cursor:cursor=AAAA",
                        "cursor:cursor=AAAAAAAAAAA",
                        "cursor:cursor=" + "A".repeat(400),
                        "cursor:cursor=!!!!",
                        "cursor:cursor=%00",
                        "cursor:cursor=%F0%9F%90%8E",
                        "cursor:cursor=x&cursor=x",
                        "colour:colour=red",
                        "colour:colour=",
                        "colour:colour",
                        "LIMIT:LIMIT=1",
                        "limit[]:limit[]=1",
                        "page:page=2",
                        "offset:offset=10",
                        "user_id:user_id=01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11",
                        "access_token:access_token=x",
                        "\uFFFD:%00=1",
                        "x y:x%20y=1",
                        "<script>:%3Cscript%3E=1",
                        "x".repeat(100) + ":" + "x".repeat(500) + "=1")
                .map(row -> row.split(":", 2))
                .map(row -> arguments(row[0], row[1]));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badQueries")
    void rejects_an_invalid_query(String parameter, String query) {
        Shared.CALLER
                .list(query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", hasItem(parameter));
    }

    static Stream<Arguments> callsWithoutQuery() {
        var id = UUID.randomUUID();
        return Stream.of(
                arguments(Method.GET, "/users/me"),
                arguments(Method.POST, "/tasks"),
                arguments(Method.GET, "/tasks/" + id),
                arguments(Method.PUT, "/tasks/" + id),
                arguments(Method.PATCH, "/tasks/" + id),
                arguments(Method.PATCH, "/tasks/" + id + "/complete"),
                arguments(Method.DELETE, "/tasks/" + id),
                arguments(Method.POST, "/auth/signup"),
                arguments(Method.POST, "/auth/login"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("callsWithoutQuery")
    void rejects_a_query_on_calls_that_take_none(Method method, String path) {
        Shared.CALLER
                .request()
                .contentType("application/json")
                .body("{\"title\": \"Milk\"}")
                .request(method, path + "?colour=red")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", hasItem("colour"));
    }

    // Ids

    static Stream<Arguments> invalidIds() {
        return Stream.of(
                        "1",
                        "0",
                        "-1",
                        "abc",
                        "null",
                        "undefined",
                        "01996d5e",
                        "01996d5e7a107c3f9d1c0a5b8f3c2e11",
                        "01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e1",
                        "01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e110",
                        "01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e1g",
                        "%7B01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11%7D",
                        "urn:uuid:01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11",
                        "01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11%20",
                        "01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11%00",
                        "1-1-1-1-1",
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "%00",
                        "%20",
                        "*",
                        "'%20or%201=1--",
                        "%F0%9F%90%8E",
                        "a".repeat(3000))
                .map(id -> arguments(shortened(id), id));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidIds")
    void returns_404_for_an_invalid_id(String what, String id) {
        assertNotFound(Method.GET, id);
        assertNotFound(Method.PUT, id);
        assertNotFound(Method.PATCH, id);
        assertNotFound(Method.PATCH, id + "/complete");
        assertNotFound(Method.DELETE, id);
    }

    private static void assertNotFound(Method method, String id) {
        var body = id.endsWith("/complete") ? "{\"completed\": true}" : "{\"title\": \"Milk\"}";
        var request = Shared.CALLER.request().urlEncodingEnabled(false);
        var answer = method == Method.GET || method == Method.DELETE
                ? request.request(method, "/tasks/" + id)
                : request.contentType("application/json").body(body).request(method, "/tasks/" + id);

        assertProblem(answer, 404, "not_found");
    }

    private static void assertProblem(Response answer, int status, String code) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("code", equalTo(code));
    }

    private static void assertInvalid(Response answer, String field) {
        assertProblem(answer, 422, "validation_failed");
        answer.then().body("errors.field", hasItem(field));
    }

    private static Response post(String path, byte[] body) {
        return anyone().contentType("application/json").body(body).post(path);
    }

    private static Response send(Method method, String path, byte[] body) {
        return Shared.CALLER
                .request()
                .contentType("application/json")
                .body(body)
                .request(method, path);
    }

    private static Arguments invalid(String field, String members) {
        return arguments(field, shortened(members), "{" + members + "}");
    }

    private static String credentialsAnd(String members) {
        return "\"email\": \"" + freshEmail() + "\", \"password\": \"" + PASSWORD + "\", " + members;
    }

    private static String numbered(int tags) {
        return String.join(
                ", ",
                Stream.iterate(1, i -> i + 1)
                        .limit(tags)
                        .map(i -> "\"tag" + i + "\"")
                        .toList());
    }

    private static String nested(int depth) {
        return "[".repeat(depth) + "]".repeat(depth);
    }

    private static byte[] inString(int... bytes) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("{\"title\": \"a".getBytes(UTF_8));
        Arrays.stream(bytes).forEach(body::write);
        body.writeBytes("\", \"email\": \"a\"}".getBytes(UTF_8));
        return body.toByteArray();
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 60) + "… (" + text.length() + ")";
    }
}

@QuarkusIntegrationTest
class BadInputIT extends BadInputTest {}
