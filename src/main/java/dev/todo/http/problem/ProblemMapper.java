package dev.todo.http.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.todo.database.internals.DatabaseFaults;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where exceptions become responses. */
@Singleton
class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Routes routes;
    private final CurrentIdentityAssociation identity;

    ProblemMapper(Routes routes, CurrentIdentityAssociation identity) {
        this.routes = routes;
        this.identity = identity;
    }

    @ServerExceptionMapper
    RestResponse<Problem> refusal(Refusal refusal, HttpServerRequest request) {
        return response(refusal, request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> noToken(UnauthorizedException e, HttpServerRequest request) {
        return response(Refusal.unauthenticated(), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> badToken(AuthenticationFailedException e, HttpServerRequest request) {
        // RFC 6750, section 3.1; the body is the same as for a missing token, so that it reveals nothing more
        return response(Refusal.unauthenticated().with("WWW-Authenticate", "Bearer error=\"invalid_token\""), request);
    }

    @ServerExceptionMapper
    Uni<RestResponse<Problem>> forbidden(ForbiddenException e, HttpServerRequest request) {
        return identity.getDeferredIdentity()
                .map(caller -> caller.<Refusal>getAttribute(Refusal.WHEN_FORBIDDEN))
                .map(own -> own != null ? own : Refusal.forbidden())
                .map(refusal -> response(refusal, request));
    }

    @ServerExceptionMapper
    RestResponse<Problem> invalid(ResteasyReactiveViolationException e, HttpServerRequest request) {
        return response(ConstraintViolations.refusal(e.getConstraintViolations()), request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> mismatched(MismatchedInputException e, HttpServerRequest request) {
        // Without this mapper, Quarkus' own would be the more specific one
        return unreadable(e, request);
    }

    @ServerExceptionMapper
    RestResponse<Problem> unreadable(JsonProcessingException e, HttpServerRequest request) {
        return response(JsonErrors.refusal(e), request);
    }

    /** Errors that Quarkus itself raises: unknown path, method or media type, and unreadable bodies. */
    @ServerExceptionMapper
    RestResponse<Problem> http(WebApplicationException e, HttpServerRequest request) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return unreadable(json, request);
        }
        var status = e.getResponse().getStatus();
        return status >= 500 ? fault(e, request) : response(HttpRefusals.of(status), request);
    }

    @ServerExceptionMapper
    Uni<RestResponse<Problem>> method(NotAllowedException e, HttpServerRequest request) {
        var allowed = String.join(", ", routes.methods(request.path()));
        return ifAllowed(HttpRefusals.of(405).with("Allow", allowed), request);
    }

    @ServerExceptionMapper
    Uni<RestResponse<Problem>> contentType(NotSupportedException e, HttpServerRequest request) {
        return ifAllowed(HttpRefusals.of(415), request);
    }

    @ServerExceptionMapper
    Uni<RestResponse<Problem>> accept(NotAcceptableException e, HttpServerRequest request) {
        return ifAllowed(HttpRefusals.of(406), request);
    }

    /** Quarkus checks method and media types before it authenticates the caller; the API promises 401 and 403 first. */
    private Uni<RestResponse<Problem>> ifAllowed(Refusal refusal, HttpServerRequest request) {
        if (routes.hasPublic(request.path())) {
            return Uni.createFrom().item(response(refusal, request));
        }
        return identity.getDeferredIdentity()
                .chain(caller -> {
                    if (caller.isAnonymous()) {
                        return Uni.createFrom().item(noToken(null, request));
                    }
                    return routes.hasAnyFor(caller.getRoles(), request.path())
                            ? Uni.createFrom().item(response(refusal, request))
                            : forbidden(null, request);
                })
                .onFailure(AuthenticationFailedException.class)
                .recoverWithItem(() -> badToken(null, request))
                .onFailure()
                .recoverWithItem(failure -> fault(failure, request));
    }

    @ServerExceptionMapper
    RestResponse<Problem> fault(Throwable e, HttpServerRequest request) {
        var refusal = DatabaseFaults.isUnavailable(e)
                ? Refusal.unavailable("The database is unavailable. Try again shortly.", 1)
                : HttpRefusals.of(500);
        if (refusal.status() == 500) {
            LOG.error("Request failed: " + request.method() + " " + request.path(), e);
        } else {
            LOG.warn("Database unavailable: " + e);
            if (DatabaseFaults.hasUnknownOutcome(e) && !SAFE_METHODS.contains(request.method())) {
                // Any status would claim that the change was stored, or that it was not, and nobody knows. So there is
                // no response
                request.connection().close();
            }
        }
        return response(refusal, request);
    }

    private static RestResponse<Problem> response(Refusal refusal, HttpServerRequest request) {
        var response = RestResponse.ResponseBuilder.<Problem>create(refusal.status())
                .entity(Problem.of(refusal, request.path()))
                .type(Problem.MEDIA_TYPE);
        refusal.headers().forEach(response::header);
        return response.build();
    }
}
