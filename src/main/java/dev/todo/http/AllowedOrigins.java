package dev.todo.http;

import dev.todo.config.AddressRange;
import dev.todo.config.Settings;
import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Decides which pages may act for a user without a token: those of our own origin and of CORS_ORIGINS. An origin is our
 * own if it is the host of the request, as named by the client or a trusted proxy, or if the browser says so.
 */
@Singleton
public class AllowedOrigins {

    private final List<String> allowed;
    private final List<AddressRange> trustedProxies;

    AllowedOrigins(Settings settings) {
        this.allowed = settings.corsOrigins().orElse(List.of());
        this.trustedProxies = settings.trustedProxies().orElse(List.of()).stream()
                .map(AddressRange::parse)
                .toList();
    }

    /** Throws 403 if a page of another origin sent the request. */
    public void requireAllowed(HttpServerRequest request) {
        if (request.headers().getAll("Origin").stream().anyMatch(origin -> !isKnown(origin, request))) {
            throw new Refusal(ErrorCode.FOREIGN_ORIGIN, "This request is not accepted from the origin in `Origin`.");
        }
    }

    private boolean isKnown(String origin, HttpServerRequest request) {
        if (origin.equals("null")) {
            return false;
        }
        return allowed.contains(origin)
                || "same-origin".equals(request.getHeader("Sec-Fetch-Site"))
                || hosts(request).anyMatch(host -> isSameHost(origin, host));
    }

    private Stream<String> hosts(HttpServerRequest request) {
        var host = Stream.ofNullable(request.getHeader("Host"));
        return isTrusted(request)
                ? Stream.concat(
                        host,
                        request.headers().getAll("X-Forwarded-Host").stream()
                                .flatMap(value -> Arrays.stream(value.split(",")))
                                .map(String::strip))
                : host;
    }

    private boolean isTrusted(HttpServerRequest request) {
        var peer =
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
        var bytes = peer == null ? null : NetUtil.createByteArrayFromIpAddressString(peer.replaceFirst("%.*", ""));
        return bytes != null && trustedProxies.stream().anyMatch(range -> range.contains(AddressRange.text(bytes)));
    }

    /** Compares host and port only: just the proxy that terminates TLS knows the scheme the page was loaded with. */
    private static boolean isSameHost(String origin, String host) {
        try {
            var uri = URI.create(origin);
            if (uri.getAuthority() == null || host.isEmpty()) {
                return false;
            }
            var defaultPort = "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
            return without(defaultPort, uri.getAuthority()).equals(without(defaultPort, host));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String without(String port, String authority) {
        var lower = authority.toLowerCase(Locale.ROOT);
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }
}
