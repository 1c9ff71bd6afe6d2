package dev.todo.auth.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptTest {

    /** The first five come from crypt_blowfish's tests, the others were made with crypt(3). */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "'', $2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
        "U*U, $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "U*U*, $2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
        "U*U*U, $2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a",
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,"
                + "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
        "area 25 m² garden, $2b$04$abcdefghijklmnopqrstuutrHXdx0MLWUR79u7M9kHB0PAMIFackG",
        "my² secret words, $2b$04$abcdefghijklmnopqrstuuAD2fDzC3Fs/Em3.qnNcTHqJEYLpabAm",
        "my2 secret words, $2a$04$abcdefghijklmnopqrstuueQCdyeKQZAgRDDK8aegrf58keFrY31e",
        "zu\u0308richer straße, $2y$04$abcdefghijklmnopqrstuuwsk9He4qoPq6wDg30JApRygaV4Mu.QS",
        "no\u00a0break space, $2a$04$abcdefghijklmnopqrstuuZfOy63EVXmcxnonQEWCvdsm2v0kITAq",
        "🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛🥛, $2b$04$abcdefghijklmnopqrstuuKmIzPoHNPrZ9KmOgeiQTxh7UaUwbPGS"
    })
    void matches_hashes_made_by_crypt(String password, String hash) {
        assertTrue(Bcrypt.matches(password.getBytes(UTF_8), hash));
        assertFalse(Bcrypt.matches(("x" + password).getBytes(UTF_8), hash));
    }

    @Test
    void agrees_with_another_implementation_on_random_bytes() {
        var random = new Random(20261127);
        for (var i = 0; i < 300; i++) {
            var password = new byte[random.nextInt(73)];
            var salt = new byte[16];
            random.nextBytes(password);
            random.nextBytes(salt);
            var cost = 4 + random.nextInt(3);

            var theirs = new String(
                    BCrypt.with(BCrypt.Version.VERSION_2B, LongPasswordStrategies.none())
                            .hash(cost, salt, password),
                    UTF_8);

            assertEquals(theirs, Bcrypt.hash(password, cost, salt));
            assertTrue(Bcrypt.matches(password, theirs));
            assertEquals(cost, Bcrypt.cost(theirs));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void accepts_three_version_prefixes(String version) {
        var hash = Bcrypt.hash("correct horse battery".getBytes(UTF_8), 4, new byte[16]);

        assertTrue(hash.startsWith("$2b$04$"), hash);
        assertTrue(Bcrypt.matches("correct horse battery".getBytes(UTF_8), hash.replace("$2b$", version)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$2b$10$",
                "$2x$10$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$2b$03$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$2b$32$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui",
                "$2b$10$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBu!",
                "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g"
            })
    void does_not_recognize_other_text_as_a_hash(String text) {
        assertFalse(Bcrypt.isHash(text));
        assertFalse(Bcrypt.isHash(null));
    }

    /** Uses Machin's formula. A wrong digit would also break the hashes above, but they would not show which. */
    @Test
    void initializes_the_cipher_with_the_digits_of_pi() throws Exception {
        var digits = Files.readString(Path.of("src/main/resources/dev/todo/auth/password/pi.txt"))
                .replace("\n", "");
        var bits = 4 * digits.length();
        var one = BigInteger.ONE.shiftLeft(bits + 64);

        var pi = arctangentOfInverse(5, one)
                .multiply(BigInteger.valueOf(16))
                .subtract(arctangentOfInverse(239, one).multiply(BigInteger.valueOf(4)));

        assertEquals("3." + digits, "3." + pi.mod(one).shiftRight(64).toString(16));
    }

    private static BigInteger arctangentOfInverse(long x, BigInteger one) {
        var power = one.divide(BigInteger.valueOf(x));
        var sum = power;
        for (var n = 3; power.signum() > 0; n += 2) {
            power = power.divide(BigInteger.valueOf(x * x));
            var term = power.divide(BigInteger.valueOf(n));
            sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
        }
        return sum;
    }
}
