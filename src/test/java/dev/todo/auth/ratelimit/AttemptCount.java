package dev.todo.auth.ratelimit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import io.restassured.response.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The counts of attempts, in response headers and in the database. */
public final class AttemptCount {

    private static final Pattern RATE_LIMIT = Pattern.compile("\"[a-z-]+\";r=(\\d+);t=(\\d+)");

    private AttemptCount() {}

    /** The remaining attempts according to the response. */
    public static int remaining(Response answer) {
        var matcher = RATE_LIMIT.matcher(String.valueOf(answer.header("RateLimit")));
        assertTrue(matcher.matches(), () -> "RateLimit: " + answer.header("RateLimit"));
        return Integer.parseInt(matcher.group(1));
    }

    /** The seconds until the count resets, according to the response. */
    static int secondsLeft(Response answer) {
        var matcher = RATE_LIMIT.matcher(String.valueOf(answer.header("RateLimit")));
        assertTrue(matcher.matches(), () -> "RateLimit: " + answer.header("RateLimit"));
        return Integer.parseInt(matcher.group(2));
    }

    /** Sets the count for a key, such as an IP address and an email address. */
    static void set(String kind, int counted, String... what) {
        TestDatabase.execute(
                "insert into attempts (kind, key, counted, pending, pending_until, window_ends)"
                        + " values (?, ?, ?, 0, now(), now() + interval '10 minutes')"
                        + " on conflict (kind, key) do update set counted = excluded.counted",
                kind,
                key(what),
                counted);
    }

    /** Ends the current window. */
    public static void passWindow(String kind, String... what) {
        TestDatabase.execute(
                "update attempts set window_ends = now() - interval '1 second' where kind = ? and key = ?",
                kind,
                key(what));
    }

    /** IPv6 addresses count by their /64, in Java's notation. */
    private static String asCounted(String what) {
        try {
            return what.contains(":")
                    ? InetAddress.getByAddress(Arrays.copyOf(
                                    Arrays.copyOf(InetAddress.getByName(what).getAddress(), 8), 16))
                            .getHostAddress()
                    : what;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] key(String... what) {
        var text = Arrays.stream(what).map(AttemptCount::asCounted).collect(Collectors.joining("\0"));
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
