package dev.golive.testkit;

import dev.golive.testkit.DnsQuery.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Something that a name server does wrong. A value: give it to {@link DnsServer#fault(DnsFault)}.
 *
 * <p>A fault applies to every query; {@link #forName}, {@link #forType}, {@link #over} and {@link #first} narrow that:
 *
 * <pre>{@code
 * dns.at("192.0.2.54").fault(DnsFault.timeout().forName("api.shop.example").over(UDP).first(2));
 * }</pre>
 *
 * <p>Immutable.
 */
public sealed interface DnsFault {

    /**
     * What the server does, as the end of a sentence that starts with the server.
     *
     * @return for example {@code answers SERVFAIL}
     */
    String sentence();

    /**
     * Answers SERVFAIL: the server has a problem of its own.
     *
     * @return the fault
     */
    static DnsFault servfail() {
        return new Code("SERVFAIL");
    }

    /**
     * Answers REFUSED.
     *
     * @return the fault
     */
    static DnsFault refused() {
        return new Code("REFUSED");
    }

    /**
     * Claims that the name does not exist, with all signs of authority that the server has.
     *
     * @return the fault
     */
    static DnsFault nxdomain() {
        return new Code("NXDOMAIN");
    }

    /**
     * Answers an error code and nothing else.
     *
     * @param code the mnemonic of the code, for example {@code NOTIMP}
     * @return the fault
     * @throws IllegalArgumentException if there is no such code, or it does not fit into the header (above 15)
     */
    static DnsFault rcode(String code) {
        return new Code(code);
    }

    /**
     * Does not answer. TCP connections are accepted and stay open.
     *
     * @return the fault
     */
    static DnsFault timeout() {
        return new Silent();
    }

    /**
     * Answers late. Delays add up, and go together with any other fault.
     *
     * @param delay how late, by the time source of the fake
     * @return the fault
     * @throws IllegalArgumentException if the delay is not positive
     */
    static DnsFault delay(Duration delay) {
        return new Late(delay);
    }

    /**
     * Answers over UDP with the TC bit and no record, whatever the size; TCP works.
     *
     * @return the fault
     */
    static DnsFault truncated() {
        return new Truncated();
    }

    /**
     * Nobody listens: the operating system answers (port unreachable, connection refused). Only {@link #over} can
     * narrow it; together with {@link #truncated()} and {@code over(TCP)} it is a server behind a firewall that forgot
     * TCP.
     *
     * @return the fault
     */
    static DnsFault portClosed() {
        return new PortClosed();
    }

    /**
     * Does not know the zone and points upward, to the root (a lame delegation; RFC 8499, section 7).
     *
     * @return the fault
     */
    static DnsFault lame() {
        return new Lame();
    }

    /**
     * Gives the right records without the AA bit, as a server that holds them from hearsay.
     *
     * @return the fault
     */
    static DnsFault notAuthoritative() {
        return new NotAuthoritative();
    }

    /**
     * Serves the data as they were when this fault was set: no later change gets through.
     *
     * @return the fault
     */
    static DnsFault stale() {
        return new Stale(Instant.MAX);
    }

    /**
     * Serves the data as they were when this fault was set, until an instant; from then on the current data.
     *
     * @param until when the changes get through, by the time source of the fake
     * @return the fault
     */
    static DnsFault staleUntil(Instant until) {
        return new Stale(until);
    }

    /**
     * Sees every change of the data late by a fixed time.
     *
     * @param lag how late
     * @return the fault
     * @throws IllegalArgumentException if the lag is not positive
     */
    static DnsFault lagging(Duration lag) {
        return new Lagging(lag);
    }

    /**
     * An answer with another id than that of the query, and an address of nobody's. Then silence over UDP, and the end
     * of the connection over TCP, unless {@link Forged#followedByRightAnswer()}.
     *
     * @return the fault
     */
    static Forged wrongId() {
        return new Forged(Forgery.WRONG_ID, false);
    }

    /**
     * An answer to another question. Then as in {@link #wrongId()}.
     *
     * @return the fault
     */
    static Forged wrongQuestion() {
        return new Forged(Forgery.WRONG_QUESTION, false);
    }

    /**
     * An answer from another port than the one that was asked, with an address of nobody's. Then as in
     * {@link #wrongId()}; over TCP, where this is impossible, the answer is right.
     *
     * @return the fault
     */
    static Forged wrongSource() {
        return new Forged(Forgery.WRONG_SOURCE, false);
    }

    /**
     * Bytes that are no DNS message. Then as in {@link #wrongId()}.
     *
     * @return the fault
     */
    static Forged garbage() {
        return new Forged(Forgery.GARBAGE, false);
    }

    /**
     * An answer whose first name points to itself (a compression loop), with the right id and question.
     *
     * @return the fault
     */
    static DnsFault malformed() {
        return new Malformed();
    }

    /**
     * The first half of the right answer. Over TCP the length in front is that of the whole, and the connection ends.
     *
     * @return the fault
     */
    static DnsFault cutShort() {
        return new CutShort();
    }

    /**
     * NOERROR without any record, not even the SOA record that makes "no such record" believable.
     *
     * @return the fault
     */
    static DnsFault empty() {
        return new Empty();
    }

    /**
     * FORMERR for a query with EDNS; a query without is answered.
     *
     * @return the fault
     */
    static DnsFault formerrToEdns() {
        return new FormerrToEdns();
    }

    /**
     * One of each kind, with usual parameters: what a drill goes through.
     *
     * @return all kinds of faults
     */
    static List<DnsFault> catalogue() {
        return List.of(
                servfail(),
                refused(),
                nxdomain(),
                timeout(),
                delay(Duration.ofSeconds(3)),
                truncated(),
                portClosed(),
                portClosed().over(Transport.TCP),
                lame(),
                notAuthoritative(),
                stale(),
                lagging(Duration.ofHours(1)),
                wrongId(),
                wrongQuestion(),
                wrongSource(),
                garbage(),
                malformed(),
                cutShort(),
                empty(),
                formerrToEdns());
    }

    /**
     * The same fault for one name only.
     *
     * @param name the name that is asked for
     * @return the narrower fault
     * @throws IllegalArgumentException if it is not a domain name, or the fault cannot be narrowed so
     */
    default DnsFault forName(String name) {
        Scoped s = Scoped.of(this);
        return new Scoped(s.fault(), DnsText.text(DnsText.name("name", name)), s.type(), s.transport(), s.first());
    }

    /**
     * The same fault for one type only.
     *
     * @param type the type that is asked for, for example {@code AAAA}
     * @return the narrower fault
     * @throws IllegalArgumentException if there is no such type, or the fault cannot be narrowed so
     */
    default DnsFault forType(String type) {
        Scoped s = Scoped.of(this);
        return new Scoped(s.fault(), s.name(), Type.string(DnsText.type("type", type)), s.transport(), s.first());
    }

    /**
     * The same fault over one transport only.
     *
     * @param transport UDP or TCP
     * @return the narrower fault
     */
    default DnsFault over(Transport transport) {
        Objects.requireNonNull(transport, "transport");
        Scoped s = Scoped.of(this);
        return new Scoped(s.fault(), s.name(), s.type(), transport, s.first());
    }

    /**
     * The same fault for the first queries only, counted per server from when the fault is set, among those that it is
     * for.
     *
     * @param queries how many
     * @return the narrower fault
     * @throws IllegalArgumentException if the number is not positive, or the fault cannot be narrowed so
     */
    default DnsFault first(int queries) {
        if (queries < 1) {
            throw new IllegalArgumentException("queries: " + queries + " is not positive");
        }
        Scoped s = Scoped.of(this);
        return new Scoped(s.fault(), s.name(), s.type(), s.transport(), queries);
    }

    /**
     * An error code.
     *
     * @param code its mnemonic
     */
    record Code(String code) implements DnsFault {
        /**
         * Checks the code.
         *
         * @param code its mnemonic
         */
        public Code {
            Objects.requireNonNull(code, "code");
            code = code.toUpperCase(Locale.ROOT);
            int value = Rcode.value(code);
            if (value < 1 || value > 15) {
                throw new IllegalArgumentException("code: \"" + code
                        + "\" is not an error code of the header; expected for example SERVFAIL, REFUSED or NOTIMP");
            }
        }

        @Override
        public String sentence() {
            return "answers " + code;
        }
    }

    /** No answer. */
    record Silent() implements DnsFault {
        @Override
        public String sentence() {
            return "does not answer";
        }
    }

    /**
     * A late answer.
     *
     * @param delay how late
     */
    record Late(Duration delay) implements DnsFault {
        /**
         * Checks the delay.
         *
         * @param delay how late
         */
        public Late {
            Objects.requireNonNull(delay, "delay");
            if (delay.isNegative() || delay.isZero()) {
                throw new IllegalArgumentException("delay: " + delay + " is not positive");
            }
        }

        @Override
        public String sentence() {
            return "answers after " + delay;
        }
    }

    /** TC over UDP. */
    record Truncated() implements DnsFault {
        @Override
        public String sentence() {
            return "truncates every answer over UDP";
        }
    }

    /** Nobody listens. */
    record PortClosed() implements DnsFault {
        @Override
        public String sentence() {
            return "does not listen";
        }
    }

    /** An upward referral. */
    record Lame() implements DnsFault {
        @Override
        public String sentence() {
            return "does not know the zone and refers to the root";
        }
    }

    /** No AA bit. */
    record NotAuthoritative() implements DnsFault {
        @Override
        public String sentence() {
            return "answers without authority";
        }
    }

    /**
     * The data as they were when the fault was set.
     *
     * @param until when the changes since then get through
     */
    record Stale(Instant until) implements DnsFault {
        /**
         * Checks the instant.
         *
         * @param until when the changes get through
         */
        public Stale {
            Objects.requireNonNull(until, "until");
        }

        @Override
        public String sentence() {
            return until.equals(Instant.MAX) ? "serves old data" : "serves old data until " + until;
        }
    }

    /**
     * The data as they were a while ago.
     *
     * @param lag how long ago
     */
    record Lagging(Duration lag) implements DnsFault {
        /**
         * Checks the lag.
         *
         * @param lag how long ago
         */
        public Lagging {
            Objects.requireNonNull(lag, "lag");
            if (lag.isNegative() || lag.isZero()) {
                throw new IllegalArgumentException("lag: " + lag + " is not positive");
            }
        }

        @Override
        public String sentence() {
            return "serves the data of " + lag + " ago";
        }
    }

    /** How an answer can be one that a client must ignore (RFC 5452, section 9.1). */
    enum Forgery {
        /** Another id. */
        WRONG_ID("with a wrong id"),
        /** Another question. */
        WRONG_QUESTION("to another question"),
        /** Another port. */
        WRONG_SOURCE("from another port"),
        /** No DNS message. */
        GARBAGE("that is garbage");

        private final String words;

        Forgery(String words) {
            this.words = words;
        }
    }

    /**
     * An answer that a client must ignore.
     *
     * @param how what is wrong with it
     * @param rightFollows whether the right answer comes right behind it
     */
    record Forged(Forgery how, boolean rightFollows) implements DnsFault {
        /**
         * Checks the kind.
         *
         * @param how what is wrong with it
         * @param rightFollows whether the right answer comes right behind it
         */
        public Forged {
            Objects.requireNonNull(how, "how");
        }

        /**
         * The same, with the right answer right behind: who ignores the first gets the second.
         *
         * @return the fault of an attacker who is faster than the server
         */
        public Forged followedByRightAnswer() {
            return new Forged(how, true);
        }

        @Override
        public String sentence() {
            return "sends an answer " + how.words + (rightFollows ? ", then the right one" : "");
        }
    }

    /** A compression loop. */
    record Malformed() implements DnsFault {
        @Override
        public String sentence() {
            return "sends an answer that does not parse";
        }
    }

    /** Half an answer. */
    record CutShort() implements DnsFault {
        @Override
        public String sentence() {
            return "sends half an answer";
        }
    }

    /** No record at all. */
    record Empty() implements DnsFault {
        @Override
        public String sentence() {
            return "answers NOERROR and nothing else";
        }
    }

    /** FORMERR to EDNS. */
    record FormerrToEdns() implements DnsFault {
        @Override
        public String sentence() {
            return "answers FORMERR to EDNS";
        }
    }

    /**
     * A fault that is not for every query. Made by {@link #forName}, {@link #forType}, {@link #over} and
     * {@link #first}.
     *
     * @param fault the fault
     * @param name the only name, or {@code null} for all
     * @param type the only type, or {@code null} for all
     * @param transport the only transport, or {@code null} for both
     * @param first for how many queries, {@link Integer#MAX_VALUE} for all
     */
    record Scoped(
            DnsFault fault,
            @Nullable String name,
            @Nullable String type,
            @Nullable Transport transport,
            int first) implements DnsFault {

        /**
         * Checks the combination.
         *
         * @param fault the fault, itself not scoped
         * @param name the only name, or {@code null} for all
         * @param type the only type, or {@code null} for all
         * @param transport the only transport, or {@code null} for both
         * @param first for how many queries
         */
        public Scoped {
            Objects.requireNonNull(fault, "fault");
            if (fault instanceof Scoped) {
                throw new IllegalArgumentException("fault: is scoped already; narrow that one");
            }
            if (first < 1) {
                throw new IllegalArgumentException("first: " + first + " is not positive");
            }
            if (fault instanceof PortClosed && (name != null || type != null || first != Integer.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "a closed port is closed for every query; it can only be narrowed to a transport");
            }
        }

        static Scoped of(DnsFault fault) {
            return fault instanceof Scoped s ? s : new Scoped(fault, null, null, null, Integer.MAX_VALUE);
        }

        @Override
        public String sentence() {
            return fault.sentence()
                    + (name == null && type == null ? "" : ", asked for")
                    + (type == null ? "" : " " + type)
                    + (name == null ? "" : (type == null ? " " : " of ") + name)
                    + (transport == null ? "" : ", over " + transport)
                    + (first == Integer.MAX_VALUE ? "" : first == 1 ? ", once" : ", " + first + " times");
        }
    }
}
