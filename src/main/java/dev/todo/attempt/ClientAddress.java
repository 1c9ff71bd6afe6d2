package dev.todo.attempt;

import dev.todo.settings.AddressRange;
import dev.todo.settings.Settings;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who is calling, by address: the peer; or, where that is a trusted proxy, the right-most address in {@code Forwarded}
 * (RFC 7239) or {@code X-Forwarded-For} that is no trusted proxy itself. Anything further left a client can make up.
 */
@Singleton
public class ClientAddress {

    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\\s]*))");

    private final List<AddressRange> trusted;

    ClientAddress(Settings settings) {
        this.trusted = settings.trustedProxies().orElse(List.of()).stream()
                .map(AddressRange::parse)
                .toList();
    }

    public String of(HttpServerRequest request) {
        var peer =
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
        var address = canonical(peer == null ? "" : peer);
        if (!isTrusted(address)) {
            return address;
        }
        for (var hop : hops(request)) {
            var next = canonical(hop);
            if (next.isEmpty()) {
                return address;
            }
            address = next;
            if (!isTrusted(address)) {
                return address;
            }
        }
        return address;
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** From the nearest to the farthest. */
    private static List<String> hops(HttpServerRequest request) {
        var hops = new ArrayList<String>();
        if (request.headers().contains("Forwarded")) {
            elements(request, "Forwarded").forEach(element -> hops.add(forwardedFor(element)));
        } else {
            elements(request, "X-Forwarded-For").forEach(hops::add);
        }
        Collections.reverse(hops);
        return hops;
    }

    private static List<String> elements(HttpServerRequest request, String header) {
        return request.headers().getAll(header).stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .toList();
    }

    private static String forwardedFor(String element) {
        Matcher matcher = FOR.matcher(element);
        return matcher.find() ? (matcher.group(1) != null ? matcher.group(1) : matcher.group(2)) : "";
    }

    /** Without port, brackets and zone, IPv4-mapped IPv6 as IPv4; empty where it is no address. */
    static String canonical(String text) {
        var address = text;
        if (address.startsWith("[")) {
            address = address.substring(1, Math.max(1, address.indexOf(']')));
        } else if (address.indexOf(':') == address.lastIndexOf(':') && address.indexOf(':') > 0) {
            address = address.substring(0, address.indexOf(':'));
        }
        var zone = address.indexOf('%');
        var bytes = NetUtil.createByteArrayFromIpAddressString(zone < 0 ? address : address.substring(0, zone));
        return bytes == null ? "" : AddressRange.text(bytes);
    }
}
