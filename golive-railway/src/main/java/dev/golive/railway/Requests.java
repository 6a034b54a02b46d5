package dev.golive.railway;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Item;
import dev.golive.Permission;
import dev.golive.railway.internal.Operation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** How many requests a checklist costs: what its checks declare that they ask, and what is asked once in a session. */
final class Requests {

    /** What is found out once and then known. */
    private static final Set<String> ONCE = Set.of(
            Operation.PROJECT_TOKEN.root(),
            Operation.API_TOKEN.root(),
            Operation.PROJECTS.root(),
            Operation.ENVIRONMENTS.root(),
            Operation.SERVICES.root());

    private Requests() {}

    static int of(Checklist checklist, Railway railway) {
        Deque<Check> open = new ArrayDeque<>();
        for (Item item : checklist.items()) {
            Stream.concat(item.check().stream(), item.condition().stream()).forEach(open::add);
        }
        Set<String> preconditions = new HashSet<>();
        Set<String> once = new HashSet<>();
        int requests = 0;
        while (!open.isEmpty()) {
            Check check = open.remove();
            for (Permission permission : check.permissions()) {
                if (!permission.system().equals(Railway.SYSTEM)
                        || !permission.resource().equals(railway.where())) {
                    continue;
                }
                if (ONCE.contains(permission.action())) {
                    once.add(permission.action());
                } else {
                    requests++;
                }
            }
            for (Check precondition : check.preconditions()) {
                // shared by all checks, and examined once in a run
                if (preconditions.add(precondition.sentence())) {
                    open.add(precondition);
                }
            }
        }
        return requests + once.size();
    }
}
