package dev.golive.checks.internal.dns;

import dev.golive.CheckContext;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Puts together, from what a source says, the answer to what a demand is about. */
final class Search {

    private final CheckContext context;
    private final Source source;

    Search(CheckContext context, Source source) {
        this.context = context;
        this.source = source;
    }

    /**
     * What is known of a name.
     *
     * @param subject the number of a type, or {@link Demand#ALIASES}
     * @param inherited whether the records of the nearest ancestor that has some count (RFC 8659, section 3)
     * @param anyCode whether an error code is an answer too
     * @throws Exception if the attempt was given up
     */
    Said find(Name name, int subject, boolean inherited, boolean anyCode) throws Exception {
        if (subject == Demand.ALIASES) {
            return aliases(name);
        }
        Said said = records(name, subject, anyCode);
        if (inherited) {
            Name ancestor = name;
            for (Answer answer = said.answer();
                    answer != null && answer.values().isEmpty() && !answer.circular() && ancestor.labels() > 2;
                    answer = said.answer()) {
                ancestor = new Name(ancestor, 1);
                Said above = records(ancestor, subject, anyCode);
                Answer found = above.answer();
                // if nobody has any, it is the name itself that has none
                said = said.then(
                        above, found == null ? null : found.values().isEmpty() ? answer : found.inheritedBy(name));
                if (found == null || !found.values().isEmpty()) {
                    break;
                }
            }
        }
        Answer answer = said.answer();
        return subject == Type.CNAME && answer != null && answer.values().isEmpty() && !answer.isMissing()
                ? withAddresses(said, answer)
                : said;
    }

    /** Records of one type, behind whatever aliases; a server that stops at an alias is asked for its target. */
    private Said records(Name name, int type, boolean anyCode) throws Exception {
        Said said = source.ask(context, name, type, anyCode);
        for (Answer answer = said.answer(); answer != null && answer.stopsAtAlias(); answer = said.answer()) {
            Said next = source.ask(context, answer.canonicalName(), type, anyCode);
            said = said.then(next, next.answer() == null ? null : answer.followedBy(next.answer()));
        }
        return said;
    }

    /** The aliases one by one, as a resolver that sees a circle or a dead end does not say so. */
    private Said aliases(Name name) throws Exception {
        List<Name> chain = new ArrayList<>(List.of(name));
        Said said = source.ask(context, name, Type.CNAME, false);
        for (Answer answer = said.answer(); answer != null && !answer.values().isEmpty(); answer = said.answer()) {
            Name target = Names.ofText(answer.values().get(0));
            boolean circular = chain.contains(target) || chain.size() > Answer.MAX_ALIASES;
            chain.add(target);
            if (circular) {
                return said.with(answer.along(chain, true));
            }
            Said next = source.ask(context, target, Type.CNAME, false);
            said = said.then(next, next.answer());
        }
        Answer answer = said.answer();
        if (answer == null) {
            return said;
        }
        Answer end = answer.along(chain, false);
        return end.isAlias() || end.isMissing() ? said.with(end) : withAddresses(said, end);
    }

    /** What is where an alias might have been. */
    private Said withAddresses(Said said, Answer answer) throws Exception {
        List<String> found = new ArrayList<>();
        for (int type : new int[] {Type.A, Type.AAAA}) {
            Said addresses = source.ask(context, answer.canonicalName(), type, false);
            Answer there = addresses.answer();
            if (there != null) {
                found.addAll(there.values());
            }
        }
        return said.with(answer.withAddresses(found));
    }
}
