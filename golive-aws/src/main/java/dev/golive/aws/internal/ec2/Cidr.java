package dev.golive.aws.internal.ec2;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of addresses. Compared as numbers, since a text can be written in several ways.
 *
 * @param v6 whether its addresses are those of IPv6
 * @param first its first address, as a number
 * @param length how many leading bits its addresses have in common
 */
public record Cidr(boolean v6, BigInteger first, int length) {

    private static final Pattern V4 = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /** Networks of which nobody outside can have an address. */
    private static final List<Cidr> PRIVATE = List.of(
            of("10.0.0.0/8"),
            of("172.16.0.0/12"),
            of("192.168.0.0/16"),
            of("100.64.0.0/10"),
            of("169.254.0.0/16"),
            of("127.0.0.0/8"),
            of("fc00::/7"),
            of("fe80::/10"));

    /**
     * Reads a network; bits behind its length are taken as zero, as AWS does.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !LENGTH.matcher(text.substring(slash + 1)).matches()) {
            throw new IllegalArgumentException("not a network such as 203.0.113.0/24: " + text);
        }
        String address = text.substring(0, slash);
        boolean v6 = address.indexOf(':') >= 0;
        BigInteger number = v6 ? v6(address, text) : v4(address, text);
        int length = Integer.parseInt(text.substring(slash + 1));
        if (length > bits(v6)) {
            throw new IllegalArgumentException("a network with more bits than an address: " + text);
        }
        int free = bits(v6) - length;
        return new Cidr(v6, number.shiftRight(free).shiftLeft(free), length);
    }

    private static BigInteger v4(String address, String text) {
        Matcher parts = V4.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a network such as 203.0.113.0/24: " + text);
        }
        long number = 0;
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(parts.group(i));
            if (part > 255) {
                throw new IllegalArgumentException("not a network such as 203.0.113.0/24: " + text);
            }
            number = number << 8 | part;
        }
        return BigInteger.valueOf(number);
    }

    private static BigInteger v6(String address, String text) {
        if (!V6.matcher(address).matches()) {
            throw new IllegalArgumentException("not a network such as 2001:db8::/32: " + text);
        }
        try {
            // what has a colon is never looked up as a name
            byte[] bytes = InetAddress.getByName(address).getAddress();
            BigInteger number = new BigInteger(1, bytes);
            return bytes.length == 4 ? number.add(BigInteger.valueOf(0xffffL).shiftLeft(32)) : number;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not a network such as 2001:db8::/32: " + text, e);
        }
    }

    private static int bits(boolean v6) {
        return v6 ? 128 : 32;
    }

    /** Whether all addresses of another are also its own. */
    public boolean contains(Cidr other) {
        int free = bits(v6) - length;
        return v6 == other.v6
                && length <= other.length
                && other.first.shiftRight(free).equals(first.shiftRight(free));
    }

    /** Whether each of its addresses is one of some networks. */
    public boolean isCoveredBy(List<Cidr> networks) {
        if (networks.stream().anyMatch(network -> network.contains(this))) {
            return true;
        }
        List<Cidr> parts = networks.stream().filter(this::contains).toList();
        if (parts.isEmpty()) {
            return false;
        }
        int half = length + 1;
        BigInteger middle = first.setBit(bits(v6) - half);
        return new Cidr(v6, first, half).isCoveredBy(parts) && new Cidr(v6, middle, half).isCoveredBy(parts);
    }

    /** Whether none of its addresses can belong to somebody outside. */
    public boolean isPrivate() {
        return PRIVATE.stream().anyMatch(network -> network.contains(this));
    }

    /** How many addresses it has. */
    BigInteger size() {
        return BigInteger.ONE.shiftLeft(bits(v6) - length);
    }

    /** How many different addresses some networks of one family have. */
    static BigInteger size(List<Cidr> networks) {
        BigInteger size = BigInteger.ZERO;
        for (Cidr network : networks.stream().distinct().toList()) {
            // two networks are apart, or one is a part of the other
            if (networks.stream().noneMatch(other -> !other.equals(network) && other.contains(network))) {
                size = size.add(network.size());
            }
        }
        return size;
    }

    /** As it is usually written. */
    @Override
    public String toString() {
        byte[] bytes = new byte[bits(v6) / 8];
        byte[] number = first.toByteArray();
        for (int i = 0; i < Math.min(bytes.length, number.length); i++) {
            bytes[bytes.length - 1 - i] = number[number.length - 1 - i];
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += v6 ? 2 : 1) {
            if (v6) {
                text.append(i == 0 ? "" : ":")
                        .append(Integer.toHexString((bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff));
            } else {
                text.append(i == 0 ? "" : ".").append(bytes[i] & 0xff);
            }
        }
        return text.append('/').append(length).toString();
    }
}
