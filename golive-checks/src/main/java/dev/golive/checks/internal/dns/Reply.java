package dev.golive.checks.internal.dns;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking one server one question.
 *
 * @param server who was asked
 * @param question what was asked
 * @param answer what it said, {@code null} if nothing that can be read
 * @param problem why there is no answer, to follow the server's name; blank if there is one
 * @param silent whether nothing came, so that asking again may help
 * @param refused whether the machine is there and nobody listens
 * @param noWay whether this machine has no way to the server at all, as to IPv6 addresses from an IPv4 network
 * @param took how long it took
 */
record Reply(
        Server server,
        Question question,
        @Nullable Answer answer,
        String problem,
        boolean silent,
        boolean refused,
        boolean noWay,
        Duration took) {

    static Reply answered(Server server, Question question, Answer answer, Duration took) {
        return new Reply(server, question, answer, "", false, false, false, took);
    }

    static Reply failed(Server server, Question question, String problem, Duration took) {
        return new Reply(server, question, null, problem, false, false, false, took);
    }

    static Reply refused(Server server, Question question, String problem, Duration took) {
        return new Reply(server, question, null, problem, false, true, false, took);
    }

    static Reply silent(Server server, Question question, String problem, Duration took) {
        return new Reply(server, question, null, problem, true, false, false, took);
    }

    static Reply noWay(Server server, Question question, String problem, Duration took) {
        return new Reply(server, question, null, problem, false, false, true, took);
    }

    /** The same of a server that had been asked before, in vain. */
    Reply again() {
        return new Reply(server, question, answer, problem + ", asked twice", silent, refused, noWay, took);
    }
}
