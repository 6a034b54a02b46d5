package dev.golive.testkit.rehearsal;

import dev.golive.GoLive;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Part;
import dev.golive.testkit.Asked;
import dev.golive.testkit.Fake;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A stage with its own clock. Not thread-safe. */
final class DrillScene implements AutoCloseable {

    final VirtualTime time;
    final Stage stage;
    final LaunchPlan plan;
    final List<Part> parts;
    final List<Fake> fakes;

    private final LocalDateTime planned;

    private DrillScene(VirtualTime time, Stage stage, LocalDateTime planned) {
        this.time = time;
        this.stage = stage;
        this.plan = stage.plan();
        this.parts = plan.parts();
        this.fakes = stage.fakes().all();
        this.planned = planned;
    }

    static DrillScene at(Instant start, StageMaker<?> maker, LocalDateTime planned) throws Exception {
        VirtualTime time = VirtualTime.startingAt(start);
        Stage stage = maker.make(time);
        if (stage == null) {
            throw new IllegalStateException("the maker of the stage made nothing");
        }
        try {
            return new DrillScene(time, stage, planned);
        } catch (Throwable e) {
            stage.close();
            throw e;
        }
    }

    /** A runner in which people say what they are asked to say. */
    GoLive.Builder engine() {
        return GoLive.builder()
                .time(time)
                .network(stage.fakes().network())
                .allowTrials(stage.fakes().environment())
                .launchAt(planned.atZone(plan.zone()))
                .answers(Cast.willing().answers(plan, time));
    }

    // ---- what is asked

    /** How much each fake was asked so far. */
    List<Integer> asked() {
        return fakes.stream().map(fake -> fake.asked().size()).toList();
    }

    /** What each fake was asked since then. */
    List<Set<String>> askedSince(List<Integer> before) {
        List<Set<String>> all = new ArrayList<>();
        for (int fake = 0; fake < fakes.size(); fake++) {
            List<Asked> asked = fakes.get(fake).asked();
            Set<String> what = new LinkedHashSet<>();
            asked.subList(before.get(fake), asked.size()).forEach(one -> what.add(one.what()));
            all.add(what);
        }
        return all;
    }

    // ---- what may go wrong

    List<Trouble> troubles(int fake, Set<String> asked) {
        List<Trouble> all = fakes.get(fake).troubles(asked);
        Set<String> ids = new HashSet<>();
        for (Trouble trouble : all) {
            if (!ids.add(trouble.id())) {
                throw new IllegalStateException(
                        fakes.get(fake).plays() + " has two troubles that are called " + trouble.id());
            }
        }
        return all;
    }

    /** The trouble of an id, of this stage's own fake. */
    Trouble trouble(int fake, String id, Set<String> asked) {
        return troubles(fake, asked).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the stage was made otherwise than before: "
                        + fakes.get(fake).plays() + " has no trouble that is called " + id));
    }

    @Override
    public void close() {
        stage.close();
    }
}
