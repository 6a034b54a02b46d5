package dev.golive.testkit.rehearsal;

import dev.golive.Checklist;
import dev.golive.GoLive;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Report;
import dev.golive.launch.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is examined of a plan, and how parts of it are examined by themselves. */
final class DrillItems {

    private DrillItems() {}

    /** Where the items of a phase are that nobody has to answer, each once. */
    static List<Integer> automatic(List<Part> parts, Part.Phase phase) {
        List<Integer> all = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.phase() == phase && isAutomatic(part) && seen.add(List.of(digest(part), part.id()))) {
                all.add(i);
            }
        }
        return all;
    }

    private static boolean isAutomatic(Part part) {
        return part.list().isPresent() && (part.kind() == Part.Kind.CHECK || part.kind() == Part.Kind.TRIAL);
    }

    private static String digest(Part part) {
        return part.list().orElseThrow().digest();
    }

    /** Whether something is done before a part has its turn, so that it may hold only then. */
    static boolean comesAfterAnAction(List<Part> parts, int at) {
        return parts.get(at).item().flatMap(Item::until).isPresent()
                || parts.subList(0, at).stream()
                        .anyMatch(part -> part.action().isPresent() && part.phase() != Part.Phase.ROLLBACK);
    }

    /** Examines some items, each list with what they need of it, one list after the other. */
    static List<ItemResult> examine(DrillScene scene, GoLive golive, List<Integer> which) {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        Map<String, Checklist> lists = new LinkedHashMap<>();
        for (int at : which) {
            Part part = scene.parts.get(at);
            lists.putIfAbsent(digest(part), part.list().orElseThrow());
            ids.computeIfAbsent(digest(part), digest -> new LinkedHashSet<>()).add(part.id());
        }
        List<ItemResult> results = new ArrayList<>();
        lists.forEach((digest, list) -> {
            Report report = golive.run(
                    list.only(ids.getOrDefault(digest, Set.of())),
                    scene.stage.fakes().environment());
            results.addAll(report.results());
        });
        return results;
    }
}
