package dev.golive.checks;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Expectation;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.http.Url;
import dev.golive.checks.internal.net.Endpoint;
import dev.golive.checks.internal.tcp.Dialogue;
import dev.golive.checks.internal.tcp.Reachability;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A port and what is asserted of it.
 *
 * <ul>
 *   <li>Open, refused and silent are three different things, and the fact {@code port} names which it was.
 *   <li>Silence proves nothing by itself: where it is expected, it is unknown, unless {@link #provenBy}.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class TcpCheck implements Check {

    private sealed interface Question permits Reach, Talk {}

    private record Reach(Reachability reachability) implements Question {}

    private record Talk(Dialogue dialogue) implements Question {}

    private final Question question;

    private TcpCheck(Question question) {
        this.question = question;
    }

    static TcpCheck of(Reachability reachability) {
        return new TcpCheck(new Reach(reachability));
    }

    static TcpCheck of(Dialogue dialogue) {
        return new TcpCheck(new Talk(dialogue));
    }

    /**
     * The same with a port that must be open at the same time, which proves that packets of ours get out and answers
     * come back. The nearer it is to the other port, the better: another port of the same host at best.
     *
     * @param host the host of that port
     * @param port that port
     * @return the new check
     * @throws IllegalArgumentException if the check is one of an answer, or it is no host or no port
     */
    public TcpCheck provenBy(String host, int port) {
        if (!(question instanceof Reach reach)) {
            throw new IllegalArgumentException("an answer needs no other proof");
        }
        Given.between(port, 1, 65_535, "port");
        Endpoint control = Endpoint.of(Url.host(Given.text(host, "host"), "host"), port);
        Reachability before = reach.reachability;
        return of(new Reachability(before.endpoint(), before.wanted(), control));
    }

    /**
     * A probe of the same conversation, in which something is said next.
     *
     * @param text what to send, in UTF-8, with its line end; nothing that changes anything, and nothing secret
     * @return the new probe
     * @throws IllegalArgumentException if the check is not one of an answer
     */
    public TcpProbe saying(String text) {
        return conversation().saying(text);
    }

    /**
     * The same with one more line to be received.
     *
     * @param line what the line should be
     * @return the new check
     * @throws IllegalArgumentException if the check is not one of an answer
     */
    public TcpCheck answers(Expectation<String> line) {
        return conversation().answers(line);
    }

    private TcpProbe conversation() {
        if (!(question instanceof Talk talk)) {
            throw new IllegalArgumentException(
                    "a check of whether a port is reachable holds no conversation: make one with answers(..)");
        }
        return new TcpProbe(talk.dialogue);
    }

    @Override
    public String sentence() {
        return question instanceof Reach reach ? reach.reachability.sentence() : ((Talk) question).dialogue.sentence();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return question instanceof Reach reach
                ? reach.reachability.run(context)
                : ((Talk) question).dialogue.run(context);
    }

    @Override
    public Set<Capture<?>> reads() {
        return question instanceof Talk talk ? talk.dialogue.reads() : Set.of();
    }

    @Override
    public Set<Subject> touches() {
        Set<Subject> all = new LinkedHashSet<>();
        if (question instanceof Reach reach) {
            all.add(Subject.host(reach.reachability.endpoint().host()));
            Endpoint control = reach.reachability.control();
            if (control != null) {
                all.add(Subject.host(control.host()));
            }
        } else {
            all.add(Subject.host(((Talk) question).dialogue.endpoint().host()));
        }
        return all;
    }

    /**
     * The check in words.
     *
     * @return its sentence
     */
    @Override
    public String toString() {
        return sentence();
    }
}
