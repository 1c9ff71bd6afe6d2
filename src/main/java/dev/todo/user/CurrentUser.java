package dev.todo.user;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** The caller, as the database knows them at this request. */
@RequestScoped
public class CurrentUser {

    /** Where the identity carries the caller's {@link UserView}, and the id of their session. */
    public static final String ATTRIBUTE = "user";

    public static final String SESSION_ATTRIBUTE = "session";

    private final SecurityIdentity identity;

    CurrentUser(SecurityIdentity identity) {
        this.identity = identity;
    }

    public UserView view() {
        return identity.getAttribute(ATTRIBUTE);
    }

    public UUID id() {
        return view().id();
    }

    /** Null where a personal token speaks for the caller. */
    public UUID sessionId() {
        return identity.getAttribute(SESSION_ATTRIBUTE);
    }
}
