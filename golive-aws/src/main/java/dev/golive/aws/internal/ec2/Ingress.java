package dev.golive.aws.internal.ec2;

import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who may come in to a port. Judged from what the rules say, without asking anybody.
 */
public final class Ingress {

    /** More public addresses than these, taken together, are the world: a /8 of IPv4, a /16 of IPv6. */
    private static final BigInteger WORLD_V4 = BigInteger.ONE.shiftLeft(32 - 8);

    private static final BigInteger WORLD_V6 = BigInteger.ONE.shiftLeft(128 - 16);

    private static final int SHOWN = 20;

    /**
     * Somebody who is admitted.
     *
     * @param network the network
     * @param rule the rule that admits it, in words
     */
    public record Admission(Cidr network, String rule) {}

    /**
     * A prefix list that a rule names.
     *
     * @param id its id
     * @param rule the rule, in words
     */
    public record Reference(String id, String rule) {}

    private final int port;
    private final List<Admission> admissions = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private final List<Reference> lists = new ArrayList<>();

    private Ingress(int port) {
        this.port = port;
    }

    /**
     * What some rules say about a port. Networks of prefix lists are not known yet.
     *
     * @throws ApiProblem if a rule cannot be understood
     */
    public static Ingress of(List<Rule> rules, int port) {
        Ingress ingress = new Ingress(port);
        for (Rule rule : rules) {
            if (rule.concerns(port)) {
                for (String network : rule.networks()) {
                    ingress.admissions.add(new Admission(read(network, rule), rule + " from " + network));
                }
                for (String group : rule.groups()) {
                    ingress.groups.add(rule + " from members of " + group);
                }
                for (String list : rule.prefixLists()) {
                    ingress.lists.add(new Reference(list, rule.toString()));
                }
            }
        }
        return ingress;
    }

    private static Cidr read(String network, Object rule) {
        try {
            return Cidr.of(network);
        } catch (IllegalArgumentException e) {
            throw ApiProblem.undecided(rule + " from a network that cannot be read: " + network);
        }
    }

    /** The prefix lists that are to be looked up. */
    public List<Reference> lists() {
        return List.copyOf(lists);
    }

    /** What a prefix list turned out to hold. */
    public void resolve(Reference list, List<String> networks) {
        for (String network : networks) {
            String words = list.rule() + " from " + network + " of prefix list " + list.id();
            admissions.add(new Admission(read(network, list.rule()), words));
        }
    }

    /** A prefix list of which it cannot be told whom it holds. */
    public void unresolved(Reference list, String why) {
        unknown.add(list.rule() + " from prefix list " + list.id() + ", " + why);
    }

    /** Whether what is known so far admits the world. */
    public boolean isOpen() {
        return !worldly().isEmpty();
    }

    /** The admissions that open the port to the world: those that do by themselves, else all that do together. */
    private List<Admission> worldly() {
        List<Admission> worldly = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            BigInteger world = v6 ? WORLD_V6 : WORLD_V4;
            List<Admission> all = admissions.stream()
                    .filter(admission -> admission.network().v6() == v6
                            && !admission.network().isPrivate())
                    .toList();
            if (Cidr.size(all.stream().map(Admission::network).toList()).compareTo(world) > 0) {
                List<Admission> alone = all.stream()
                        .filter(admission -> admission.network().size().compareTo(world) > 0)
                        .toList();
                worldly.addAll(alone.isEmpty() ? all : alone);
            }
        }
        return worldly;
    }

    /** Whether the port is closed to the world. */
    public Outcome closedToTheWorld() {
        List<Admission> worldly = worldly();
        if (!worldly.isEmpty()) {
            return failed(
                    "port " + port + " is open to the world: " + worldly.get(0).rule(), "closed to the world", worldly);
        }
        return known("whether port " + port + " is closed to the world");
    }

    /** Whether nobody but some networks is admitted to the port. */
    public Outcome only(List<Cidr> listed) {
        Predicate<Admission> foreign = admission -> !admission.network().isCoveredBy(listed);
        List<Admission> others = admissions.stream().filter(foreign).toList();
        String expected =
                "only " + String.join(", ", listed.stream().map(Cidr::toString).toList());
        if (!others.isEmpty()) {
            return failed("not a listed network: " + others.get(0).rule(), expected, others);
        } else if (!groups.isEmpty()) {
            return Outcome.failed("not a listed network: " + groups.get(0))
                    .with(groups.stream()
                            .limit(SHOWN)
                            .map(rule -> Fact.of("rule", expected, rule))
                            .toList());
        }
        return known("who is admitted to port " + port);
    }

    private static Outcome failed(String why, String expected, List<Admission> wrong) {
        return Outcome.failed(why)
                .with(wrong.stream()
                        .limit(SHOWN)
                        .map(admission -> Fact.of("rule", expected, admission.rule()))
                        .toList());
    }

    private Outcome known(String what) {
        List<Fact> facts = new ArrayList<>();
        admissions.stream().limit(SHOWN).forEach(admission -> facts.add(Fact.of("rule", admission.rule())));
        groups.stream().limit(SHOWN).forEach(rule -> facts.add(Fact.of("rule", rule)));
        unknown.stream().limit(SHOWN).forEach(rule -> facts.add(Fact.of("rule", rule)));
        if (!unknown.isEmpty()) {
            return Outcome.unknown("it cannot be told " + what + ": " + unknown.get(0))
                    .with(facts);
        }
        if (facts.isEmpty()) {
            facts.add(Fact.of("rules for port " + port, "none"));
        }
        return Outcome.passed().with(facts);
    }
}
