package dev.golive.aws.internal.ec2;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import dev.golive.provider.ApiProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesResponse;
import software.amazon.awssdk.services.ec2.model.InstanceState;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.KeyPairInfo;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** What golive asks of EC2. */
public final class Ec2Port {

    private static final ClientType<Ec2ClientBuilder, Ec2Client> CLIENT =
            ClientType.of(Service.EC2, Ec2Client::builder, Ec2Client.serviceMetadata());

    private static final Set<String> NO_GROUP = Set.of("InvalidGroup.NotFound");
    private static final Set<String> NO_LIST = Set.of("InvalidPrefixListID.NotFound", "InvalidPrefixListId.NotFound");
    private static final Set<String> NO_INSTANCE = Set.of("InvalidInstanceID.NotFound");
    private static final Set<String> NO_ADDRESS = Set.of("InvalidAllocationID.NotFound", "InvalidAddress.NotFound");
    private static final Set<String> NO_KEY_PAIR = Set.of("InvalidKeyPair.NotFound");

    /**
     * A prefix list.
     *
     * @param owner the account that keeps it, {@code AWS} for those that AWS itself keeps
     * @param networks its networks, empty if AWS keeps it
     */
    private record PrefixList(String owner, List<String> networks) {

        boolean isOfAws() {
            return owner.equals("AWS");
        }
    }

    /**
     * An instance with its status checks.
     *
     * @param state its state, for example {@code running}
     * @param instance what the check of the instance says, {@code null} if it was not told
     * @param system what the check of the systems below it says, {@code null} if it was not told
     * @param volumes what the check of its volumes says, {@code null} if it was not told
     */
    public record Machine(
            String state,
            @Nullable String instance,
            @Nullable String system,
            @Nullable String volumes) {}

    /**
     * An elastic IP address.
     *
     * @param publicIp the address
     * @param instance the id of the instance that has it, empty if none has
     * @param networkInterface the id of the network interface that has it, empty if none has
     */
    public record Ip(String publicIp, String instance, String networkInterface) {}

    private final Calls calls;
    private final Ec2Client client;

