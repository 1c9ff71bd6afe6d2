package dev.todo.auth;

import dev.todo.user.CurrentUser;
import dev.todo.user.Scope;
import dev.todo.user.UserView;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/**
 * Asks the database at every request who the bearer of a token is now: somebody deleted or disabled since is nobody, a
 * session that was ended does not count, and roles are those of the row, not of the token.
 */
@ApplicationScoped
class KnownUser implements SecurityIdentityAugmentor {

    private static final String BY_SESSION = """
            select u.id as user_id, u.email, u.role, u.created_at
            from sessions s join users u on u.id = s.user_id
            where s.id = $1 and u.id = $2 and not u.disabled
            """;

    // The pool and not a Hibernate session: before the resource method there is no session, nor a place to close one.
    private final Pool database;

    KnownUser(Pool database) {
        this.database = database;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity bearer, AuthenticationRequestContext context) {
        if (bearer.isAnonymous()) {
            return Uni.createFrom().item(bearer);
        }
        var token = (SessionPrincipal) bearer.getPrincipal();
        return database.preparedQuery(BY_SESSION)
                .execute(Tuple.of(token.session, token.user))
                .map(rows -> identity(bearer, token.session, rows));
    }

    private static SecurityIdentity identity(SecurityIdentity bearer, UUID session, RowSet<Row> rows) {
        for (var row : rows) {
            var user = UserView.of(row);
            return QuarkusSecurityIdentity.builder()
                    .setPrincipal(bearer.getPrincipal())
                    .addRoles(Set.of(user.role().label, Scope.Names.READ_TASKS, Scope.Names.WRITE_TASKS))
                    .addAttribute(CurrentUser.ATTRIBUTE, user)
                    .addAttribute(CurrentUser.SESSION_ATTRIBUTE, session)
                    .build();
        }
        throw new AuthenticationFailedException("The session is over, or its user gone or disabled");
    }
}
