package dev.todo.observability;

import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Logs who did what to an account. The lines contain ids, never secrets or client input, so that nobody can forge a
 * line; like every line, they also have the request id.
 */
public final class AuditLog {

    private static final Logger LOG = Logger.getLogger("audit");

    private AuditLog() {}

    /** An action by a user. */
    public static void log(String event, UUID user) {
        LOG.infof("event=%s user=%s", event, user);
    }

    /** An action by an administrator on a user. */
    public static void log(String event, UUID user, UUID by) {
        LOG.infof("event=%s user=%s by=%s", event, user, by);
    }

    /** An administrator changed a user, who now has this role and state. */
    public static void userChanged(UUID user, UUID by, String role, boolean disabled) {
        LOG.infof("event=user_changed user=%s by=%s role=%s disabled=%s", user, by, role, disabled);
    }
}
