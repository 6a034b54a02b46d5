package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceStatusResponse;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeKeyPairsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesResponse;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;

/** EC2. */
final class Ec2Service extends FakeService {

    /** The security group of what is told no other. */
    static final String DEFAULT_GROUP = "sg-default";

    private static final String BAD_TOKEN = "InvalidNextToken";
    private static final String NO_LIST = "InvalidPrefixListID.NotFound";

    private final Map<String, FakeEc2> instances = new LinkedHashMap<>();
    private final Map<String, FakeElasticIp> addresses = new LinkedHashMap<>();
    private final Map<String, FakeKeyPair> keyPairs = new LinkedHashMap<>();
    private final Map<String, FakeSecurityGroup> securityGroups = new LinkedHashMap<>();
    private final Map<String, FakePrefixList> prefixLists = new LinkedHashMap<>();

    Ec2Service(FakeAws aws) {
        super(aws, "ec2", "http://ec2.amazonaws.com/doc/2016-11-15/");
        securityGroups.put(DEFAULT_GROUP, new FakeSecurityGroup(aws, DEFAULT_GROUP).admittingItself());
        reads("DescribeSecurityGroups", DescribeSecurityGroupsRequest::builder, this::groups);
        reads("DescribeManagedPrefixLists", DescribeManagedPrefixListsRequest::builder, this::lists);
        reads("GetManagedPrefixListEntries", GetManagedPrefixListEntriesRequest::builder, this::entries);
        reads("DescribeInstanceStatus", DescribeInstanceStatusRequest::builder, this::statuses);
        reads("DescribeAddresses", DescribeAddressesRequest::builder, this::addresses);
        reads("DescribeKeyPairs", DescribeKeyPairsRequest::builder, this::keyPairs);
    }

    FakeEc2 ec2(String id) {
        return instances.computeIfAbsent(id, key -> new FakeEc2(aws(), id));
    }

    FakeElasticIp elasticIp(String address) {
        return addresses.values().stream()
                .filter(one -> one.is(address))
                .findFirst()
                .orElseGet(() -> addresses.computeIfAbsent(address, key -> new FakeElasticIp(aws(), address)));
    }

    FakeKeyPair keyPair(String name) {
        return keyPairs.computeIfAbsent(name, key -> new FakeKeyPair(aws(), name));
    }

    FakeSecurityGroup securityGroup(String id) {
        return securityGroups.computeIfAbsent(id, key -> new FakeSecurityGroup(aws(), id));
    }

    FakePrefixList prefixList(String id) {
        return prefixLists.computeIfAbsent(id, key -> new FakePrefixList(aws(), id));
    }

    // ---- how EC2 says what every service has to say

    @Override
    AwsError throttled() {
        return new AwsError(503, "RequestLimitExceeded", "Request limit exceeded.");
    }

    @Override
    AwsError denied(String operation) {
        return new AwsError(
                403,
                "UnauthorizedOperation",
                "You are not authorized to perform this operation. User: arn:aws:iam::" + aws().account()
                        + ":user/operator is not authorized to perform: ec2:" + operation);
    }

    @Override
    AwsError expired() {
        return new AwsError(400, "RequestExpired", "Request has expired.");
    }

    @Override
    AwsError broken() {
        return new AwsError(500, "InternalError", "An internal error has occurred");
    }

    @Override
    String unknownKey() {
        return "AuthFailure";
    }

    @Override
    String badSignature() {
        return "AuthFailure";
    }

    // ---- operations

    /** What is asked for by id, in the order in which it is asked for; everything if nothing is. */
    private static <T> List<T> chosen(
            Map<String, T> all, List<String> wanted, List<Filter> filters, String missing, String words) {
        if (!filters.isEmpty()) {
            throw new AwsError(501, "UnknownParameter", "FakeAws does not know the filters of " + words + "s");
        } else if (wanted.isEmpty()) {
            return new ArrayList<>(all.values());
        }
        List<T> chosen = new ArrayList<>();
        for (String id : wanted) {
            T found = all.get(id);
            if (found == null) {
                throw new AwsError(400, missing, "The " + words + " '" + id + "' does not exist");
            }
            chosen.add(found);
        }
        return chosen;
    }

