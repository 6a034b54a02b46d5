package dev.golive.testkit.launch;

import dev.golive.launch.Launch;
import dev.golive.launch.LaunchControl;
import dev.golive.launch.LaunchControl.Reply;
import dev.golive.launch.Permit;
import dev.golive.launch.Waiting;
import dev.golive.testkit.FakeAction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** People who answer whatever a launch asks them, as soon as it asks, and who look at the world before they do. */
final class Crowd {

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

    /** From now on nobody answers. */
    void silence() {
        silent = true;
    }

    /** Answers what is asked; returns whether anything was said that counts. */
    boolean answer(Launch launch) {
        boolean any = false;
        if (silent) {
            return false;
        }
        for (Waiting one : launch.waiting()) {
            Reply reply = answer(launch, one.key());
            if (reply != null && reply.accepted()) {
                said.add(one.key());
                any = true;
            }
        }
        return any;
    }

    List<String> said() {
        return said;
    }

    private Reply answer(Launch launch, String key) {
        LaunchControl control = launch.control();
        if (key.equals("decision")) {
            return launch.asksDecisionOn()
                    .map(digest -> control.decide(Scene.CEO, digest, "all is well"))
                    .orElse(null);
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
