package dev.golive.testkit.launch;

import dev.golive.journal.Entry;
import dev.golive.launch.Launch;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.Permit;
import dev.golive.launch.Reply;
import dev.golive.testkit.FakeAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** People who answer whatever a launch asks them, as soon as it asks, and who look at the world before they do. */
final class Crowd {

    private static final Pattern KEY = Pattern.compile("\"key\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern DIGEST = Pattern.compile("with digest ([0-9a-f]{32})");
    private static final Pattern LAUNCH = Pattern.compile("this one is (\\w+)");

    private final Scene scene;
    private final Map<String, FakeAction> actions = new HashMap<>();
    private final List<String> said = new ArrayList<>();
    private boolean silent;

    Crowd(Scene scene, FakeAction... actions) {
        this.scene = scene;
        for (FakeAction action : actions) {
            this.actions.put(action.id(), action);
        }
    }

    /** The entries without what a crash has left of a step that was not written to its end. */
    static List<Entry> counting(List<Entry> entries) {
        List<Entry> all = new ArrayList<>();
        List<Entry> begun = new ArrayList<>();
        for (Entry entry : entries) {
            if (!begun.isEmpty() && begun.get(0).epoch() != entry.epoch()) {
                begun.clear();
            }
            begun.add(entry);
            if (!entry.data().contains("\"goesOn\":true")) {
                all.addAll(begun);
                begun.clear();
            }
        }
        return all;
    }

    /** What the entries say people are asked, by its key. */
    static Map<String, String> asked(List<Entry> entries) {
        Map<String, String> open = new LinkedHashMap<>();
        for (Entry entry : counting(entries)) {
            if (entry.type().equals("Needed")) {
                open.put(key(entry), entry.data());
            } else if (entry.type().equals("NoLongerNeeded")) {
                open.remove(key(entry));
            } else if (entry.type().equals("Ended")) {
                open.clear();
            }
        }
        return open;
    }

    private static String key(Entry entry) {
        Matcher key = KEY.matcher(entry.data());
        if (!key.find()) {
            throw new AssertionError("no key in " + entry.data());
        }
        return key.group(1);
    }

    /** From now on nobody answers. */
    void silence() {
        silent = true;
    }

    /** Answers what is asked; returns whether anything was said that counts. */
    boolean answer(Launch launch, List<Entry> entries) {
        boolean any = false;
        if (silent) {
            return false;
        }
        for (Map.Entry<String, String> one : asked(entries).entrySet()) {
            Reply reply = answer(launch.control(), one.getKey(), one.getValue());
            if (reply != null && reply.accepted()) {
                said.add(one.getKey());
                any = true;
            }
        }
        return any;
    }

    List<String> said() {
        return said;
    }

    private Reply answer(LaunchControl control, String key, String what) {
        if (key.equals("decision")) {
            Matcher digest = DIGEST.matcher(what);
            return digest.find() ? control.decide(Scene.CEO, digest.group(1), "all is well") : null;
        }
        if (key.equals("approve-rollback")) {
            return control.approveRollback(Scene.COMMANDER, "go back");
        }
        if (key.equals("plan-changed")) {
            return control.acknowledge(key, Scene.COMMANDER, "it is the new plan");
        }
        if (key.startsWith("permit:")) {
            return permit(control, key.substring("permit:".length()));
        }
        if (key.startsWith("action:")) {
            String action = key.substring("action:".length());
            FakeAction known = actions.get(action.substring(action.indexOf(':') + 1));
            if (known == null) {
                return null;
            }
            return control.settle(
                    action,
                    known.isAtTarget() ? LaunchControl.Settlement.DONE : LaunchControl.Settlement.AGAIN,
                    Scene.COMMANDER,
                    "I looked");
        }
        return null;
    }

    private Reply permit(LaunchControl control, String action) {
        var expires = scene.time.now().plus(Duration.ofMinutes(30));
        Reply refused =
                control.permit(new Permit("of-another", action, "bob", expires), Scene.COMMANDER, "the backup is good");
        Matcher launch = LAUNCH.matcher(refused.because());
        return launch.find()
                ? control.permit(
                        new Permit(launch.group(1), action, "bob", expires), Scene.COMMANDER, "the backup is good")
                : refused;
    }
}
