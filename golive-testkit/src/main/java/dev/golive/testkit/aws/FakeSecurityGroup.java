package dev.golive.testkit.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/**
 * A security group of EC2 in {@link FakeAws}. It admits nobody until it is told to.
 *
 * <pre>{@code
 * fake.securityGroup("sg-db").ingressFromGroup(5432, "sg-web").ingress(22, "203.0.113.0/24");
 * }</pre>
 *
 * <p>Rules of the same protocol and ports are shown as one, as EC2 does. Networks are shown as they are given. Options
 * change this object and return it. Thread-safe.
 */
public final class FakeSecurityGroup {

    private static final String ALL = "-1";
    private static final String TCP = "tcp";
    private static final int LAST_PORT = 65_535;

    /** Rules that EC2 shows as one. */
    private record Ports(
            String protocol,
            @Nullable Integer from,
            @Nullable Integer to) {}

    /** Whom they admit. */
    private static final class Sources {
        final List<IpRange> v4 = new ArrayList<>();
        final List<Ipv6Range> v6 = new ArrayList<>();
        final List<PrefixListId> lists = new ArrayList<>();
        final List<UserIdGroupPair> groups = new ArrayList<>();
    }

    private final FakeAws aws;
    private final String id;
    private final Map<Ports, Sources> rules = new LinkedHashMap<>();

    FakeSecurityGroup(FakeAws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /**
     * Admits a network to a port of TCP.
     *
     * @param port the port
     * @param cidr the network, of IPv4 or IPv6
     * @return this
     * @throws IllegalArgumentException if there is no such port
     */
    public FakeSecurityGroup ingress(int port, String cidr) {
        return ingress(TCP, port, port, cidr);
    }

    /**
     * Admits a network to some ports.
     *
     * @param protocol {@code tcp}, {@code udp}, or what else EC2 knows
     * @param from the first port
     * @param to the last port
     * @param cidr the network, of IPv4 or IPv6
     * @return this
     * @throws IllegalArgumentException if there is no such port
     */
    public FakeSecurityGroup ingress(String protocol, int from, int to, String cidr) {
        Objects.requireNonNull(cidr, "cidr must not be null");
        return change(ports(protocol, from, to), sources -> network(sources, cidr));
    }

    /**
     * Admits a network to everything.
     *
     * @param cidr the network, of IPv4 or IPv6
     * @return this
     */
    public FakeSecurityGroup ingressOfEverything(String cidr) {
        Objects.requireNonNull(cidr, "cidr must not be null");
        return change(new Ports(ALL, null, null), sources -> network(sources, cidr));
    }

    /**
     * Admits the members of a security group to a port of TCP.
     *
     * @param port the port
     * @param groupId the id of the other group, or of this one
     * @return this
     * @throws IllegalArgumentException if there is no such port
     */
    public FakeSecurityGroup ingressFromGroup(int port, String groupId) {
        Objects.requireNonNull(groupId, "groupId must not be null");
        return change(ports(TCP, port, port), sources -> group(sources, groupId));
    }

    /**
     * Admits the networks of a prefix list to a port of TCP.
     *
     * @param port the port
     * @param listId the id of the list, see {@link FakeAws#prefixList}
     * @return this
     * @throws IllegalArgumentException if there is no such port
     */
    public FakeSecurityGroup ingressFromPrefixList(int port, String listId) {
        Objects.requireNonNull(listId, "listId must not be null");
        return change(
                ports(TCP, port, port),
                sources -> sources.lists.add(
                        PrefixListId.builder().prefixListId(listId).build()));
    }

    /**
     * Admits nobody any more.
     *
     * @return this
     */
    public FakeSecurityGroup withoutIngress() {
        return aws.within(() -> {
            rules.clear();
            return this;
        });
    }

    private static Ports ports(String protocol, int from, int to) {
        Objects.requireNonNull(protocol, "protocol must not be null");
        if (from < -1 || from > LAST_PORT) {
            throw new IllegalArgumentException("from must be between -1 and 65535 but was " + from);
        } else if (to < from || to > LAST_PORT) {
            throw new IllegalArgumentException("to must be between " + from + " and 65535 but was " + to);
        }
        return new Ports(protocol, from, to);
    }

    private static void network(Sources sources, String cidr) {
        if (cidr.indexOf(':') >= 0) {
            sources.v6.add(Ipv6Range.builder().cidrIpv6(cidr).build());
        } else {
            sources.v4.add(IpRange.builder().cidrIp(cidr).build());
        }
    }

    private void group(Sources sources, String groupId) {
        sources.groups.add(
                UserIdGroupPair.builder().groupId(groupId).userId(aws.account()).build());
    }

    private FakeSecurityGroup change(Ports ports, Consumer<Sources> change) {
        return aws.within(() -> {
            change.accept(rules.computeIfAbsent(ports, key -> new Sources()));
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Drifts.Of own = drifts.of("ec2", id, toString())
                .add("gone", "does not exist", gone)
                .add("open", "admits the whole world to everything", () -> ingressOfEverything("0.0.0.0/0"));
        rules.keySet().forEach(ports -> {
            Integer from = ports.from;
            if (from != null && from >= 0) {
                String which = ports.protocol + " " + from + (from.equals(ports.to) ? "" : "-" + ports.to);
                own.add(
                                which + " open",
                                "admits the whole world to " + which,
                                () -> change(ports, sources -> network(sources, "0.0.0.0/0")))
                        .add(
                                which + " open to IPv6",
                                "admits the whole world of IPv6 to " + which,
                                () -> change(ports, sources -> network(sources, "::/0")))
                        .add(
                                which + " closed",
                                "admits nobody to " + which,
                                () -> aws.within(() -> rules.remove(ports)));
            }
        });
    }

    /** The group of which everything is a member that is told no other; it admits its members. */
    FakeSecurityGroup admittingItself() {
        group(rules.computeIfAbsent(new Ports(ALL, null, null), key -> new Sources()), id);
        return this;
    }

    SecurityGroup describe() {
        List<IpPermission> permissions = new ArrayList<>();
        rules.forEach((ports, sources) -> permissions.add(IpPermission.builder()
                .ipProtocol(ports.protocol)
                .fromPort(ports.from)
                .toPort(ports.to)
                .ipRanges(sources.v4)
                .ipv6Ranges(sources.v6)
                .prefixListIds(sources.lists)
                .userIdGroupPairs(sources.groups)
                .build()));
        return SecurityGroup.builder()
                .groupId(id)
                .groupName(id)
                .description(id)
                .ownerId(aws.account())
                .vpcId("vpc-1")
                .ipPermissions(permissions)
                .build();
    }

    @Override
    public String toString() {
        return "security group " + id;
    }
}
