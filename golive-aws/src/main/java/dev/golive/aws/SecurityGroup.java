package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.ec2.Cidr;
import dev.golive.aws.internal.ec2.Ec2Port;
import dev.golive.aws.internal.ec2.Ingress;
import dev.golive.provider.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A security group of EC2: who is admitted to what.
 *
 * <pre>{@code
 * aws.securityGroup("sg-0a1b2c").isClosedToTheWorld(5432);
 * aws.securityGroup("sg-0a1b2c").admitsOnly(22, "203.0.113.0/24", "198.51.100.7/32");
 * }</pre>
 *
 * <ul>
 *   <li>What counts are the inbound rules for a port of TCP or UDP: those for all protocols, and those of which the range
 *       includes it. The failed check names them.
 *   <li>The world need not be everybody: a port is open to it if its rules together admit more public addresses than a
 *       /8 of IPv4 or a /16 of IPv6 has, however they are cut. Private networks ({@code 10.0.0.0/8} and the like, {@code
 *       fc00::/7}) do not count.
 *   <li>Prefix lists are looked up. One that AWS keeps, or that is not there, makes a check unknown, unless other rules
 *       decide it.
 *   <li>A rule that admits the members of a security group admits nobody of the world; but whoever admits only some
 *       networks does not admit members of groups.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class SecurityGroup {

    private static final int LAST_PORT = 65_535;

    private final Aws aws;
    private final String id;

    SecurityGroup(Aws aws, String id) {
        this.aws = aws;
        this.id = id;
    }

    /**
     * Whether the world is kept from a port.
     *
     * @param port the port
     * @return the check
     * @throws IllegalArgumentException if there is no such port
     */
    public Check isClosedToTheWorld(int port) {
        return check(
                "port " + port + " of " + this + " is closed to the world",
                Given.between(port, 0, LAST_PORT, "port"),
                Ingress::closedToTheWorld);
    }

    /**
     * Whether nobody is admitted to a port but some networks. A part of a listed network is listed too.
     *
     * @param port the port
     * @param cidr a network, for example {@code 203.0.113.0/24}
     * @param more other networks
     * @return the check
     * @throws IllegalArgumentException if there is no such port, or one of them is no network
     */
    public Check admitsOnly(int port, String cidr, String... more) {
        List<String> words = Given.all(cidr, "cidr", more);
        List<Cidr> listed = new ArrayList<>();
        for (String one : words) {
            listed.add(Cidr.of(one));
        }
        return check(
                this + " admits only " + String.join(", ", words) + " to port " + port,
                Given.between(port, 0, LAST_PORT, "port"),
                ingress -> ingress.only(listed));
    }

    private Check check(String sentence, int port, Function<Ingress, Outcome> judge) {
        return looking(AwsCheck.of(aws, Service.EC2, sentence, calls -> judged(calls, port, judge)));
    }

    private Outcome judged(Calls calls, int port, Function<Ingress, Outcome> judge) throws Exception {
        Optional<Ingress> ingress = Ec2Port.of(calls).ingress(List.of(id), port);
        return ingress.isEmpty() ? Outcome.failed("there is no " + this) : judge.apply(ingress.get());
    }

    /** What is needed to see who is admitted; EC2 knows no narrower resource for it. */
    static AwsCheck looking(AwsCheck check) {
        return check.needing("ec2:DescribeSecurityGroups", "*")
                .needing("ec2:DescribeManagedPrefixLists", "*")
                .needing("ec2:GetManagedPrefixListEntries", "*");
    }

    /**
     * What it is.
     *
     * @return for example {@code security group sg-0a1b2c in eu-north-1}
     */
    @Override
    public String toString() {
        return "security group " + id + " in " + aws.region();
    }
}
