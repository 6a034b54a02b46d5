package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;

import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.checks.internal.net.Addresses;
import dev.golive.checks.internal.net.Endpoint;
import dev.golive.checks.internal.net.Family;
import dev.golive.checks.internal.tcp.Dialogue;
import dev.golive.checks.internal.tcp.Reachability;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A port of which nothing is asserted yet, or to which something was said last. Not a check: the next assertion makes it
 * one.
 *
 * <p>One address is asked, once. Immutable and thread-safe.
 */
public final class TcpProbe {

    private final Dialogue dialogue;

    TcpProbe(Dialogue dialogue) {
        this.dialogue = dialogue;
    }

    /**
     * The same, at one address instead of those that the name has.
     *
     * @param address the address
     * @return the new probe
     */
    public TcpProbe at(InetAddress address) {
        return to(dialogue.endpoint().family(), given(address, "address"));
    }

    /**
     * The same, at one address instead of those that the name has.
     *
     * @param address a literal IPv4 or IPv6 address
     * @return the new probe
     * @throws IllegalArgumentException if it is not a literal address
     */
    public TcpProbe at(String address) {
        return at(Addresses.literal(given(address, "address"))
                .orElseThrow(() -> new IllegalArgumentException(
                        "address must be a literal IPv4 or IPv6 address but was " + address)));
    }

    /**
     * The same, by IPv4 only.
     *
     * @return the new probe
     */
    public TcpProbe ipv4() {
        return to(Family.IPV4, dialogue.endpoint().pinned());
    }

    /**
     * The same, by IPv6 only.
     *
     * @return the new probe
     */
    public TcpProbe ipv6() {
        return to(Family.IPV6, dialogue.endpoint().pinned());
    }

    private TcpProbe to(Family family, @Nullable InetAddress pinned) {
        Endpoint before = dialogue.endpoint();
        return new TcpProbe(new Dialogue(new Endpoint(before.host(), before.port(), family, pinned), dialogue.steps()));
    }

    /**
     * That somebody listens. A refusal and silence are {@linkplain dev.golive.Outcome#unreachable unreachable}.
     *
     * @return the check
     */
    public TcpCheck isOpen() {
        return reachability(Reachability.Wanted.OPEN);
    }

    /**
     * That the host refuses connections to the port.
     *
     * @return the check
     */
    public TcpCheck isRefused() {
        return reachability(Reachability.Wanted.REFUSED);
    }

    /**
     * That connections to the port are dropped without a word. Silence alone is unknown, since our own network may be
     * the reason; it counts with {@link TcpCheck#provenBy}.
     *
     * @return the check
     */
    public TcpCheck isFiltered() {
        return reachability(Reachability.Wanted.FILTERED);
    }

    /**
     * That the port cannot be reached from here. A refusal is proof. Silence alone is unknown, since our own network may
     * be the reason; it counts with {@link TcpCheck#provenBy}.
     *
     * @return the check
     */
    public TcpCheck isNotReachable() {
        return reachability(Reachability.Wanted.NOT_REACHABLE);
    }

    private TcpCheck reachability(Reachability.Wanted wanted) {
        if (!dialogue.steps().isEmpty()) {
            throw new IllegalArgumentException("whether a port " + wanted + " must be asked before anything is said");
        }
        return TcpCheck.of(new Reachability(dialogue.endpoint(), wanted, null));
    }

    /**
     * What is received first, up to the end of the line and without it.
     *
     * @param line what the line should be, for example {@code startingWith("SSH-2.0-")}
     * @return the check
     */
    public TcpCheck banner(Expectation<String> line) {
        return answers(line);
    }

    /**
     * What is received first, up to the end of the line and without it.
     *
     * @param line the line expected
     * @return the check
     */
    public TcpCheck banner(String line) {
        return answers(line);
    }

    /**
     * What is received next, up to the end of the line and without it; at most 8 KiB.
     *
     * @param line what the line should be
     * @return the check
     */
    public TcpCheck answers(Expectation<String> line) {
        return TcpCheck.of(dialogue.then(new Dialogue.Hear(HttpAssertions.typed(line, String.class, "line"))));
    }

    /**
     * What is received next, up to the end of the line and without it; at most 8 KiB.
     *
     * @param line the line expected
     * @return the check
     */
    public TcpCheck answers(String line) {
        return answers(Expect.is(given(line, "line")));
    }

    /**
     * The same after something was said. A check never writes: only say what changes nothing, and nothing secret.
     *
     * @param text what to send, in UTF-8, with its line end
     * @return the new probe
     */
    public TcpProbe saying(String text) {
        return new TcpProbe(dialogue.then(new Dialogue.Say(given(text, "text"))));
    }

    /**
     * The port in words.
     *
     * @return host and port
     */
    @Override
    public String toString() {
        return dialogue.sentence().strip();
    }
}
