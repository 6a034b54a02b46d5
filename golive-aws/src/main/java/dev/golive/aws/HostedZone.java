package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.route53.RecordText;
import dev.golive.aws.internal.route53.Route53Port;
import dev.golive.aws.internal.route53.Route53Port.Records;
import dev.golive.aws.internal.route53.Route53Port.Zone;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A public hosted zone of Route 53: what is entered there. What the world sees is a question to DNS, not to this.
 *
 * <pre>{@code
 * HostedZone zone = aws.hostedZone("shop.example");
 *
 * zone.exists();
 * zone.hasRecord("www.shop.example", "CNAME", is("shop.eu-north-1.awsapprunner.com"));
 * zone.hasAlias("shop.example", "A", "d111111abcdef8.cloudfront.net");
 * }</pre>
 *
 * <ul>
 *   <li>Private zones of the same name do not count; two public ones leave every check unknown.
 *   <li>Names are compared without regard to case and to a dot at their end. The texts of TXT records are compared without
 *       their quotation marks, IPv6 addresses as addresses, and the target of an alias without {@code dualstack.} before it.
 *   <li>Where a policy of routing has several records of a name and a type, all of them are looked at.
 * </ul>
 *
 * <p>Route 53 has no regions. Needs {@code software.amazon.awssdk:route53} on the class path. Immutable and thread-safe.
 */
public final class HostedZone {

    private final Aws aws;
    private final String name;

