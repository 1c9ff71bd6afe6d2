package dev.todo.auth.apitoken;

import dev.todo.http.concurrency.UserConcurrencyLimit;
import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;
import dev.todo.user.CurrentUser;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Authenticates personal API tokens sent as bearer tokens (RFC 6750, section 2.1), and leaves other tokens to the
 * mechanism for JWTs. The roles of a token are its scopes only, so that it cannot access endpoints that do not require
 * a scope.
 */
@ApplicationScoped
class PersonalTokenMechanism implements HttpAuthenticationMechanism {

    private static final String SCHEME = "Bearer ";
    private static final Pattern BLANKS = Pattern.compile("^ +");

    private final PersonalTokens tokens;
    private final UserConcurrencyLimit limit;

    PersonalTokenMechanism(PersonalTokens tokens, UserConcurrencyLimit limit) {
        this.tokens = tokens;
        this.limit = limit;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager unused) {
        return personalToken(context)
                .map(text -> PersonalToken.parse(text)
                        .map(token -> findBearer(token, context))
                        .orElse(Uni.createFrom().nullItem())
                        .onItem()
                        .ifNull()
                        .failWith(() -> new AuthenticationFailedException("The personal token is invalid"))
                        .map(PersonalTokenMechanism::identity))
                .orElse(Uni.createFrom().nullItem());
    }

    /**
     * Applies the user's concurrency limit first. If the token was not used here recently, its user has to be looked up
     * before.
     */
    private Uni<PersonalTokens.Bearer> findBearer(PersonalToken token, RoutingContext context) {
        return tokens.lastKnownOwner(token)
                .map(owner -> limit.acquire(owner, context).chain(() -> tokens.findBearer(token)))
                .orElseGet(() -> tokens.findBearer(token)
                        .onItem()
                        .ifNotNull()
                        .call(bearer -> limit.acquire(bearer.user().id(), context)));
    }

    private static Optional<String> personalToken(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                // RFC 6750, section 2.1: one or more spaces after the scheme, and nothing else around the token
                .map(header -> BLANKS.matcher(header.substring(SCHEME.length())).replaceFirst(""))
                .filter(token -> token.startsWith(PersonalToken.PREFIX));
    }

    private static SecurityIdentity identity(PersonalTokens.Bearer bearer) {
        var identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(bearer.user().id().toString()))
                .addAttribute(CurrentUser.ATTRIBUTE, bearer.user())
                .addAttribute(Refusal.WHEN_FORBIDDEN, insufficientScope());
        bearer.scopes().forEach(scope -> identity.addRole(scope.label));
        return identity.build();
    }

    /** RFC 6750, section 3.1. */
    private static Refusal insufficientScope() {
        return new Refusal(
                        ErrorCode.INSUFFICIENT_SCOPE, "The token does not have the scope that this request requires.")
                .with("WWW-Authenticate", "Bearer error=\"insufficient_scope\"");
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    /** Before the mechanism for JWTs, which would reject any other bearer token as an invalid JWT. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }
}
