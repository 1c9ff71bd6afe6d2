package dev.todo.auth.session;

import java.nio.ByteBuffer;
import java.util.UUID;

/** A session's refresh token. Each refresh replaces it with the token of the next generation. */
public record RefreshToken(UUID session, int generation) {

    /**
     * A spent token that is reused within this time means a lost response or a second tab; later, it means a stolen
     * copy.
     */
    static final int GRACE_SECONDS = 10;

    static final int LENGTH = 2 * Long.BYTES + Integer.BYTES;

    static RefreshToken of(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new RefreshToken(new UUID(buffer.getLong(), buffer.getLong()), buffer.getInt());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(session.getMostSignificantBits())
                .putLong(session.getLeastSignificantBits())
                .putInt(generation)
                .array();
    }
}
