package dev.golive.aws.internal.route53;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.Route53ClientBuilder;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** What golive asks of Route 53. */
public final class Route53Port {

    private static final ClientType<Route53ClientBuilder, Route53Client> CLIENT =
            ClientType.of(Service.ROUTE_53, Route53Client::builder, Route53Client.serviceMetadata());

    private static final Set<String> NO_ZONE = Set.of("NoSuchHostedZone");

    /**
     * A hosted zone.
     *
     * @param id its id, without what the API writes before it
     * @param isPrivate whether it answers within networks of ours only
     */
    public record Zone(String id, boolean isPrivate) {}

    /**
     * The records of one name and type; those of a policy of routing are several of these.
     *
     * @param values their values as {@link RecordText} writes them, or the target of an alias
     * @param isAlias whether it is an alias
     */
    public record Records(List<String> values, boolean isAlias) {}

    private final Calls calls;
    private final Route53Client client;

    private Route53Port(Calls calls, Route53Client client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static Route53Port of(Calls calls) throws Exception {
        return new Route53Port(calls, calls.client(CLIENT));
    }

    /** All zones of a name, which is written as {@link RecordText#name} does. */
    public List<Zone> zones(String name) {
        List<Zone> zones = new ArrayList<>();
        String from = name;
        String fromId = null;
        while (true) {
            String startName = from;
            String startId = fromId;
            ListHostedZonesByNameResponse page = client.listHostedZonesByName(
                    request -> request.dnsName(startName).hostedZoneId(startId));
            boolean more = calls.said(page.isTruncated(), "whether there are more hosted zones");
            // the list begins at the name, and goes on with others
            for (HostedZone zone : page.hostedZones()) {
                if (!RecordText.name(calls.said(zone.name(), "the name of a hosted zone"))
                        .equals(name)) {
                    return zones;
                }
                zones.add(new Zone(
                        bare(calls.said(zone.id(), "the id of a hosted zone")),
                        zone.config() != null
                                && Boolean.TRUE.equals(zone.config().privateZone())));
            }
            if (!more) {
                return zones;
            }
            from = calls.said(page.nextDNSName(), "where the next page begins");
            fromId = bare(calls.said(page.nextHostedZoneId(), "where the next page begins"));
        }
    }

    private static String bare(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** The name servers of a zone, empty if there is no such zone any more. */
    public Optional<List<String>> nameServers(String zone) throws Exception {
        Optional<GetHostedZoneResponse> answer =
                calls.found(NO_ZONE, () -> client.getHostedZone(request -> request.id(zone)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        var delegation = calls.said(answer.get().delegationSet(), "the name servers of the hosted zone");
        return Optional.of(
                List.copyOf(calls.listed(delegation.hasNameServers(), delegation.nameServers(), "name servers")));
    }

    /** The records of a name and a type in a zone. */
    public List<Records> records(String zone, String name, String type) {
        List<Records> found = new ArrayList<>();
        String startName = name;
        String startType = type;
        String startId = null;
        while (true) {
            ListResourceRecordSetsResponse page = page(zone, startName, startType, startId);
            boolean more = calls.said(page.isTruncated(), "whether there are more records");
            // the list begins at the name and the type, and goes on with others
            for (ResourceRecordSet set : page.resourceRecordSets()) {
                if (!RecordText.name(calls.said(set.name(), "the name of a record"))
                                .equals(name)
                        || !type.equals(calls.said(set.typeAsString(), "the type of a record"))) {
                    return found;
                }
                found.add(records(set, type));
            }
            if (!more) {
                return found;
            }
            startName = calls.said(page.nextRecordName(), "where the next page begins");
            startType = calls.said(page.nextRecordTypeAsString(), "where the next page begins");
            startId = page.nextRecordIdentifier();
        }
    }

    private ListResourceRecordSetsResponse page(String zone, String name, String type, @Nullable String identifier) {
        return client.listResourceRecordSets(request -> request.hostedZoneId(zone)
                .startRecordName(name)
                .startRecordType(type)
                .startRecordIdentifier(identifier));
    }

    private Records records(ResourceRecordSet set, String type) {
        AliasTarget alias = set.aliasTarget();
        if (alias != null) {
            return new Records(List.of(RecordText.name(calls.said(alias.dnsName(), "the target of an alias"))), true);
        }
        return new Records(
                calls.listed(set.hasResourceRecords(), set.resourceRecords(), "values of a record").stream()
                        .map(record -> RecordText.value(type, calls.said(record.value(), "the value of a record")))
                        .toList(),
                false);
    }
}
