package dev.todo.user;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** The caller, as stored in the database at the time of this request. */
@RequestScoped
public class CurrentUser {

    /**
     * The identity attribute with the caller's {@link UserView}; {@link #SESSION_ATTRIBUTE} has the id of their
     * session.
     */
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

    /** Null if the caller uses a personal token. */
    public UUID sessionId() {
        return identity.getAttribute(SESSION_ATTRIBUTE);
    }
}
