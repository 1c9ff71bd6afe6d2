package dev.todo.task.events;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks again, while an answer goes on, whether its caller's token holds, as is asked at the beginning of any request. */
@ApplicationScoped
class CallerCheck {

    private final HttpAuthenticator authenticator;

    CallerCheck(HttpAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** False once the session or the token has ended; a database that is away ends nothing. */
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
