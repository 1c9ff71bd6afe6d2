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
 * The client's address: the peer or, if the peer is a trusted proxy, the right-most address in {@code Forwarded} (RFC
 * 7239) or {@code X-Forwarded-For} that is not a trusted proxy itself. Clients can forge all addresses further left
 * and, if the two headers name different clients, one of the headers too: then it is the peer.
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

    /**
     * The address that is counted: the IPv4 address, or the /64 of the IPv6 address, because one customer has all of
     * it.
     */
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
        // A proxy that sets one header passes on the other as the client forged it, and we cannot know which one it
        // sets
        return forwardedFor.equals(address) ? forwarded : address;
    }

    /** The header that is ignored because its peer is not trusted; null if there is none. */
    String ignoredHeader(HttpServerRequest request) {
        var header = forwardingHeader(request.headers());
        if (header == null) {
            return null;
        }
        var peer = peer(request);
        // On Lambda the peer is the client, but the gateway still sends the header
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

    /**
     * The nearest untrusted hop, or else the farthest hop. Hops are listed from farthest to nearest; without any, the
     * peer.
     */
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

    /** Removes port, brackets and zone, and converts IPv4-mapped IPv6 to IPv4; empty if the text is not an address. */
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
