package dev.golive.checks.internal.dns;

import dev.golive.Expectation;
import dev.golive.checks.internal.net.Addresses;
import dev.golive.time.Spans;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The demands there are. */
public final class Demands {

    private Demands() {}

    private record Plain(
            int subject, String clause, String expected, boolean expectsPrivate, Function<Answer, Ruling> judge)
            implements Demand {
        @Override
        public Ruling judge(Answer answer) {
            return judge.apply(answer);
        }

        private Plain saying(String other) {
            return new Plain(subject, other, expected, expectsPrivate, judge);
        }
    }

    /** There is a record. */
    public static Demand exists(int type) {
        return new Plain(
                type,
                "has " + Type.string(type) + " records",
                "at least one record",
                false,
                answer -> answer.values().isEmpty() ? wrong(answer, "") : Ruling.PASSED);
    }

    /** There is no record. */
    public static Demand doesNotExist(int type) {
        return new Plain(
                type,
                "has no " + Type.string(type) + " record",
                "no record",
                false,
                answer -> answer.values().isEmpty() && !answer.circular() ? Ruling.PASSED : wrong(answer, "none"));
    }

    /** There are these records and no others. */
    public static Demand exactly(int type, List<String> values) {
        Set<String> wanted = new LinkedHashSet<>(values);
        return new Plain(
                type,
                "has exactly " + records(type, wanted),
                String.join(", ", wanted),
                anyPrivate(type, wanted),
                answer -> wanted.equals(Set.copyOf(answer.values()))
                        ? Ruling.PASSED
                        : wrong(answer, "exactly " + String.join(", ", wanted)));
    }

    /** There are these records, whatever else there is. */
    public static Demand contains(int type, List<String> values) {
        Set<String> wanted = new LinkedHashSet<>(values);
        return new Plain(
                type,
                "has " + records(type, wanted),
                String.join(", ", wanted),
                anyPrivate(type, wanted),
                answer -> answer.values().containsAll(wanted)
                        ? Ruling.PASSED
                        : wrong(answer, missing(wanted, answer.values())));
    }

    /** None of these records is there. */
    public static Demand containsNone(int type, List<String> values) {
        Set<String> unwanted = new LinkedHashSet<>(values);
        return new Plain(
                type,
                "does not have " + records(type, unwanted),
                "none of " + String.join(", ", unwanted),
                anyPrivate(type, unwanted),
                answer -> answer.values().stream().anyMatch(unwanted::contains)
                        ? wrong(answer, "none of " + String.join(", ", unwanted))
                        : answer.circular() ? wrong(answer, "") : Ruling.PASSED);
    }

    /** There are so many records. */
    public static Demand count(int type, Expectation<Integer> number) {
        return new Demand.Expecting<>(
                type,
                "has ",
                " " + Type.string(type) + " records",
                number,
                false,
                false,
                (answer, expectation) -> expectation.accepts(answer.values().size()) && !answer.circular()
                        ? Ruling.PASSED
                        : wrong(answer, expectation.sentence()));
    }

    /** One of the values is as expected. */
    public static Demand matching(int type, Expectation<String> value) {
        return new Demand.Expecting<>(
                type,
                "has the " + Type.string(type) + " record ",
                "",
                value,
                false,
                false,
                (answer, expectation) -> answer.values().stream().anyMatch(expectation::accepts)
                        ? Ruling.PASSED
                        : wrong(answer, "one that is " + expectation.sentence()));
    }

    /** There are records, and all of their values are as expected. */
    public static Demand allMatching(int type, Expectation<String> value) {
        return new Demand.Expecting<>(
                type,
                "has only " + Type.string(type) + " records ",
                "",
                value,
                false,
                false,
                (answer, expectation) ->
                        !answer.values().isEmpty() && answer.values().stream().allMatch(expectation::accepts)
                                ? Ruling.PASSED
                                : wrong(answer, "only " + expectation.sentence()));
    }

