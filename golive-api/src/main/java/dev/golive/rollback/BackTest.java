package dev.golive.rollback;

import dev.golive.internal.Arguments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy would have decided on recorded samples. Triggers count from the first sample on; a trigger that stays
 * true decides once, and again only after it was cleared. Immutable.
 */
public final class BackTest {

    /**
     * A trigger that fired.
     *
     * @param at when
     * @param trigger the id of the trigger
     * @param consequence what follows
     * @param evidenceOnly whether a rollback had been decided before, so that this is only evidence for it
     * @param dryRun whether the trigger or the policy is a dry run
     * @param explanation the deciding rule and its exact inputs
     * @param evidence what it rests on, for {@link RollbackPolicy#judge}
     */
    public record Decision(
            Instant at,
            String trigger,
            Consequence consequence,
            boolean evidenceOnly,
            boolean dryRun,
            String explanation,
            Evidence evidence) {

        /**
         * Refuses missing parts.
         *
         * @param at when
         * @param trigger the id of the trigger
         * @param consequence what follows
         * @param evidenceOnly whether a rollback had been decided before
         * @param dryRun whether the trigger or the policy is a dry run
         * @param explanation the deciding rule and its exact inputs
         * @param evidence what it rests on
         */
        public Decision {
            Arguments.given(at, "at");
            Arguments.text(trigger, "trigger");
            Arguments.given(consequence, "consequence");
            Arguments.given(explanation, "explanation");
            Arguments.given(evidence, "evidence");
        }
    }

    private final List<Decision> decisions;
    private final Optional<Evaluation> end;

    private BackTest(List<Decision> decisions, Optional<Evaluation> end) {
        this.decisions = List.copyOf(decisions);
        this.end = end;
    }

    static BackTest of(RollbackPolicy policy, List<Sample> samples, List<Downtime> downtimes) {
        List<Sample> sorted = new ArrayList<>(samples);
        sorted.sort(Comparator.comparing(Sample::startedAt).thenComparing(Sample::slotAt));
        List<Downtime> down = new ArrayList<>(downtimes);
        down.sort(Comparator.comparing(Downtime::from));
        if (sorted.isEmpty()) {
            return new BackTest(List.of(), Optional.empty());
        }
        Evaluation evaluation = Evaluation.of(policy)
                .launching(sorted.get(0).startedAt())
                .armed(sorted.get(0).startedAt());
        List<Decision> decisions = new ArrayList<>();
        Set<String> open = new HashSet<>();
        boolean decided = false;
        for (Sample sample : sorted) {
            while (!down.isEmpty() && !down.get(0).to().isAfter(sample.startedAt())) {
                evaluation = evaluation.down(down.get(0).from(), down.remove(0).to());
            }
            evaluation = evaluation.at(sample.startedAt());
            List<Judgement> fired = new ArrayList<>(evaluation.fired());
            evaluation = evaluation.with(sample);
            fired.addAll(evaluation.fired());
            for (Judgement judgement : fired) {
                if (open.add(judgement.triggerId())) {
                    decisions.add(new Decision(
                            sample.startedAt(),
                            judgement.triggerId(),
                            judgement.consequence(),
                            decided,
                            judgement.isDryRun(),
                            judgement.explain(),
                            judgement.evidence()));
                    decided |= judgement.fires() && judgement.consequence() == Consequence.ROLL_BACK;
                }
            }
            if (!open.isEmpty()) {
                for (Judgement judgement : evaluation.judgements()) {
                    if (!judgement.isBreaching()) {
                        open.remove(judgement.triggerId());
                    }
                }
            }
        }
        return new BackTest(decisions, Optional.of(evaluation));
    }

    /**
     * Every trigger that fired.
     *
     * @return the decisions in the order of time
     */
    public List<Decision> decisions() {
        return decisions;
    }

    /**
     * The decision to roll back.
     *
     * @return the first one whose consequence is {@link Consequence#ROLL_BACK} and that is no dry run
     */
    public Optional<Decision> rollback() {
        return decisions.stream()
                .filter(decision -> decision.consequence() == Consequence.ROLL_BACK
                        && !decision.dryRun()
                        && !decision.evidenceOnly())
                .findFirst();
    }

    /**
     * Where the triggers stand after the last sample.
     *
     * @return the evaluation, empty if there was no sample
     */
    public Optional<Evaluation> end() {
        return end;
    }

    /**
     * For people.
     *
     * @return what was decided, when and why
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        decisions.forEach(decision -> text.append(decision.at())
                .append(' ')
                .append(decision.evidenceOnly() ? "evidence: " : "")
                .append(decision.explanation()));
        return decisions.isEmpty() ? "nothing would have been decided" : text.toString();
    }
}
