package dev.golive.testkit;

import dev.golive.testkit.DnsQuery.Transport;
import dev.golive.testkit.DnsServer.Instead;
import dev.golive.testkit.DnsServer.Remembered;
import dev.golive.testkit.DnsServer.Rule;
import dev.golive.testkit.DnsSockets.Reply;
import dev.golive.testkit.DnsWorld.Kind;
import dev.golive.testkit.DnsWorld.Step;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The right answers: what a server says by its role, its zones and its cache, before any fault spoils it. */
final class DnsAnswers {

    private static final int MAX_ALIASES = 16;

    private final DnsFake fake;
    private final TimeSource time;

    DnsAnswers(DnsFake fake, TimeSource time) {
        this.fake = fake;
        this.time = time;
    }

    /** What to answer, before it becomes bytes. */
    static final class Answer {

        int rcode = Rcode.NOERROR;
        boolean authoritative;
        final List<DnsRecordSet> answer = new ArrayList<>(2);
        List<DnsRecordSet> authority = List.of();
        List<DnsRecordSet> additional = List.of();

        static Answer of(int rcode) {
            Answer answer = new Answer();
            answer.rcode = rcode;
            return answer;
        }
    }

    /** A query that is being answered. */
    record Exchange(
            DnsServer server,
            Message query,
            Record question,
            Reply reply,
            @Nullable Rule age) {

        Name name() {
            return question.getName();
        }

        int type() {
            return question.getType();
        }

        boolean overUdp() {
            return reply.transport() == Transport.UDP;
        }
    }

    Answer right(Exchange exchange) {
        if (exchange.question().getDClass() != DClass.IN || isTransfer(exchange.type())) {
            return Answer.of(Rcode.REFUSED);
        }
        OPTRecord opt = exchange.query().getOPT();
        if (opt != null && opt.getVersion() != 0) {
            return Answer.of(Rcode.BADVERS);
        }
        Instant now = time.now();
        DnsWorld world = world(exchange, now);
        DnsServer server = exchange.server();
        boolean own = world.enclosing(exchange.name(), server.origins(), exchange.type()) != null;
        return own || !server.recursive() ? authoritative(exchange, world) : recursive(exchange, world, now);
    }

    private static boolean isTransfer(int type) {
        return type == Type.AXFR || type == Type.IXFR;
    }

    /** The data that the server sees: those of now, unless a fault says older. */
    private DnsWorld world(Exchange exchange, Instant now) {
        Rule age = exchange.age();
        if (age != null && age.fault() instanceof DnsFault.Stale stale && now.isBefore(stale.until())) {
            return age.before(fake);
        }
        if (age != null && age.fault() instanceof DnsFault.Lagging lagging) {
            return fake.world(now.minus(lagging.lag()));
        }
        return fake.world(now);
    }

