package dev.todo.auth.ratelimit;

import dev.todo.config.AddressRange;
import dev.todo.config.Settings;
import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is calling, by address: the peer; or, where that is a trusted proxy, the right-most address in {@code Forwarded}
 * (RFC 7239) or {@code X-Forwarded-For} that is no trusted proxy itself. Anything further left a client can make up, and
 * where both headers tell of different clients, one of the headers too: then it is the peer.
 */
@Singleton
public class ClientAddress {

    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\\s]*))");

    private static final String FORWARDED = "Forwarded";
    private static final String X_FORWARDED_FOR = "X-Forwarded-For";
    private static final String X_FORWARDED_HOST = "X-Forwarded-Host";
    private static final int NETWORK_BYTES = 64 / 8;

    private final List<AddressRange> trusted;

    ClientAddress(Settings settings) {
        this.trusted = settings.trustedProxies().orElse(List.of()).stream()
                .map(AddressRange::parse)
                .toList();
    }

    /** The client as it is counted: its IPv4 address, or the /64 of its IPv6 address, as one customer has all of that. */
    public String of(HttpServerRequest request) {
        return network(addressOf(request));
    }

    private String addressOf(HttpServerRequest request) {
        var address = peer(request);
        if (!isTrusted(address)) {
            return address;
        }
        var forwarded = farthest(address, elements(request, FORWARDED).map(ClientAddress::forwardedFor));
        var forwardedFor = farthest(address, elements(request, X_FORWARDED_FOR));
        if (forwarded.equals(address) || forwarded.equals(forwardedFor)) {
            return forwardedFor;
        }
        // A proxy that writes one of them passes the other on as the client made it up, and which is which nobody knows
        return forwardedFor.equals(address) ? forwarded : address;
    }

    /** The header that does not count, as the peer that sent it is not trusted; null if there is none. */
    String ignoredHeader(HttpServerRequest request) {
        var header = forwardingHeader(request.headers());
        if (header == null) {
            return null;
        }
        var peer = peer(request);
        // Lambda has the client as its peer, and the header from the gateway all the same
        return isTrusted(peer) || nearest(request).equals(peer) ? null : header;
    }

    private static String forwardingHeader(MultiMap headers) {
        if (headers.contains(FORWARDED)) {
            return FORWARDED;
        }
        if (headers.contains(X_FORWARDED_FOR)) {
            return X_FORWARDED_FOR;
        }
        return headers.contains(X_FORWARDED_HOST) ? X_FORWARDED_HOST : null;
    }

    private static String nearest(HttpServerRequest request) {
        return elements(request, X_FORWARDED_FOR)
                .reduce((left, right) -> right)
                .map(ClientAddress::canonical)
                .orElse("");
    }

    static String peer(HttpServerRequest request) {
        var address =
                request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
        return canonical(address == null ? "" : address);
    }

    /** The address before the trusted ones, given from the farthest to the nearest; the peer's where none is told. */
    private String farthest(String peer, Stream<String> hops) {
        var address = peer;
        var fromNearest = hops.map(ClientAddress::canonical).collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(fromNearest);
        for (var next : fromNearest) {
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

    private static Stream<String> elements(HttpServerRequest request, String header) {
        return request.headers().getAll(header).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip);
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

    private static String network(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        return bytes == null || bytes.length == 4
                ? address
                : AddressRange.text(Arrays.copyOf(Arrays.copyOf(bytes, NETWORK_BYTES), bytes.length));
    }
}
