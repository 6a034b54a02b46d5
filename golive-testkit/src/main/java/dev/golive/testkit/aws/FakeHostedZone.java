package dev.golive.testkit.aws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * A hosted zone of Route 53 in {@link FakeAws}: public, with four name servers and no records but its own.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeHostedZone {

    /** Names are listed by their labels from the last to the first, records of a name by their types. */
    static final Comparator<String> BY_NAME = Comparator.comparing(FakeHostedZone::reversed);

    private static final Comparator<ResourceRecordSet> ORDER = Comparator.comparing(ResourceRecordSet::name, BY_NAME)
            .thenComparing(ResourceRecordSet::typeAsString)
            .thenComparing(set -> set.setIdentifier() == null ? "" : set.setIdentifier());

    private final FakeAws aws;
    private final String name;
    private final String id;
    private final List<ResourceRecordSet> records = new ArrayList<>();
    private boolean onlyPrivate;
    private boolean alsoPrivate;
    private boolean twice;

    FakeHostedZone(FakeAws aws, String name, String id) {
        this.aws = aws;
        this.name = dotted(name);
        this.id = id;
        put(this.name, "NS", nameServers());
        put(this.name, "SOA", List.of("ns-1.awsdns-01.example. hostmaster.example. 1 7200 900 1209600 86400"));
    }

    private FakeHostedZone with(Runnable change) {
        return aws.within(() -> {
            change.run();
            return this;
        });
    }

    /**
     * Has a record; one of the same name and type is replaced.
     *
     * @param record its name, with the name of the zone
     * @param type its type
     * @param values its values, as Route 53 writes them
     * @return this
     */
    public FakeHostedZone record(String record, String type, String... values) {
        Objects.requireNonNull(record, "record must not be null");
        Objects.requireNonNull(type, "type must not be null");
        List<String> all = List.of(values);
        return with(() -> {
            remove(record, type);
            put(dotted(record), type, all);
        });
    }

    /**
     * Has one more record of a name and a type, for a share of the requests.
     *
     * @param record its name, with the name of the zone
     * @param type its type
     * @param identifier what tells it from others
     * @param value its value
     * @return this
     */
    public FakeHostedZone weighted(String record, String type, String identifier, String value) {
        Objects.requireNonNull(record, "record must not be null");
        Objects.requireNonNull(type, "type must not be null");
        Objects.requireNonNull(identifier, "identifier must not be null");
        Objects.requireNonNull(value, "value must not be null");
        return with(() -> add(ResourceRecordSet.builder()
                .name(escaped(dotted(record)))
                .type(type)
                .ttl(300L)
                .setIdentifier(identifier)
                .weight(1L)
                .resourceRecords(ResourceRecord.builder().value(value).build())
                .build()));
    }

    /**
     * Has a record that is an alias; one of the same name and type is replaced.
     *
     * @param record its name, with the name of the zone
     * @param type its type
     * @param target the name of its target
     * @return this
     */
    public FakeHostedZone alias(String record, String type, String target) {
        Objects.requireNonNull(record, "record must not be null");
        Objects.requireNonNull(type, "type must not be null");
        Objects.requireNonNull(target, "target must not be null");
        return with(() -> {
            remove(record, type);
            add(ResourceRecordSet.builder()
                    .name(escaped(dotted(record)))
                    .type(type)
                    .aliasTarget(alias -> alias.dnsName(dotted(target))
                            .hostedZoneId("Z2FDTNDATAQYW2")
                            .evaluateTargetHealth(false))
                    .build());
        });
    }

    /**
     * Is private.
     *
     * @return this
     */
    public FakeHostedZone onlyPrivate() {
        return with(() -> onlyPrivate = true);
    }

    /**
     * Has a private zone of the same name beside it.
     *
     * @return this
     */
    public FakeHostedZone alsoPrivate() {
        return with(() -> alsoPrivate = true);
    }

    /**
     * Is there a second time, as when somebody has made it twice.
     *
     * @return this
     */
    public FakeHostedZone twice() {
        return with(() -> twice = true);
    }

    private void remove(String record, String type) {
        String known = escaped(dotted(record));
        records.removeIf(set -> set.name().equals(known) && set.typeAsString().equals(type));
    }

    private void put(String record, String type, List<String> values) {
        add(ResourceRecordSet.builder()
                .name(escaped(record))
                .type(type)
                .ttl(300L)
                .resourceRecords(values.stream()
                        .map(value -> ResourceRecord.builder().value(value).build())
                        .toList())
                .build());
    }

    private void add(ResourceRecordSet set) {
        records.add(set);
        records.sort(ORDER);
    }

    private static String escaped(String record) {
        return record.replace("*", "\\052");
    }

    static String dotted(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String reversed(String text) {
        String[] labels = text.split("\\.", -1);
        StringBuilder reversed = new StringBuilder();
        for (int i = labels.length - 1; i >= 0; i--) {
            reversed.append(labels[i]).append('.');
        }
        return reversed.toString();
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        String plain = name.substring(0, name.length() - 1);
        Drifts.Of own = drifts.of("route53", plain, "hosted zone " + plain, id).add("gone", "does not exist", gone);
        for (ResourceRecordSet set : records) {
            String record = set.name().replace("\\052", "*");
            String shown = record.substring(0, record.length() - 1);
            String type = set.typeAsString();
            if (type.equals("SOA") || (type.equals("NS") && record.equals(name))) {
                continue;
            }
            String which = shown + " " + type + (set.setIdentifier() == null ? "" : " " + set.setIdentifier());
            own.add(which + " gone", "has no record " + which, () -> with(() -> records.remove(set)), shown)
                    .add(which + " otherwise", "has another value of " + which, () -> changed(set), shown);
        }
    }

    private void changed(ResourceRecordSet set) {
        with(() -> {
            ResourceRecordSet.Builder other = set.toBuilder();
            if (set.aliasTarget() != null) {
                other.aliasTarget(set.aliasTarget().toBuilder()
                        .dnsName("otherwise.example.")
                        .build());
            } else {
                String value = switch (set.typeAsString()) {
                    case "A" -> "203.0.113.99";
                    case "AAAA" -> "2001:db8::99";
                    case "MX" -> "10 otherwise.example.";
                    case "TXT" -> "\"otherwise\"";
                    default -> "otherwise.example.";
                };
                other.resourceRecords(ResourceRecord.builder().value(value).build());
            }
            records.replaceAll(one -> one.equals(set) ? other.build() : one);
        });
    }

    String name() {
        return name;
    }

    String id() {
        return id;
    }

    boolean isPrivate() {
        return onlyPrivate;
    }

    boolean isAlsoPrivate() {
        return alsoPrivate;
    }

    boolean isTwice() {
        return twice;
    }

    List<String> nameServers() {
        return List.of(
                "ns-1.awsdns-01.example", "ns-2.awsdns-02.example", "ns-3.awsdns-03.example", "ns-4.awsdns-04.example");
    }

    List<ResourceRecordSet> records() {
        return List.copyOf(records);
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
