package dev.todo.http.query;

import dev.todo.http.problem.PrintableName;
import dev.todo.http.problem.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/**
 * Rejects query parameters that are missing from the OpenAPI document, and repeated ones unless it declares an array.
 * So typos are reported, and document and service cannot diverge.
 */
@Provider
public class QueryParameterCheck implements DynamicFeature {

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        context.register(new Documented(
                Arrays.stream(endpoint.getResourceMethod().getAnnotationsByType(Parameter.class))
                        .filter(parameter -> parameter.in() == ParameterIn.QUERY)
                        .collect(Collectors.toMap(
                                Parameter::name, parameter -> parameter.schema().type() == SchemaType.ARRAY))));
    }

    private record Documented(Map<String, Boolean> repeatable) implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            request.getUriInfo().getQueryParameters().forEach((name, values) -> {
                if (!repeatable.containsKey(name)) {
                    throw Refusal.badParameter(PrintableName.of(name), "is not supported here");
                }
                if (values.size() > 1 && !repeatable.get(name)) {
                    throw Refusal.badParameter(name, "must be given only once");
                }
            });
        }
    }
}
