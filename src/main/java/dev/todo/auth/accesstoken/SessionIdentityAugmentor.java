package dev.todo.auth.accesstoken;

import dev.todo.http.concurrency.UserConcurrencyLimit;
import dev.todo.user.CurrentUser;
import dev.todo.user.Scope;
import dev.todo.user.UserView;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;

/**
 * Reads the bearer of a token from the database at every request: deleted or disabled users and ended sessions are
 * rejected, and the role is that of the row, not of the token.
 */
@ApplicationScoped
class SessionIdentityAugmentor implements SecurityIdentityAugmentor {

    private final SessionUserLookup users;
    private final UserConcurrencyLimit limit;

    SessionIdentityAugmentor(SessionUserLookup users, UserConcurrencyLimit limit) {
        this.users = users;
        this.limit = limit;
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity bearer, AuthenticationRequestContext context, Map<String, Object> attributes) {
        if (bearer.isAnonymous()) {
            return Uni.createFrom().item(bearer);
        }
        var token = (SessionPrincipal) bearer.getPrincipal();
        return limit.acquire(token.user, HttpSecurityUtils.getRoutingContextAttribute(attributes))
                .chain(() -> users.find(token.session))
                .map(user -> identity(bearer, token, user));
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity bearer, AuthenticationRequestContext context) {
        throw new UnsupportedOperationException("The request is needed, too");
    }

    private static SecurityIdentity identity(SecurityIdentity bearer, SessionPrincipal token, UserView user) {
        if (user == null || !user.id().equals(token.user)) {
            throw new AuthenticationFailedException("The session has ended, or its user was deleted or disabled");
        }
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(token)
                .addRoles(Set.of(user.role().label, Scope.Names.READ_TASKS, Scope.Names.WRITE_TASKS))
                .addAttribute(CurrentUser.ATTRIBUTE, user)
                .addAttribute(CurrentUser.SESSION_ATTRIBUTE, token.session)
                .build();
    }
}