    private Answer authoritative(Exchange exchange, DnsWorld world) {
        DnsServer server = exchange.server();
        Answer answer = new Answer();
        answer.authoritative = true;
        Name name = exchange.name();
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            DnsWorld.Zone zone = world.enclosing(name, server.origins(), exchange.type());
            Step step = instead(server, name, exchange.type(), zone);
            if (step == null) {
                if (zone == null) {
                    return answer.answer.isEmpty() ? notServed(exchange, world) : answer;
                }
                step = zone.lookup(name, exchange.type());
            }
            if (step.kind() == Kind.REFERRAL) {
                if (answer.answer.isEmpty()) {
                    answer.authoritative = false;
                    answer.authority = step.sets();
                    answer.additional = step.glue();
                }
                return answer;
            }
            Name target = put(step, answer);
            if (target == null) {
                return answer;
            }
            name = target;
        }
        return answer;
    }

    private Answer recursive(Exchange exchange, DnsWorld world, Instant now) {
        boolean wanted = exchange.query().getHeader().getFlag(Flags.RD);
        if (!wanted) {
            return Answer.of(Rcode.REFUSED);
        }
        DnsServer server = exchange.server();
        Answer answer = new Answer();
        Name name = exchange.name();
        for (int aliases = 0; aliases <= MAX_ALIASES; aliases++) {
            DnsWorld.Zone zone = world.enclosing(name, exchange.type());
            Step step = instead(server, name, exchange.type(), zone);
            if (step == null) {
                step = cached(exchange, world, name, now);
            }
            if (step == null) {
                fake.missing(describe(exchange) + ", but "
                        + (aliases == 0 ? "it" : "its alias " + DnsText.text(name)) + " is in no zone of this fake ("
                        + fake.served() + "); add dns.zone(\"" + zoneFor(name) + "\")");
                return Answer.of(Rcode.REFUSED);
            }
            if (step.kind() == Kind.REFERRAL) {
                fake.missing(describe(exchange) + ", but "
                        + DnsText.text(step.sets().get(0).owner())
                        + " is delegated and is no zone of this fake; add dns.zone(\""
                        + DnsText.text(step.sets().get(0).owner()) + "\")");
                return Answer.of(Rcode.SERVFAIL);
            }
            Name target = put(step, answer);
            if (target == null) {
                return answer;
            }
            name = target;
        }
        return Answer.of(Rcode.SERVFAIL);
    }

    /** A step from the cache or from the zones; null if no zone has the name. */
    private @Nullable Step cached(Exchange exchange, DnsWorld world, Name name, Instant now) {
        DnsServer server = exchange.server();
        int type = exchange.type();
        boolean caches = exchange.age() == null && type != Type.ANY;
        if (caches) {
            Step kept = fresh(server.remembered(name, type), now);
            if (kept == null && type != Type.CNAME) {
                kept = fresh(server.remembered(name, Type.CNAME), now);
                kept = kept != null && kept.kind() == Kind.ANSWER
                        ? new Step(Kind.ALIAS, kept.sets(), kept.glue())
                        : null;
            }
            if (kept != null) {
                return kept;
            }
        }
        DnsWorld.Zone zone = world.enclosing(name, type);
        if (zone == null) {
            return null;
        }
        Step step = zone.lookup(name, type);
        if (caches && step.kind() == Kind.ALIAS) {
            server.remember(name, Type.CNAME, new Step(Kind.ANSWER, step.sets(), step.glue()), now);
        } else if (caches && step.kind() != Kind.REFERRAL) {
            server.remember(name, type, step, now);
        }
        return step;
    }

    private static @Nullable Step fresh(@Nullable Remembered remembered, Instant now) {
        if (remembered == null) {
            return null;
        }
        // A clock that was set back makes the answer older by nothing, not by less than nothing.
        long seconds = Math.max(0, Duration.between(remembered.since(), now).toSeconds());
        return seconds < remembered.step().ttl() ? remembered.step().aged(seconds) : null;
    }

    /** What a test made this server say about the name, or null. */
    private static @Nullable Step instead(DnsServer server, Name name, int type, DnsWorld.@Nullable Zone zone) {
        Instead said = server.insteadOf(name, type);
        if (said == null && type != Type.CNAME) {
            Instead alias = server.insteadOf(name, Type.CNAME);
            if (alias != null && alias.set() != null) {
                return Step.of(Kind.ALIAS, alias.set());
            }
            // without the alias there is nothing at its name
            said = alias != null && zone != null && zone.lookup(name, type).kind() == Kind.ALIAS ? alias : null;
        }
        if (said == null) {
            return null;
        }
        DnsRecordSet set = said.set();
        if (set != null) {
            return Step.of(Kind.ANSWER, set);
        }
        return new Step(Kind.NO_DATA, zone == null ? List.of() : List.of(zone.negative()), List.of());
    }

    /** Puts a step into the answer; the target of an alias is what to look for next, else null. */
    private static @Nullable Name put(Step step, Answer answer) {
        switch (step.kind()) {
            case ALIAS -> {
                answer.answer.addAll(step.sets());
                return ((CNAMERecord) step.sets().get(0).records().get(0)).getTarget();
            }
            case ANSWER -> {
                answer.answer.addAll(step.sets());
                answer.additional = step.glue();
            }
            case NO_NAME -> {
                answer.rcode = Rcode.NXDOMAIN;
                answer.authority = step.sets();
            }
            default -> answer.authority = step.sets();
        }
        return null;
    }

    private Answer notServed(Exchange exchange, DnsWorld world) {
        if (world.enclosing(exchange.name(), exchange.type()) == null) {
            fake.missing(describe(exchange) + ", which is in no zone of this fake (" + fake.served()
                    + "); add dns.zone(\"" + zoneFor(exchange.name()) + "\")");
        }
        return Answer.of(Rcode.REFUSED);
    }

    /** The SOA record with which the server would deny the name, if it knows a zone for it. */
    List<DnsRecordSet> negative(Exchange exchange) {
        DnsServer server = exchange.server();
        DnsWorld world = world(exchange, time.now());
        DnsWorld.Zone zone = server.recursive()
                ? world.enclosing(exchange.name(), exchange.type())
                : world.enclosing(exchange.name(), server.origins(), exchange.type());
        return zone == null ? List.of() : List.of(zone.negative());
    }

    private static String describe(Exchange exchange) {
        return exchange.server().inetAddress().getHostAddress() + " was asked for "
                + Type.string(exchange.type()) + " of " + DnsText.text(exchange.name()) + " over "
                + exchange.reply().transport();
    }

    /** A guess at the zone that was forgotten: the last two labels. */
    private static String zoneFor(Name name) {
        return DnsText.text(name.labels() <= 3 ? name : new Name(name, name.labels() - 3));
    }
}
