package dev.todo.config;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address of a web page or site, written as browsers do (URL Standard): scheme and host in lower case, without the
 * scheme's default port, and without a slash at the end.
 */
public record WebAddress(String origin, String path) {

    /** The first segments of the service's own paths. */
    public static final Set<String> OWN_PATHS =
            Set.of("admin", "assets", "auth", "docs", "favicon.svg", "index.html", "openapi", "tasks", "users");

    // Browsers write other letters of a host in Punycode (xn--)
    private static final Pattern SHAPE = Pattern.compile(
            "(?<scheme>(?i:https?))://(?<host>[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*|\\[(?<ipv6>[0-9A-Fa-f:.]+)])"
                    + "(?::(?<port>\\d{1,5}))?(?<path>(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)*)/?");

    private static final int MAX_PORT = 65_535;

    /** Empty if the text is not a web address, or has a user, a query, a fragment or an encoded path. */
    static Optional<WebAddress> parse(String text) {
        var parts = SHAPE.matcher(text);
        if (!parts.matches() || parts.group("ipv6") != null && !NetUtil.isValidIpV6Address(parts.group("ipv6"))) {
            return Optional.empty();
        }
        var scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
        var defaultPort = scheme.equals("https") ? 443 : 80;
        var port = parts.group("port") == null ? defaultPort : Integer.parseInt(parts.group("port"));
        if (port < 1 || port > MAX_PORT) {
            return Optional.empty();
        }
        var origin =
                scheme + "://" + parts.group("host").toLowerCase(Locale.ROOT) + (port == defaultPort ? "" : ":" + port);
        return Optional.of(new WebAddress(origin, parts.group("path")));
    }

    /** The origin that the text names; empty if it names none, or has a path. */
    public static Optional<String> origin(String text) {
        return parse(text).filter(address -> address.path.isEmpty()).map(address -> address.origin);
    }

    /** The value of PUBLIC_URL. */
    static WebAddress publicUrl(String text) {
        var url = parse(text)
                .orElseThrow(
                        () -> new InvalidSetting(
                                "PUBLIC_URL",
                                "must look like https://todo.example.com or https://example.com/todo, without user, query and"
                                        + " fragment, and with only letters, digits, \"-\", \".\", \"_\" and \"~\" in its path"));
        if (!url.path.isEmpty() && OWN_PATHS.contains(url.path.split("/")[1])) {
            throw new InvalidSetting(
                    "PUBLIC_URL",
                    "must have another path: the service itself uses "
                            + String.join(", ", OWN_PATHS.stream().sorted().toList()));
        }
        return url;
    }

    @Override
    public String toString() {
        return origin + path;
    }
}