    /** The records may be kept so long. */
    public static Demand ttl(int type, Expectation<Duration> ttl) {
        return new Demand.Expecting<>(
                type,
                "has " + Type.string(type) + " records with a TTL of ",
                "",
                ttl,
                false,
                false,
                (answer, expected) -> {
                    if (answer.values().isEmpty()) {
                        return wrong(answer, "");
                    }
                    return expected.accepts(answer.timeToLive())
                            ? Ruling.PASSED
                            : Ruling.failed("the " + answer.typeText() + " records of " + Names.text(answer.name())
                                    + " have a TTL of " + Spans.text(answer.timeToLive()) + ", expected "
                                    + expected.sentence());
                });
    }

    /** The response has this code. */
    public static Demand rcode(int type, Expectation<String> code) {
        return new Demand.Expecting<>(
                type,
                "is answered with ",
                " for " + Type.string(type),
                code,
                true,
                false,
                (answer, expected) -> expected.accepts(Rcode.string(answer.rcode()))
                        ? Ruling.PASSED
                        : Ruling.failed("the answer for " + answer.typeText() + " of " + Names.text(answer.name())
                                + " is " + Rcode.string(answer.rcode()) + ", expected " + expected.sentence()));
    }

    /** The name is an alias of that name, directly or by way of others. */
    public static Demand pointsTo(Name target) {
        String wanted = Names.text(target);
        return new Plain(Demand.ALIASES, "points to " + wanted, wanted, false, answer -> {
            if (answer.circular() || answer.isMissing() || !answer.isAlias()) {
                return wrong(answer, "an alias of " + wanted);
            }
            return answer.aliases().indexOf(target) > 0
                    ? Ruling.PASSED
                    : Ruling.failed(answer.chain() + ", expected " + wanted);
        });
    }

    /** If the name is an alias, what it is an alias of exists. */
    public static Demand noDanglingAlias() {
        return new Plain(
                Demand.ALIASES,
                "has no dangling alias",
                "a name that exists",
                false,
                answer -> answer.isMissing() || answer.circular()
                        ? Ruling.failed(
                                answer.sentence() + (answer.isAlias() && !answer.circular() ? " (dangling)" : ""))
                        : Ruling.PASSED);
    }

    /** The addresses are these and no others, for each family of which one is given. */
    public static List<Demand> resolvesTo(List<InetAddress> addresses) {
        List<String> four = new ArrayList<>();
        List<String> six = new ArrayList<>();
        for (InetAddress address : addresses) {
            (address instanceof Inet4Address ? four : six).add(Addresses.text(address));
        }
        String clause = "resolves to "
                + String.join(", ", addresses.stream().map(Addresses::text).toList());
        List<Demand> demands = new ArrayList<>();
        if (!four.isEmpty()) {
            demands.add(((Plain) exactly(Type.A, four)).saying(clause));
        }
        if (!six.isEmpty()) {
            demands.add(((Plain) exactly(Type.AAAA, six)).saying(four.isEmpty() ? clause : ""));
        }
        return demands;
    }

    /** What is there is not what is expected; says what it is. */
    private static Ruling wrong(Answer answer, String expected) {
        String then = expected.isEmpty() || answer.circular() ? "" : ", expected " + expected;
        if (!answer.addresses().isEmpty() && !answer.isAlias()) {
            return Ruling.failed(
                    Names.text(answer.name()) + " answers with addresses only ("
                            + String.join(", ", answer.addresses())
                            + "), so an alias, if there is one, is flattened or proxied and shows in what is served, not in DNS");
        }
        return Ruling.failed(answer.sentence() + then);
    }

    private static String missing(Set<String> wanted, List<String> found) {
        Set<String> missing = new LinkedHashSet<>(wanted);
        found.forEach(missing::remove);
        return (found.isEmpty() ? "" : "also ") + String.join(", ", missing);
    }

    private static String records(int type, Set<String> values) {
        return "the " + Type.string(type) + (values.size() == 1 ? " record " : " records ") + String.join(", ", values);
    }

    private static boolean anyPrivate(int type, Set<String> values) {
        return (type == Type.A || type == Type.AAAA)
                && values.stream()
                        .anyMatch(value -> Addresses.literal(value)
                                .map(Addresses::isPrivate)
                                .orElse(false));
    }
}