    HostedZone(Aws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Whether it is there. The name servers that must be entered at the registrar stand in the facts.
     *
     * @return the check
     */
    public Check exists() {
        return check(
                        "exists",
                        (calls, port, zone) -> port.nameServers(zone)
                                .map(servers -> Outcome.passed(
                                        Fact.of("id", zone), Fact.of("name servers", String.join(", ", servers))))
                                .orElseGet(this::missing))
                .needing("route53:GetHostedZone", zones());
    }

    /**
     * Whether a record has a value that is as it should be. The value of an alias is the name of its target.
     *
     * @param record the name of the record, with the name of the zone
     * @param type for example {@code A} or {@code CNAME}
     * @param expected what one of its values should be
     * @return the check
     * @throws IllegalArgumentException if the record is not in the zone
     */
    public Check hasRecord(String record, String type, Expectation<String> expected) {
        Given.notNull(expected, "expected");
        String inZone = inZone(record);
        String kind = type(type);
        return records(
                        "has " + kind + " " + record + " with the value " + expected.sentence(),
                        inZone,
                        kind,
                        (calls, found) -> {
                            Expectation<String> resolved = expected.resolved(calls.context());
                            List<String> values = values(found);
                            return Judge.holds(
                                    values.stream()
                                            .anyMatch(one -> resolved.accepts(one)
                                                    || resolved.accepts(RecordText.comparable(kind, one))),
                                    record + " " + kind + " is " + String.join(", ", values),
                                    Fact.of(kind + " " + record, resolved.sentence(), String.join(", ", values)));
                        })
                .reading(expected);
    }

    /**
     * Whether a record has some values and no others.
     *
     * @param record the name of the record, with the name of the zone
     * @param type for example {@code A} or {@code MX}
     * @param value one of the values
     * @param more the others
     * @return the check
     * @throws IllegalArgumentException if the record is not in the zone
     */
    public Check hasOnly(String record, String type, String value, String... more) {
        String inZone = inZone(record);
        String kind = type(type);
        TreeSet<String> expected = new TreeSet<>();
        Given.all(value, "value", more).forEach(one -> expected.add(RecordText.comparable(kind, one)));
        String words = String.join(", ", expected);
        return records("has " + kind + " " + record + " " + words, inZone, kind, (calls, found) -> {
            TreeSet<String> values = new TreeSet<>();
            values(found).forEach(one -> values.add(RecordText.comparable(kind, one)));
            String there = String.join(", ", values);
            return Judge.holds(
                    values.equals(expected),
                    record + " " + kind + " is " + there,
                    Fact.of(kind + " " + record, words, there));
        });
    }

    /**
     * Whether a record is an alias of something of AWS, and of nothing else.
     *
     * @param record the name of the record, with the name of the zone
     * @param type {@code A} or {@code AAAA}, or another type that can be an alias
     * @param target the name of the target, for example that of a distribution of CloudFront
     * @return the check
     * @throws IllegalArgumentException if the record is not in the zone
     */
    public Check hasAlias(String record, String type, String target) {
        String inZone = inZone(record);
        String kind = type(type);
        String wanted = RecordText.alias(Given.text(target, "target"));
        return records("has " + kind + " " + record + " as an alias of " + target, inZone, kind, (calls, found) -> {
            String there = String.join(", ", values(found));
            Fact fact = Fact.of(kind + " " + record, "alias of " + target, there);
            if (!found.stream().allMatch(Records::isAlias)) {
                return Outcome.failed(record + " " + kind + " is no alias but " + there, fact);
            }
            return Judge.holds(
                    found.stream()
                            .flatMap(one -> one.values().stream())
                            .allMatch(one -> RecordText.alias(one).equals(wanted)),
                    record + " is an alias of " + there,
                    fact);
        });
    }

    /** As people and expectations write them: the target of an alias without the dot at its end. */
    private static List<String> values(List<Records> found) {
        List<String> values = new ArrayList<>();
        for (Records records : found) {
            for (String value : records.values()) {
                values.add(records.isAlias() ? value.substring(0, value.length() - 1) : value);
            }
        }
        return values;
    }

    private String inZone(String record) {
        String given = RecordText.name(Given.text(record, "record"));
        String zone = RecordText.name(name);
        if (!given.equals(zone) && !given.endsWith("." + zone)) {
            throw new IllegalArgumentException("record must be in " + name + " but was " + record);
        }
        return given;
    }

    private static String type(String type) {
        return Given.text(type, "type").toUpperCase(Locale.ROOT);
    }

    private interface Question {
        Outcome of(Calls calls, Route53Port port, String zone) throws Exception;
    }

    private interface Judging {
        Outcome of(Calls calls, List<Records> found) throws Exception;
    }

    private AwsCheck records(String predicate, String record, String type, Judging judging) {
        return check(predicate, (calls, port, zone) -> {
                    List<Records> found = port.records(zone, record, type);
                    return found.isEmpty()
                            ? Outcome.failed(
                                    "there is no " + type + " record of " + record.substring(0, record.length() - 1),
                                    Fact.of("zone", zone))
                            : judging.of(calls, found).with(Fact.of("zone", zone));
                })
                .needing("route53:ListResourceRecordSets", zones());
    }

    private AwsCheck check(String predicate, Question question) {
        return AwsCheck.of(aws, Service.ROUTE_53, this + " " + predicate, calls -> {
                    Route53Port port = Route53Port.of(calls);
                    List<Zone> all = port.zones(RecordText.name(name));
                    List<Zone> open =
                            all.stream().filter(zone -> !zone.isPrivate()).toList();
                    if (open.size() > 1) {
                        throw ApiProblem.undecided("there are " + open.size() + " public hosted zones " + name + ": "
                                + String.join(", ", open.stream().map(Zone::id).toList()));
                    }
                    if (open.isEmpty()) {
                        return all.isEmpty()
                                ? missing()
                                : Outcome.failed("there is no public " + this + ", only a private one");
                    }
                    return question.of(calls, port, open.get(0).id());
                })
                .needing("route53:ListHostedZonesByName", "*");
    }

    private Outcome missing() {
        return Outcome.failed("there is no " + this);
    }

    private String zones() {
        return "arn:" + aws.partition() + ":route53:::hostedzone/*";
    }

    /**
     * What it is.
     *
     * @return for example {@code hosted zone shop.example}
     */
    @Override
    public String toString() {
        return "hosted zone " + name;
    }
}
