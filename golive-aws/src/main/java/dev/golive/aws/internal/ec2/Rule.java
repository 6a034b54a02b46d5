package dev.golive.aws.internal.ec2;

import dev.golive.provider.ApiProblem;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in through a security group, and where to.
 *
 * @param group the id of the security group
 * @param protocol in EC2's words; {@code -1} for all
 * @param from the first port, {@code null} if none was told
 * @param to the last port, {@code null} if none was told
 * @param networks the networks that are admitted
 * @param prefixLists the ids of the prefix lists of which the networks are admitted
 * @param groups the ids of the security groups of which the members are admitted
 */
public record Rule(
        String group,
        String protocol,
        @Nullable Integer from,
        @Nullable Integer to,
        List<String> networks,
        List<String> prefixLists,
        List<String> groups) {

    private static final String ALL = "-1";

    /** The protocols with ports, by name and by number. */
    private static final Set<String> WITH_PORTS = Set.of("tcp", "6", "udp", "17");

    /**
     * Whether it is about a port of TCP or UDP.
     *
     * @throws ApiProblem if it does not say its ports
     */
    public boolean concerns(int port) {
        if (protocol.equals(ALL)) {
            return true;
        } else if (!WITH_PORTS.contains(protocol.toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (from == null || to == null) {
            throw ApiProblem.undecided("a rule of " + group + " for " + protocol + " does not say its ports");
        }
        // -1 stands for all of them, as it does for the types of ICMP
        return from == -1 || to == -1 || from <= port && port <= to;
    }

    /** The group and the ports. */
    @Override
    public String toString() {
        if (protocol.equals(ALL)) {
            return group + " admits everything";
        }
        return group + " admits " + protocol + " " + (from == null || from.equals(to) ? from : from + "-" + to);
    }
}
