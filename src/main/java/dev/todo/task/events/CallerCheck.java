package dev.todo.task.events;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Checks during a response whether its caller's token is still valid, as is checked at the start of any request. */
@ApplicationScoped
class CallerCheck {

    private final HttpAuthenticator authenticator;

    CallerCheck(HttpAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** False once the session or the token has ended. If the database is unavailable, it counts as valid. */
    Uni<Boolean> stillHolds(RoutingContext request) {
        return authenticator
                .attemptAuthentication(request)
                .map(identity -> identity != null)
                .onFailure(AuthenticationFailedException.class)
                .recoverWithItem(false)
                .onFailure()
                .recoverWithItem(true);
    }
}
