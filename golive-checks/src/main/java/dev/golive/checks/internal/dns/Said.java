package dev.golive.checks.internal.dns;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Rcode;

/**
 * What a source said to a question in the end.
 *
 * @param answer the answer that counts, {@code null} if there is none
 * @param problems each server that gave none that counts, with the reason
 * @param server who gave the answer; where there is none, who was asked last
 * @param took how long it took
 * @param silent whether no answer is there because no server said anything at all
 * @param noWay whether this machine has no way to the server
 */
record Said(
        @Nullable Answer answer, List<Problem> problems, String server, Duration took, boolean silent, boolean noWay) {

    /**
     * Why a server does not count.
     *
     * @param server the server
     * @param text what it did, to follow its name
     */
    record Problem(String server, String text) {
        @Override
        public String toString() {
            return server + " " + text;
        }
    }

    static Said of(List<Reply> replies, Predicate<Answer> accepts) {
        List<Problem> problems = new ArrayList<>(0);
        Duration took = Duration.ZERO;
        String server = "";
        boolean silent = true;
        boolean noWay = true;
        for (Reply reply : replies) {
            server = reply.server().label();
            took = took.plus(reply.took());
            silent &= reply.silent();
            noWay &= reply.noWay();
            Answer answer = reply.answer();
            if (answer != null && accepts.test(answer)) {
                return new Said(answer, List.copyOf(problems), server, took, false, false);
            }
            problems.add(new Problem(server, answer == null ? reply.problem() : uselessness(answer, reply.server())));
        }
        if (replies.isEmpty()) {
            problems.add(new Problem("this machine", "has no resolver to ask"));
            return new Said(null, problems, "this machine", took, false, false);
        }
        return new Said(null, List.copyOf(problems), server, took, silent, noWay);
    }

    private static String uselessness(Answer answer, Server server) {
        if (answer.rcode() != Rcode.NOERROR && answer.rcode() != Rcode.NXDOMAIN) {
            return "answered " + Rcode.string(answer.rcode());
        }
        if (!server.recursive() && !answer.authoritative()) {
            return "is lame: it answered without authority";
        }
        return "answered with nothing, not even with what would show that there is nothing";
    }

    /** The same as the beginning of a longer search. */
    Said then(Said next, @Nullable Answer merged) {
        List<Problem> all = new ArrayList<>(problems);
        next.problems.stream().filter(one -> !all.contains(one)).forEach(all::add);
        return new Said(merged, List.copyOf(all), server, took.plus(next.took), next.silent, next.noWay);
    }

    /** The same with the answer put in another way. */
    Said with(Answer other) {
        return new Said(other, problems, server, took, silent, noWay);
    }

    /** Why there is no answer. */
    String why() {
        return String.join("; ", problems.stream().map(Problem::toString).toList());
    }
}
