package dev.todo.auth.password;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The state of the Blowfish cipher, with the key schedule that bcrypt needs. */
final class Blowfish {

    static final int SUBKEYS = 18;

    private static final int BOXES = 4 * 256;

    // The fraction of pi in 32-bit words. The native executable reads the file at build time.
    private static final int[] PI = words("pi.txt");

    private final int[] subkeys = Arrays.copyOf(PI, SUBKEYS);
    private final int[] boxes = Arrays.copyOfRange(PI, SUBKEYS, SUBKEYS + BOXES);

    /** Replaces the whole state with its encryption, mixed with a key of 18 words and a salt of four. */
    void mix(int[] key, int[] salt) {
        var p = subkeys;
        var s = boxes;
        for (var i = 0; i < SUBKEYS; i++) {
            p[i] ^= key[i];
        }
        var left = 0;
        var right = 0;
        for (var i = 0; i < SUBKEYS + BOXES; i += 2) {
            left ^= salt[i & 2] ^ p[0];
            right ^= salt[i & 2 | 1];
            // Unrolled, and with the xors in this order, because all the time is spent here
            for (var round = 1; round <= 16; round += 2) {
                right = (right ^ p[round])
                        ^ (((s[left >>> 24] + s[256 + (left >>> 16 & 255)]) ^ s[512 + (left >>> 8 & 255)])
                                + s[768 + (left & 255)]);
                left = (left ^ p[round + 1])
                        ^ (((s[right >>> 24] + s[256 + (right >>> 16 & 255)]) ^ s[512 + (right >>> 8 & 255)])
                                + s[768 + (right & 255)]);
            }
            var last = right ^ p[17];
            right = left;
            left = last;
            if (i < SUBKEYS) {
                p[i] = left;
                p[i + 1] = right;
            } else {
                s[i - SUBKEYS] = left;
                s[i - SUBKEYS + 1] = right;
            }
        }
    }

    /** Encrypts the two words at an index. */
    void encrypt(int[] words, int at) {
        var left = words[at] ^ subkeys[0];
        var right = words[at + 1];
        for (var round = 1; round <= 16; round += 2) {
            right ^= subkeys[round] ^ substituted(left);
            left ^= subkeys[round + 1] ^ substituted(right);
        }
        words[at] = right ^ subkeys[17];
        words[at + 1] = left;
    }

    private int substituted(int x) {
        return (boxes[x >>> 24] + boxes[256 + (x >>> 16 & 255)] ^ boxes[512 + (x >>> 8 & 255)])
                + boxes[768 + (x & 255)];
    }

    private static int[] words(String file) {
        try (var text = Blowfish.class.getResourceAsStream(file)) {
            var digits = new String(text.readAllBytes(), StandardCharsets.US_ASCII).replace("\n", "");
            var words = new int[SUBKEYS + BOXES];
            for (var i = 0; i < words.length; i++) {
                words[i] = Integer.parseUnsignedInt(digits, 8 * i, 8 * i + 8, 16);
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
