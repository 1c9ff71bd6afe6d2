package dev.todo.http.paging;

import com.fasterxml.jackson.databind.DeserializationContext;
import dev.todo.http.json.JsonStringDeserializer;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Builds pages with a Link header to the next one (RFC 8288): the same request with another cursor. */
public final class Paging {

    /**
     * The maximum size of a page as JSON. It limits what is read from the database for a page, and what a slow client
     * holds in memory.
     */
    public static final int MAX_BYTES = 1024 * 1024;

    public static final String LIMIT = "limit";
    public static final String CURSOR = "cursor";
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 200;

    private Paging() {}

    /** Reads how many items the request wants on a page. */
    public static final class Limit extends JsonStringDeserializer<Integer> {

        private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

        Limit() {
            super(Integer.class, Limit::parse);
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return DEFAULT_LIMIT;
        }

        private static Integer parse(String value) {
            if (!NUMBER.matcher(value).matches()
                    || Integer.parseInt(value) < 1
                    || Integer.parseInt(value) > MAX_LIMIT) {
                throw new IllegalArgumentException("must be a whole number from 1 to " + MAX_LIMIT);
            }
            return Integer.valueOf(value);
        }
    }

    /**
     * Returns the first of the found items: up to the limit, or fewer if they are too large together. If more were
     * found, the response links to the next page.
     */
    public static <T> ResponseBuilder<List<T>> page(
            List<T> found, int limit, UriInfo uri, Function<T, String> cursorAfter) {
        var shown = fitting(found.subList(0, Math.min(limit, found.size())));
        if (shown.size() == found.size()) {
            return ResponseBuilder.ok(shown);
        }
        var last = shown.get(shown.size() - 1);
        return ResponseBuilder.ok(shown).header(HttpHeaders.LINK, link(uri, cursorAfter.apply(last)));
    }

    /** The first items that together have at most {@link #MAX_BYTES} as a JSON array, but at least one. */
    public static <T> List<T> fitting(List<T> found) {
        var maxBytes = 2L;
        for (var item : found) {
            maxBytes += item instanceof JsonSized sized ? sized.maxJsonBytes() + 1 : 0;
        }
        if (maxBytes <= MAX_BYTES) {
            return found;
        }
        var bytes = 2L;
        for (var i = 0; i < found.size(); i++) {
            bytes += found.get(i) instanceof JsonSized sized ? sized.jsonBytes() + 1 : 0;
            if (bytes > MAX_BYTES && i > 0) {
                return found.subList(0, i);
            }
        }
        return found;
    }

    private static String link(UriInfo uri, String cursor) {
        var others = uri.getQueryParameters().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(CURSOR))
                .flatMap(parameter -> parameter.getValue().stream().map(value -> pair(parameter.getKey(), value)));
        var query = Stream.concat(others, Stream.of(pair(CURSOR, cursor))).collect(Collectors.joining("&"));
        return "<" + uri.getRequestUri().getRawPath() + "?" + query + ">; rel=\"next\"";
    }

    private static String pair(String name, String value) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
