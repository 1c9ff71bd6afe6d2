package dev.todo.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), which every Java platform supports. */
public final class Sha256 {

    private Sha256() {}

    /** The digest of the concatenated parts. */
    public static byte[] of(byte[]... parts) {
        var sha256 = newDigest();
        for (var part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    /** For hashing data that arrives in parts. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
