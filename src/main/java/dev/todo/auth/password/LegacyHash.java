package dev.todo.auth.password;

import io.quarkus.elytron.security.common.BcryptUtil;
import java.text.Normalizer;

/**
 * What earlier releases hashed instead of the password: its compatibility form (NFKC), cut at 72 bytes, by WildFly Elytron,
 * which writes $2a$. Hashes made now begin with $2b$.
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
     * Whether the hash is of the folded password. A refusal takes the time of the highest cost, whatever that of the hash,
     * and for no hash (null) too.
     */
    static boolean matches(String password, String hash, int highestCost) {
        var isLegacy = hash != null && isLegacy(hash);
        if (BcryptUtil.matches(password, isLegacy ? hash : dummyHash(highestCost))) {
            return isLegacy;
        }
        // Each step of the cost doubles the work: that of a cost once more, and of each up to the highest, adds up to
        // that
        for (var cost = isLegacy ? Bcrypt.cost(hash) : highestCost; cost < highestCost; cost++) {
            BcryptUtil.matches(password, dummyHash(cost));
        }
        return false;
    }

    private static String dummyHash(int cost) {
        return "$2a$%02d$abcdefghijklmnopqrstuu5LoXR9RP2s/bnbL3OqU0Rp5b0nVRZ6G".formatted(cost);
    }
}