    private Ec2Port(Calls calls, Ec2Client client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static Ec2Port of(Calls calls) throws Exception {
        return new Ec2Port(calls, calls.client(CLIENT));
    }

    /**
     * Who may come in to a port through some security groups, empty if one of them is not there. Prefix lists are looked
     * up only if it is not known without them that the port is open.
     */
    public Optional<Ingress> ingress(Collection<String> groups, int port) throws Exception {
        Optional<List<Rule>> rules = rules(groups);
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        Ingress ingress = Ingress.of(rules.get(), port);
        if (!ingress.isOpen()) {
            for (Ingress.Reference list : ingress.lists()) {
                Optional<PrefixList> found = prefixList(list.id());
                if (found.isEmpty()) {
                    ingress.unresolved(list, "which is not there");
                } else if (found.get().isOfAws()) {
                    ingress.unresolved(list, "which AWS keeps, and may change");
                } else {
                    ingress.resolve(list, found.get().networks());
                }
            }
        }
        return Optional.of(ingress);
    }

    private Optional<List<Rule>> rules(Collection<String> ids) throws Exception {
        Set<String> missing = new HashSet<>(ids);
        Optional<List<Rule>> rules = calls.found(NO_GROUP, () -> {
            List<Rule> all = new ArrayList<>();
            for (DescribeSecurityGroupsResponse page :
                    client.describeSecurityGroupsPaginator(request -> request.groupIds(ids))) {
                for (SecurityGroup group :
                        calls.listed(page.hasSecurityGroups(), page.securityGroups(), "security groups")) {
                    String id = calls.said(group.groupId(), "the id of a security group");
                    missing.remove(id);
                    for (IpPermission permission :
                            calls.listed(group.hasIpPermissions(), group.ipPermissions(), "the rules of " + id)) {
                        all.add(rule(id, permission));
                    }
                }
            }
            return all;
        });
        if (rules.isPresent() && !missing.isEmpty()) {
            throw ApiProblem.incomplete(Service.EC2.title(), "security group " + String.join(", ", missing));
        }
        return rules;
    }

    private Rule rule(String group, IpPermission permission) {
        List<String> networks = new ArrayList<>();
        for (IpRange range : permission.ipRanges()) {
            networks.add(calls.said(range.cidrIp(), "the network of a rule"));
        }
        for (Ipv6Range range : permission.ipv6Ranges()) {
            networks.add(calls.said(range.cidrIpv6(), "the network of a rule"));
        }
        List<String> lists = new ArrayList<>();
        for (PrefixListId list : permission.prefixListIds()) {
            lists.add(calls.said(list.prefixListId(), "the prefix list of a rule"));
        }
        List<String> groups = new ArrayList<>();
        for (UserIdGroupPair pair : permission.userIdGroupPairs()) {
            groups.add(calls.said(pair.groupId(), "the security group that a rule admits"));
        }
        if (networks.isEmpty() && lists.isEmpty() && groups.isEmpty()) {
            throw ApiProblem.incomplete(Service.EC2.title(), "whom a rule of " + group + " admits");
        }
        return new Rule(
                group,
                calls.said(permission.ipProtocol(), "the protocol of a rule"),
                permission.fromPort(),
                permission.toPort(),
                List.copyOf(networks),
                List.copyOf(lists),
                List.copyOf(groups));
    }

    private Optional<PrefixList> prefixList(String id) throws Exception {
        return calls.found(NO_LIST, () -> {
            String owner = owner(id);
            List<String> networks = new ArrayList<>();
            if (!owner.equals("AWS")) {
                for (GetManagedPrefixListEntriesResponse page :
                        client.getManagedPrefixListEntriesPaginator(request -> request.prefixListId(id))) {
                    for (PrefixListEntry entry :
                            calls.listed(page.hasEntries(), page.entries(), "the entries of prefix list " + id)) {
                        networks.add(calls.said(entry.cidr(), "the network of an entry of prefix list " + id));
                    }
                }
            }
            return new PrefixList(owner, List.copyOf(networks));
        });
    }

    private String owner(String id) {
        for (DescribeManagedPrefixListsResponse page :
                client.describeManagedPrefixListsPaginator(request -> request.prefixListIds(id))) {
            for (ManagedPrefixList list : calls.listed(page.hasPrefixLists(), page.prefixLists(), "prefix lists")) {
                if (id.equals(list.prefixListId())) {
                    return calls.said(list.ownerId(), "the owner of prefix list " + id);
                }
            }
        }
        throw ApiProblem.incomplete(Service.EC2.title(), "prefix list " + id);
    }

    /** The instance of an id, empty if there is none. */
    public Optional<Machine> instance(String id) throws Exception {
        return calls.found(NO_INSTANCE, () -> {
            // without it an instance that is stopped is left out
            List<InstanceStatus> statuses = client.describeInstanceStatus(
                            request -> request.instanceIds(id).includeAllInstances(true))
                    .instanceStatuses();
            for (InstanceStatus status : statuses) {
                if (id.equals(status.instanceId())) {
                    InstanceState state = calls.said(status.instanceState(), "the state of the instance");
                    return new Machine(
                            calls.said(state.nameAsString(), "the state of the instance"),
                            status.instanceStatus() == null
                                    ? null
                                    : status.instanceStatus().statusAsString(),
                            status.systemStatus() == null
                                    ? null
                                    : status.systemStatus().statusAsString(),
                            status.attachedEbsStatus() == null
                                    ? null
                                    : status.attachedEbsStatus().statusAsString());
                }
            }
            throw ApiProblem.incomplete(Service.EC2.title(), "the instance");
        });
    }

    /** The address of an allocation or the address itself, empty if there is none. */
    public Optional<Ip> address(String which) throws Exception {
        boolean allocation = which.startsWith("eipalloc-");
        return calls.found(NO_ADDRESS, () -> {
            List<Address> addresses = client.describeAddresses(
                            request -> (allocation ? request.allocationIds(which) : request.publicIps(which)).build())
                    .addresses();
            for (Address address : addresses) {
                if (which.equals(allocation ? address.allocationId() : address.publicIp())) {
                    return new Ip(
                            calls.said(address.publicIp(), "the address"),
                            address.instanceId() == null ? "" : address.instanceId(),
                            address.networkInterfaceId() == null ? "" : address.networkInterfaceId());
                }
            }
            throw ApiProblem.incomplete(Service.EC2.title(), "the address");
        });
    }

    /** The type of the key pair of a name, empty if there is no such key pair. */
    public Optional<String> keyType(String name) throws Exception {
        return calls.found(NO_KEY_PAIR, () -> {
            for (KeyPairInfo pair :
                    client.describeKeyPairs(request -> request.keyNames(name)).keyPairs()) {
                if (name.equals(pair.keyName())) {
                    return calls.said(pair.keyTypeAsString(), "the type of the key pair");
                }
            }
            throw ApiProblem.incomplete(Service.EC2.title(), "the key pair");
        });
    }
}
