package dev.todo.password;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * What earlier releases hashed instead of the password: its compatibility form (NFKC), by WildFly Elytron, which writes
 * $2a$. Hashes made now begin with $2b$.
 */
final class FoldedPassword {

    private FoldedPassword() {}

    static byte[] of(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }

    static boolean mayBeIn(String hash) {
        return hash.startsWith("$2a$");
    }
}