    private <T, S> Page<S> page(List<T> all, Function<T, S> shown, @Nullable String token, @Nullable Integer wanted) {
        return page(all.stream().map(shown).toList(), token, wanted, BAD_TOKEN);
    }

    private DescribeSecurityGroupsResponse groups(DescribeSecurityGroupsRequest request, Instant now) {
        var found = chosen(
                securityGroups, request.groupIds(), request.filters(), "InvalidGroup.NotFound", "security group");
        var page = page(found, FakeSecurityGroup::describe, request.nextToken(), request.maxResults());
        return DescribeSecurityGroupsResponse.builder()
                .securityGroups(page.items())
                .nextToken(page.next())
                .build();
    }

    private DescribeManagedPrefixListsResponse lists(DescribeManagedPrefixListsRequest request, Instant now) {
        var found = chosen(prefixLists, request.prefixListIds(), request.filters(), NO_LIST, "prefix list ID");
        Page<ManagedPrefixList> page = page(
                found,
                list -> ManagedPrefixList.builder()
                        .prefixListId(list.id())
                        .prefixListName(list.id())
                        .ownerId(list.owner())
                        .addressFamily("IPv4")
                        .state("create-complete")
                        .build(),
                request.nextToken(),
                request.maxResults());
        return DescribeManagedPrefixListsResponse.builder()
                .prefixLists(page.items())
                .nextToken(page.next())
                .build();
    }

    private GetManagedPrefixListEntriesResponse entries(GetManagedPrefixListEntriesRequest request, Instant now) {
        FakePrefixList list = chosen(prefixLists, List.of(request.prefixListId()), List.of(), NO_LIST, "prefix list ID")
                .get(0);
        Page<PrefixListEntry> page = page(
                list.networks(),
                network -> PrefixListEntry.builder().cidr(network).build(),
                request.nextToken(),
                request.maxResults());
        return GetManagedPrefixListEntriesResponse.builder()
                .entries(page.items())
                .nextToken(page.next())
                .build();
    }

    private DescribeInstanceStatusResponse statuses(DescribeInstanceStatusRequest request, Instant now) {
        var found = chosen(
                instances, request.instanceIds(), request.filters(), "InvalidInstanceID.NotFound", "instance ID");
        var shown = found.stream()
                .filter(one -> Boolean.TRUE.equals(request.includeAllInstances()) || one.isRunning())
                .toList();
        var page = page(shown, FakeEc2::describe, request.nextToken(), request.maxResults());
        return DescribeInstanceStatusResponse.builder()
                .instanceStatuses(page.items())
                .nextToken(page.next())
                .build();
    }

    private DescribeAddressesResponse addresses(DescribeAddressesRequest request, Instant now) {
        List<Address> found = new ArrayList<>();
        boolean byAllocation = !request.allocationIds().isEmpty();
        for (String wanted : byAllocation ? request.allocationIds() : request.publicIps()) {
            found.add(addresses.values().stream()
                    .filter(one -> one.is(wanted))
                    .findFirst()
                    .orElseThrow(() -> byAllocation
                            ? new AwsError(
                                    400,
                                    "InvalidAllocationID.NotFound",
                                    "The allocation ID '" + wanted + "' does not exist")
                            : new AwsError(400, "InvalidAddress.NotFound", "Address '" + wanted + "' not found."))
                    .describe());
        }
        return DescribeAddressesResponse.builder().addresses(found).build();
    }

    private DescribeKeyPairsResponse keyPairs(DescribeKeyPairsRequest request, Instant now) {
        var found = chosen(keyPairs, request.keyNames(), request.filters(), "InvalidKeyPair.NotFound", "key pair");
        return DescribeKeyPairsResponse.builder()
                .keyPairs(found.stream().map(FakeKeyPair::describe).toList())
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        securityGroups.forEach((key, one) -> {
            if (!key.equals(DEFAULT_GROUP)) {
                one.drifts(drifts, () -> aws().within(() -> securityGroups.remove(key, one)));
            }
        });
        prefixLists.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> prefixLists.remove(key, one))));
        instances.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> instances.remove(key, one))));
        addresses.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> addresses.remove(key, one))));
        keyPairs.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> keyPairs.remove(key, one))));
    }
}
