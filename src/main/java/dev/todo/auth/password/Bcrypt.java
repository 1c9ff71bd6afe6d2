package dev.todo.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * bcrypt (Provos and Mazières, 1999) of bytes, with the same result as crypt(3).
 * docs/decisions/0019-passwords-are-bytes.md explains why we have our own.
 */
final class Bcrypt {

    static final int SALT_BYTES = 16;

    private static final Pattern HASH = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12]\\d|3[01])\\$[./A-Za-z0-9]{53}");
    private static final String DIGITS = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SALT_BEGINS = "$2b$12$".length();
    private static final int CHECKSUM_BEGINS = SALT_BEGINS + 22;
    private static final int CHECKSUM_BYTES = 23;

    private static final byte[] ENCRYPTED = "OrpheanBeholderScryDoubt".getBytes(StandardCharsets.US_ASCII);
    private static final int[] NO_SALT = new int[4];

    private Bcrypt() {}

    static String hash(byte[] password, int cost, byte[] salt) {
        return "$2b$%02d$%s%s".formatted(cost, encode(salt, SALT_BYTES), checksum(password, rounds(cost), salt));
    }

    static boolean isHash(String text) {
        return text != null && HASH.matcher(text).matches();
    }

    /** Whether this is the hash of these bytes. For text in UTF-8, $2a$, $2b$ and $2y$ are the same. */
    static boolean matches(byte[] password, String hash) {
        var actual = checksum(password, rounds(cost(hash)), salt(hash));
        return MessageDigest.isEqual(
                actual.getBytes(StandardCharsets.US_ASCII),
                hash.substring(CHECKSUM_BEGINS).getBytes(StandardCharsets.US_ASCII));
    }

    static int cost(String hash) {
        return Integer.parseInt(hash, 4, 6, 10);
    }

    static long rounds(int cost) {
        return 1L << cost;
    }

    /** Takes the time of this many rounds. The result is part of a hash only if the rounds are those of a cost. */
    static String checksum(byte[] password, long rounds, byte[] salt) {
        var key = key(password);
        var saltWords = words(salt, 4);
        var saltKey = words(salt, Blowfish.SUBKEYS);
        var cipher = new Blowfish();
        cipher.mix(key, saltWords);
        for (var round = 0L; round < rounds; round++) {
            cipher.mix(key, NO_SALT);
            cipher.mix(saltKey, NO_SALT);
        }
        var encrypted = words(ENCRYPTED, ENCRYPTED.length / 4);
        for (var times = 0; times < 64; times++) {
            for (var i = 0; i < encrypted.length; i += 2) {
                cipher.encrypt(encrypted, i);
            }
        }
        return encode(bytes(encrypted), CHECKSUM_BYTES);
    }

    /** The password and a zero byte, repeated. */
    private static int[] key(byte[] password) {
        return words(Arrays.copyOf(password, password.length + 1), Blowfish.SUBKEYS);
    }

    private static int[] words(byte[] bytes, int count) {
        var words = new int[count];
        for (var i = 0; i < 4 * count; i++) {
            words[i / 4] = words[i / 4] << 8 | bytes[i % bytes.length] & 0xFF;
        }
        return words;
    }

    private static byte[] bytes(int[] words) {
        var bytes = new byte[4 * words.length];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[i / 4] >>> 24 - 8 * (i % 4));
        }
        return bytes;
    }

    /** Base64 with bcrypt's own alphabet and without padding. */
    private static String encode(byte[] bytes, int count) {
        var text = new StringBuilder();
        var bits = 0;
        var buffer = 0;
        for (var i = 0; i < count; i++) {
            buffer = buffer << 8 | bytes[i] & 0xFF;
            for (bits += 8; bits >= 6; bits -= 6) {
                text.append(DIGITS.charAt(buffer >>> bits - 6 & 63));
            }
        }
        return text.append(DIGITS.charAt(buffer << 6 - bits & 63)).toString();
    }

    private static byte[] salt(String hash) {
        var salt = new byte[SALT_BYTES];
        for (var i = 0; i < 8 * SALT_BYTES; i++) {
            var digit = DIGITS.indexOf(hash.charAt(SALT_BEGINS + i / 6));
            salt[i / 8] |= (byte) ((digit >>> 5 - i % 6 & 1) << 7 - i % 8);
        }
        return salt;
    }
}
