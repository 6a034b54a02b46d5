package dev.golive.testkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.golive.Action;
import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.journal.Entry;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchState;
import dev.golive.launch.Permit;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.testkit.Call;
import dev.golive.testkit.FakeAction;
import dev.golive.testkit.FakeComponent;
import dev.golive.testkit.LaunchFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;

/** Whatever goes wrong in a rollback and is said: what is destroyed in it, and when. */
class DestructionPropertyTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Person DBA = Person.human("dora", "dba");

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void nothing_is_destroyed_while_something_before_it_is_not_good_unless_a_person_wants_it(@ForAll long seed)
            throws Exception {
        destroyed(seed);
    }

    @Tag("long")
    @Property(tries = 3_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void nothing_is_destroyed_while_something_before_it_is_not_good_many_times(@ForAll long seed) throws Exception {
        destroyed(seed);
    }

    private static void destroyed(long seed) throws Exception {
        Random lot = new Random(seed);
        try (Scene scene = new Scene()) {
            List<FakeComponent> components = List.of(scene.web, scene.component("api", "40"));
            List<List<String>> groups = new ArrayList<>();
            Set<String> destructive = new HashSet<>();
            RollbackPolicy.Builder policy = scene.policy(RollbackPolicy.automatic(scene.web, components.get(1)))
                    .destructiveApprovedBy("dba")
                    .approvalTimeout(Duration.ofMinutes(10))
                    .verifyTimeout(Duration.ofMinutes(5));
            if (lot.nextBoolean()) {
                policy.inParallel();
                groups.add(List.of("back:web", "back:api"));
            } else {
                groups.add(List.of("back:web"));
                groups.add(List.of("back:api"));
            }
            for (int i = 1 + lot.nextInt(4); i > 0; i--) {
                FakeAction first = action(scene, lot, "first-" + i, destructive);
                FakeAction second = action(scene, lot, "second-" + i, destructive);
                if (lot.nextBoolean()) {
                    policy.then(conducted(lot, first), conducted(lot, second));
                    groups.add(List.of("then:first-" + i, "then:second-" + i));
                } else {
                    policy.then(conducted(lot, first));
                    groups.add(List.of("then:first-" + i));
                }
            }
            scene.watching(scene.plan(
                            policy.build(),
                            scene.launching(scene.deploy, components.get(1).deploy("41")))
                    .role("dba", "keeps the data")
                    .build());
            for (FakeComponent component : components) {
                fault(component, lot);
            }
            boolean mended = lot.nextBoolean();
            scene.launch.control().rollBackNow(Scene.COMMANDER, "I have seen enough");
            Instant end = scene.time.now().plus(Duration.ofHours(3));
            while (!scene.launch.state().isFinal() && scene.time.now().isBefore(end)) {
                scene.until(scene.time.now().plus(Duration.ofMinutes(1)));
                people(scene, lot);
                scene.health = at -> mended ? Outcome.passed() : Outcome.failed("500");
            }
            try {
                require(scene.journal.entries(), groups, destructive, scene.launch.state());
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + groups + ", destructive " + destructive, e);
            }
        }
    }

    private static FakeAction action(Scene scene, Random lot, String id, Set<String> destructive) {
        FakeAction action = FakeAction.named(id, scene.time).takes(Duration.ofSeconds(lot.nextInt(90)));
        if (lot.nextInt(3) > 0) {
            action.destructive();
            destructive.add("then:" + id);
        }
        switch (lot.nextInt(8)) {
            case 0 -> action.fault(LaunchFault.fails("the disk is full"));
            case 1 -> action.faultNext(1, LaunchFault.refuses(Call.Kind.APPLY));
            case 2 -> action.notConvergent().faultNext(1, LaunchFault.refuses(Call.Kind.APPLY));
            default -> {
                // it goes well
            }
        }
        return action;
    }

    private static Action conducted(Random lot, FakeAction action) {
        return lot.nextBoolean() ? action.onFailure(Action.OnFailure.CONTINUE) : action;
    }

    private static void fault(FakeComponent component, Random lot) {
        switch (lot.nextInt(8)) {
            case 0 -> component.fault(LaunchFault.fails("no machine is free"));
            case 1 -> component.fault(LaunchFault.slow(Duration.ofMinutes(13)));
            case 2 -> component.fault(LaunchFault.neverEnds());
            case 3 -> component.fault(LaunchFault.refuses(Call.Kind.APPLY));
            case 4 -> component.deployedBySomebody("42");
            default -> {
                // it goes back
            }
        }
    }

    /** Who permits, has tried again or leaves out what waits, or does not answer. */
    private static void people(Scene scene, Random lot) {
        LaunchControl control = scene.launch.control();
        for (String key : scene.waiting().keySet()) {
            if (key.startsWith("permit:") && lot.nextInt(3) > 0) {
                Instant until = scene.time.now().plus(Duration.ofMinutes(1 + lot.nextInt(60)));
                String refused = control.permit(new Permit("another", key, "bob", until), DBA, "which")
                        .because();
                Matcher id = Pattern.compile("this one is ([0-9a-f]+)").matcher(refused);
                if (id.find()) {
                    control.permit(new Permit(id.group(1), key, "bob", until), DBA, "it must be");
                }
            } else if (key.startsWith("action:") && lot.nextInt(6) == 0) {
                LaunchControl.Settlement[] all = LaunchControl.Settlement.values();
                control.settle(key, all[lot.nextInt(all.length)], Scene.COMMANDER, "I know it");
            }
        }
    }

    private static void require(
            List<Entry> entries, List<List<String>> groups, Set<String> destructive, LaunchState end)
            throws IOException {
        assertThat(end.isFinal()).isTrue();
        Map<String, String> ended = new HashMap<>();
        Set<String> wanted = new HashSet<>();
        for (Entry entry : entries) {
            JsonNode data = JSON.readTree(entry.data());
            switch (entry.type()) {
                case "Commanded" -> {
                    JsonNode command = data.get("command");
                    boolean again = command.toString().contains("\"AGAIN\"");
                    if (data.get("accepted").asBoolean() && again) {
                        wanted.add(command.get("details").get("action").asText().substring("action:".length()));
                    }
                }
                case "ActionEnded" ->
                    ended.put(data.get("action").asText(), data.get("status").asText());
                case "ActionReopened" -> ended.remove(data.get("action").asText());
                case "ActionStarted" -> {
                    String key = data.get("action").asText();
                    if (destructive.contains(key) && !wanted.contains(key)) {
                        for (List<String> group : groups) {
                            if (group.contains(key)) {
                                break;
                            }
                            for (String before : group) {
                                assertThat(ended.get(before))
                                        .as(before + " when " + key + " is sent")
                                        .isIn("DONE", "ALREADY");
                            }
                        }
                    }
                }
                default -> {
                    // nothing is done by it
                }
            }
        }
        boolean allGood = groups.stream()
                .flatMap(List::stream)
                .allMatch(key -> List.of("DONE", "ALREADY").contains(ended.getOrDefault(key, "")));
        if (!allGood) {
            assertThat(end).isNotEqualTo(LaunchState.ROLLED_BACK);
        }
    }
}
