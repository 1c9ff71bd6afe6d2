package dev.todo.user;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;

/** The caller, as the database knows them at this request. */
@RequestScoped
public class CurrentUser {

    /** Where the identity carries the caller's {@link UserView}. */
    public static final String ATTRIBUTE = "user";

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
}
