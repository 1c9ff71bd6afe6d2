package dev.todo.auth;

import dev.todo.attempt.Attempts;
import dev.todo.attempt.Limit;
import dev.todo.session.Rotation;
import dev.todo.session.Session;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Renews a session's tokens, so many times a minute. */
@Singleton
class Refresh {

    private final Attempts attempts;
    private final Rotation rotation;

    Refresh(Attempts attempts, Rotation rotation) {
        this.attempts = attempts;
        this.rotation = rotation;
    }

    Uni<Session> with(String refreshToken) {
        return rotation.sessionOf(refreshToken)
                .chain(session -> attempts.admit(Limit.REFRESH.of(session)))
                .chain(attempt -> rotation.after(refreshToken)
                        .onItemOrFailure()
                        // What became of the token holds, whatever becomes of the count
                        .call((session, failure) -> attempt.counts().onFailure().recoverWithNull()));
    }
}
