package dev.golive.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What may go wrong with a fake component, action or channel: the faults of the catalogue that fit. */
final class LaunchTroubles {

    private final String name;
    private final FakeCalls calls;
    private final Set<Call.Kind> kinds;

    /** The troubles of a fake that is asked calls of these kinds. */
    LaunchTroubles(String name, FakeCalls calls, Set<Call.Kind> kinds) {
        this.name = name;
        this.calls = calls;
        this.kinds = kinds;
    }

    /** What a call asks, always the same whatever its target is. */
    static String what(Call.Kind kind, String name) {
        return kind == Call.Kind.POST ? "post to " + name : kind + " " + name;
    }

    /** The faults among those given that concern something that is asked. */
    <F extends LaunchFault> List<Trouble> among(List<F> faults, Set<String> asked, Consumer<F> happening) {
        List<Trouble> troubles = new ArrayList<>();
        for (F fault : faults) {
            Set<String> concerned = concerned(fault);
            concerned.retainAll(asked);
            if (concerned.isEmpty()
                    || fault instanceof LaunchFault.Leaks && calls.secrets().isEmpty()) {
                continue;
            }
            // all questions that it is for, not only those expected: more may be asked once something is wrong
            Set<String> all = concerned(fault);
            troubles.add(
                    Trouble.fault(name + " " + fault, name + " " + fault, all::contains, () -> happening.accept(fault))
                            .about(name));
        }
        return List.copyOf(troubles);
    }

    private Set<String> concerned(LaunchFault fault) {
        Set<Call.Kind> its = EnumSet.noneOf(Call.Kind.class);
        if (fault instanceof LaunchFault.OfCall ofCall && !ofCall.kinds().isEmpty()) {
            its.addAll(ofCall.kinds());
        } else if (fault instanceof LaunchFault.Gone || fault instanceof LaunchFault.LiveIsNoTarget) {
            its.addAll(EnumSet.of(Call.Kind.PREVIOUS, Call.Kind.AVAILABLE, Call.Kind.KEPT_UNTIL));
            its.addAll(EnumSet.of(Call.Kind.OBSERVE, Call.Kind.APPLY));
        } else if (fault instanceof LaunchFault.StaleRead) {
            its.addAll(EnumSet.of(Call.Kind.LIVE, Call.Kind.PREVIOUS, Call.Kind.OBSERVE));
        } else if (fault instanceof LaunchFault.Undone) {
            its.addAll(EnumSet.of(Call.Kind.HOLDS, Call.Kind.LIVE, Call.Kind.OBSERVE, Call.Kind.APPLY));
        } else if (fault instanceof LaunchFault.Busy || fault instanceof LaunchFault.OfOperation) {
            its.addAll(EnumSet.of(Call.Kind.LIVE, Call.Kind.OBSERVE, Call.Kind.APPLY));
        } else {
            its.addAll(kinds);
        }
        its.retainAll(kinds);
        Set<String> all = new LinkedHashSet<>();
        its.forEach(kind -> all.add(what(kind, name)));
        return all;
    }

    /** The faults of that type, in the order of the catalogue. */
    static <F extends LaunchFault> List<F> catalogue(Class<F> type) {
        return LaunchFault.catalogue().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
