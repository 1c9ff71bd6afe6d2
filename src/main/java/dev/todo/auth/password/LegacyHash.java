package dev.todo.auth.password;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.text.Normalizer;

/**
 * Hashes from earlier releases, which hashed the password's compatibility form (NFKC), cut at 72 bytes, with WildFly
 * Elytron, which writes $2a$. New hashes begin with $2b$.
 */
final class LegacyHash {

    private LegacyHash() {}

    static boolean isDifferentFor(String password) {
        return !Normalizer.isNormalized(password, Normalizer.Form.NFKC);
    }

    static boolean isLegacy(String hash) {
        return hash.startsWith("$2a$");
    }

    /**
     * Whether this is the hash of the folded password. A mismatch takes the time of the highest cost, whatever the cost
     * of the hash, and also if there is no hash (null).
     */
    static boolean matches(String password, String hash, int highestCost) {
        var isLegacy = hash != null && isLegacy(hash);
        if (BcryptUtil.matches(password, isLegacy ? hash : dummyHash(highestCost))) {
            return isLegacy;
        }
        // Each step of the cost doubles the work: repeating the cost of the hash, and then each one up to the highest,
        // adds up to the highest
        for (var cost = isLegacy ? Bcrypt.cost(hash) : highestCost; cost < highestCost; cost++) {
            BcryptUtil.matches(password, dummyHash(cost));
        }
        return false;
    }

    private static String dummyHash(int cost) {
        return "$2a$%02d$abcdefghijklmnopqrstuu5LoXR9RP2s/bnbL3OqU0Rp5b0nVRZ6G".formatted(cost);
    }
}
