package dev.todo.http.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Rejects bodies with a malformed Content-Type with 415 before Quarkus parses it, which fails for some of them. */
class ContentTypeFilter {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final String TOKEN = "[!#$%&'+.^_`|~0-9A-Za-z-]+";

    // RFC 9110, section 8.3; an asterisk would make it a range
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("%1$s/%1$s([ \\t]*;[ \\t]*(%1$s=(%1$s|\"([^\"\\\\]|\\\\.)*\"))?)*".formatted(TOKEN));

    private final Routes routes;

    ContentTypeFilter(Routes routes) {
        this.routes = routes;
    }

    @ServerRequestFilter(preMatching = true)
    public void refuseUnreadable(HttpServerRequest request) {
        var types = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (!types.isEmpty()
                && WITH_BODY.contains(request.method().name())
                && routes.methods(request.path()).contains(request.method().name())
                && !isReadable(types)) {
            throw new NotSupportedException();
        }
    }

    private static boolean isReadable(List<String> types) {
        if (types.size() > 1 || !MEDIA_TYPE.matcher(types.get(0)).matches()) {
            return false;
        }
        try {
            return MediaType.valueOf(types.get(0)) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
