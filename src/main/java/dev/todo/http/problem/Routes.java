package dev.todo.http.problem;

import dev.todo.http.internals.RequestPath;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Knows the methods of each path, for the Allow header, the roles that may call them, and the path's template. */
@Provider
@Singleton
public class Routes implements DynamicFeature {

    /** No roles means that anyone may call it. */
    private record Route(String template, Pattern path, String method, Set<String> roles) {}

    private final List<Route> routes = new ArrayList<>();

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        var path = template(endpoint);
        var pattern = Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+") + "/?");
        var roles = roles(endpoint);
        Arrays.stream(endpoint.getResourceMethod().getAnnotations())
                .flatMap(annotation ->
                        Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                .forEach(method -> routes.add(new Route(path, pattern, method.value(), roles)));
    }

    Set<String> methods(String path) {
        var methods = new TreeSet<String>();
        at(path).forEach(route -> methods.add(route.method));
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        methods.add(HttpMethod.OPTIONS);
        return methods;
    }

    boolean hasPublic(String path) {
        return at(path).anyMatch(route -> route.roles.isEmpty());
    }

    /** Whether one of these roles may call any method of the path. */
    boolean hasAnyFor(Set<String> roles, String path) {
        return at(path).anyMatch(route -> route.roles.stream().anyMatch(roles::contains));
    }

    /** The template of a path, such as {@code /tasks/{id}}; empty if there is no such path. */
    public Optional<String> template(String path) {
        return at(path).map(Route::template).min(Comparator.comparing(template -> template.contains("{")));
    }

    /** The template of the paths that lead to an endpoint. */
    public static String template(ResourceInfo endpoint) {
        return template(endpoint.getResourceClass()) + template(endpoint.getResourceMethod());
    }

    private static Set<String> roles(ResourceInfo endpoint) {
        var onMethod = endpoint.getResourceMethod().getAnnotation(RolesAllowed.class);
        var onClass = endpoint.getResourceClass().getAnnotation(RolesAllowed.class);
        if (endpoint.getResourceMethod().isAnnotationPresent(PermitAll.class) || onMethod == null && onClass == null) {
            return Set.of();
        }
        return Set.of((onMethod == null ? onClass : onMethod).value());
    }

    private Stream<Route> at(String path) {
        // As the router does
        var normalized = RequestPath.normalize(path);
        return routes.stream().filter(route -> route.path.matcher(normalized).matches());
    }

    private static String template(AnnotatedElement element) {
        var path = element.getAnnotation(Path.class);
        if (path == null) {
            return "";
        }
        return path.value().startsWith("/") ? path.value() : "/" + path.value();
    }
}
