package dev.todo.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Pages, each with a header that leads to the next one (RFC 8288): the same request with another cursor. */
public final class Paging {

    private Paging() {}

    /** The first of what was found, as many as the limit says; where one more was found, there is a next page. */
    public static <T> ResponseBuilder<List<T>> page(
            List<T> found, int limit, UriInfo uri, Function<T, String> cursorAfter) {
        if (found.size() <= limit) {
            return ResponseBuilder.ok(found);
        }
        var shown = found.subList(0, limit);
        return ResponseBuilder.ok(shown).header(HttpHeaders.LINK, link(uri, cursorAfter.apply(shown.get(limit - 1))));
    }

    private static String link(UriInfo uri, String cursor) {
        var others = uri.getQueryParameters().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals("cursor"))
                .flatMap(parameter -> parameter.getValue().stream().map(value -> pair(parameter.getKey(), value)));
        var query = Stream.concat(others, Stream.of(pair("cursor", cursor))).collect(Collectors.joining("&"));
        return "<" + uri.getRequestUri().getRawPath() + "?" + query + ">; rel=\"next\"";
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
