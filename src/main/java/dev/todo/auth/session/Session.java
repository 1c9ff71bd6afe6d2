package dev.todo.auth.session;

import dev.todo.user.UserView;
import java.util.UUID;

/** A session, as its client holds it: access tokens contain its id, the cookie contains the refresh token. */
public record Session(UUID id, UserView user, String refreshToken) {

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "Session " + id;
    }
}
