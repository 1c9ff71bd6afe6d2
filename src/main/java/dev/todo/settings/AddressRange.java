package dev.todo.settings;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An IP address, or a range of them in CIDR notation. */
public record AddressRange(byte[] network, int prefix) {

    /** Throws IllegalArgumentException for anything else. */
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
        return new AddressRange(network, prefix);
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
