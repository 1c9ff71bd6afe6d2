package dev.todo.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An IP address or a CIDR range. */
public record AddressRange(byte[] network, int prefix) {

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
    private static final int MAPPED_PREFIX = 8 * MAPPED.length;

    /** Throws IllegalArgumentException if the text is neither. */
    public static AddressRange parse(String text) {
        var parts = text.strip().split("/", 2);
        var network = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        if (network == null) {
            throw new IllegalArgumentException("no IP address");
        }
        var bits = network.length * 8;
        var prefix = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("no prefix length");
        }
        return isMapped(network) && prefix >= MAPPED_PREFIX
                ? new AddressRange(
                        Arrays.copyOfRange(network, MAPPED_PREFIX / 8, network.length), prefix - MAPPED_PREFIX)
                : new AddressRange(network, prefix);
    }

    /** Whether this is an IPv4-mapped IPv6 address (::ffff:0:0/96); these are compared as IPv4 addresses. */
    private static boolean isMapped(byte[] address) {
        return address.length == 16 && Arrays.equals(address, 0, MAPPED_PREFIX / 8, MAPPED, 0, MAPPED.length);
    }

    public boolean contains(String address) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || bytes.length != network.length) {
            return false;
        }
        var whole = prefix / 8;
        var mask = 0xFF00 >> prefix % 8;
        return Arrays.equals(bytes, 0, whole, network, 0, whole)
                && (prefix % 8 == 0 || ((bytes[whole] ^ network[whole]) & mask & 0xFF) == 0);
    }

    public static String text(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
