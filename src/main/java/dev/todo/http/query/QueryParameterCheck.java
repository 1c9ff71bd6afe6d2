package dev.todo.http.query;

import dev.todo.http.internals.RestCall;
import dev.todo.http.problem.PrintableName;
import dev.todo.http.problem.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Rejects query parameters of endpoints that have none. The others reject unknown ones with {@link QueryReader}. */
@Provider
public class QueryParameterCheck implements DynamicFeature {

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        var parameters = endpoint.getResourceMethod().getAnnotationsByType(Parameter.class);
        if (Arrays.stream(parameters).noneMatch(parameter -> parameter.in() == ParameterIn.QUERY)) {
            context.register(new NoParameters());
        }
    }

    private static class NoParameters implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            // Most requests have no query, and then there is nothing to parse
            if (RestCall.routingContext(request).request().query() != null) {
                request.getUriInfo().getQueryParameters().keySet().stream()
                        .findAny()
                        .ifPresent(name -> {
                            throw Refusal.badParameter(PrintableName.of(name), "is not supported here");
                        });
            }
        }
    }
}
