package dev.todo.http;

import dev.todo.config.AddressRange;
import dev.todo.config.Settings;
import dev.todo.config.WebAddress;
import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.PrintableName;
import dev.todo.http.problem.Refusal;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Decides which pages may act for a user without a token: those of our own origin and of CORS_ORIGINS. An origin is our
 * own if it is that of PUBLIC_URL, or the host of the request, as named by the client or a trusted proxy, or if the
 * browser says so. Logs each refused origin once: behind a proxy that hides the host, it may be our own.
 */
@Singleton
public class AllowedOrigins {

    private static final Logger LOG = Logger.getLogger(AllowedOrigins.class);
    private static final int MAX_LOGGED = 100;

    private final Set<String> allowed;
    private final List<AddressRange> trustedProxies;
    private final Set<List<String>> logged = ConcurrentHashMap.newKeySet();

    AllowedOrigins(Settings settings) {
        this.allowed = Stream.concat(
                        settings.corsOrigins().stream().flatMap(List::stream),
                        settings.publicUrl().stream().map(url -> url.getScheme() + "://" + url.getRawAuthority()))
                .collect(Collectors.toSet());
        this.trustedProxies = settings.trustedProxies().orElse(List.of()).stream()
                .map(AddressRange::parse)
                .toList();
    }

    /** Throws 403 if a page of another origin sent the request. */
    public void requireAllowed(HttpServerRequest request) {
        for (var origin : request.headers().getAll("Origin")) {
            if (!isKnown(origin, request)) {
                logOnce(origin, request);
                throw new Refusal(
                        ErrorCode.FOREIGN_ORIGIN, "This request is not accepted from the origin in `Origin`.");
            }
        }
    }

    private void logOnce(String origin, HttpServerRequest request) {
        var host = PrintableName.of(hosts(request).collect(Collectors.joining(", ")));
        if (WebAddress.origin(origin).isPresent()
                && logged.size() < MAX_LOGGED
                && logged.add(List.of(PrintableName.of(origin), host))) {
            LOG.warnf(
                    "Refused a request from a page at %1$s, because it reached the service as %2$s. If people open the"
                            + " service at %1$s, set PUBLIC_URL=%1$s, followed by its path if it has one. If it is"
                            + " another site whose pages may use the API, add %1$s to CORS_ORIGINS.",
                    PrintableName.of(origin), host);
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
