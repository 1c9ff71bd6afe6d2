package dev.todo.observability;

import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Lines of the log that say who did what to an account. They hold ids, never secrets, and nothing that a client typed, so
 * that nobody can forge a line; the request's id stands beside them as on every line.
 */
public final class AuditLog {

    private static final Logger LOG = Logger.getLogger("audit");

    private AuditLog() {}

    /** Something that a user did. */
    public static void log(String event, UUID user) {
        LOG.infof("event=%s user=%s", event, user);
    }

    /** Something that an administrator did to a user. */
    public static void log(String event, UUID user, UUID by) {
        LOG.infof("event=%s user=%s by=%s", event, user, by);
    }

    /** An administrator changed a user, who has this role and state now. */
    public static void userChanged(UUID user, UUID by, String role, boolean disabled) {
        LOG.infof("event=user_changed user=%s by=%s role=%s disabled=%s", user, by, role, disabled);
    }
}
