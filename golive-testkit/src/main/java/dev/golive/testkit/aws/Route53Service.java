package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Route 53. */
final class Route53Service extends FakeService {

    private static final String PREFIX = "/hostedzone/";

    private final Map<String, FakeHostedZone> zones = new LinkedHashMap<>();

    Route53Service(FakeAws aws) {
        super(aws, "route53", "https://route53.amazonaws.com/doc/2013-04-01/");
        rest(
                "ListHostedZonesByName",
                "GET /2013-04-01/hostedzonesbyname",
                ListHostedZonesByNameRequest::builder,
                this::zones);
        rest("GetHostedZone", "GET /2013-04-01/hostedzone/{Id}", GetHostedZoneRequest::builder, this::zone);
        rest(
                "ListResourceRecordSets",
                "GET /2013-04-01/hostedzone/{Id}/rrset",
                ListResourceRecordSetsRequest::builder,
                this::records);
    }

    FakeHostedZone hostedZone(String name) {
        return zones.computeIfAbsent(
                FakeHostedZone.dotted(name),
                key -> new FakeHostedZone(aws(), key, String.format("Z%013d", aws().number())));
    }

    @Override
    AwsError broken() {
        return new AwsError(503, "ServiceUnavailable", "Service unavailable");
    }

    private HostedZone listed(FakeHostedZone zone, String id, boolean isPrivate) {
        return HostedZone.builder()
                .id(PREFIX + id)
                .name(zone.name())
                .callerReference("fake-" + id)
                .config(config -> config.privateZone(isPrivate))
                .resourceRecordSetCount((long) zone.records().size())
                .build();
    }

    private int size(@Nullable String wanted) {
        return Math.min(wanted == null ? 100 : Integer.parseInt(wanted), aws().pageSize());
    }

    private ListHostedZonesByNameResponse zones(ListHostedZonesByNameRequest request, Instant now) {
        List<HostedZone> all = new ArrayList<>();
        for (FakeHostedZone zone : zones.values()) {
            all.add(listed(zone, zone.id(), zone.isPrivate()));
            if (zone.isAlsoPrivate()) {
                all.add(listed(zone, zone.id() + "P", true));
            }
            if (zone.isTwice()) {
                all.add(listed(zone, zone.id() + "T", false));
            }
        }
        all.sort(Comparator.comparing(HostedZone::name, FakeHostedZone.BY_NAME).thenComparing(HostedZone::id));
        int from = 0;
        if (request.dnsName() != null) {
            String start = FakeHostedZone.dotted(request.dnsName());
            String id = request.hostedZoneId() == null ? "" : PREFIX + request.hostedZoneId();
            while (from < all.size() && isBefore(all.get(from), start, id)) {
                from++;
            }
        }
        int to = Math.min(all.size(), from + size(request.maxItems()));
        HostedZone next = to < all.size() ? all.get(to) : null;
        return ListHostedZonesByNameResponse.builder()
                .hostedZones(all.subList(from, to))
                .dnsName(request.dnsName())
                .maxItems("100")
                .isTruncated(next != null)
                .nextDNSName(next == null ? null : next.name())
                .nextHostedZoneId(next == null ? null : next.id().substring(PREFIX.length()))
                .build();
    }

    private static boolean isBefore(HostedZone zone, String name, String id) {
        int order = FakeHostedZone.BY_NAME.compare(zone.name(), name);
        return order != 0 ? order < 0 : zone.id().compareTo(id) < 0;
    }

    private FakeHostedZone find(String id) {
        return zones.values().stream()
                .filter(zone -> zone.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AwsError(404, "NoSuchHostedZone", "No hosted zone found with ID: " + id));
    }

    private GetHostedZoneResponse zone(GetHostedZoneRequest request, Instant now) {
        FakeHostedZone zone = find(request.id());
        return GetHostedZoneResponse.builder()
                .hostedZone(listed(zone, zone.id(), zone.isPrivate()))
                .delegationSet(delegation -> delegation.nameServers(zone.nameServers()))
                .build();
    }

    private ListResourceRecordSetsResponse records(ListResourceRecordSetsRequest request, Instant now) {
        List<ResourceRecordSet> all = find(request.hostedZoneId()).records();
        int from = 0;
        if (request.startRecordName() != null) {
            String name = FakeHostedZone.dotted(request.startRecordName()).replace("*", "\\052");
            String type = request.startRecordTypeAsString() == null ? "" : request.startRecordTypeAsString();
            String id = request.startRecordIdentifier() == null ? "" : request.startRecordIdentifier();
            while (from < all.size() && isBefore(all.get(from), name, type, id)) {
                from++;
            }
        }
        int to = Math.min(all.size(), from + size(request.maxItems()));
        ResourceRecordSet next = to < all.size() ? all.get(to) : null;
        return ListResourceRecordSetsResponse.builder()
                .resourceRecordSets(all.subList(from, to))
                .maxItems("100")
                .isTruncated(next != null)
                .nextRecordName(next == null ? null : next.name())
                .nextRecordType(next == null ? null : next.typeAsString())
                .nextRecordIdentifier(next == null ? null : next.setIdentifier())
                .build();
    }

    private static boolean isBefore(ResourceRecordSet set, String name, String type, String id) {
        int order = FakeHostedZone.BY_NAME.compare(set.name(), name);
        if (order == 0) {
            order = set.typeAsString().compareTo(type);
        }
        if (order == 0) {
            order = (set.setIdentifier() == null ? "" : set.setIdentifier()).compareTo(id);
        }
        return order < 0;
    }

    @Override
    void drifts(Drifts drifts) {
        zones.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> zones.remove(key, one))));
    }
}
