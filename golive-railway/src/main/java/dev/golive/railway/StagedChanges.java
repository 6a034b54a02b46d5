package dev.golive.railway;

import dev.golive.Check;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Words;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.VolumePort;
import dev.golive.railway.internal.VolumePort.Staged;

/** Changes of an environment that wait for being committed. Their content may hold values, and is never shown. */
final class StagedChanges {

    static final String STAGED = "STAGED";
    static final String APPLYING = "APPLYING";
    static final String COMMITTED = "COMMITTED";

    private StagedChanges() {}

    static Check none(Railway railway) {
        return railway.check(
                railway + " has no staged changes",
                calls -> {
                    Staged staged = VolumePort.of(calls).staged();
                    Fact status = Fact.of("status", staged.status());
                    return switch (staged.status()) {
                        case COMMITTED -> Outcome.passed(status);
                        case APPLYING -> Outcome.failed("staged changes are just being applied", status);
                        case STAGED ->
                            staged.isEmpty()
                                    ? Outcome.passed(Fact.of("staged", "none"))
                                    : Outcome.failed(
                                            "changes are staged and not live: " + parts(staged),
                                            Fact.of("staged", "none", parts(staged)));
                        default -> throw unknown(staged);
                    };
                },
                Operation.ENVIRONMENT_STAGED_CHANGES);
    }

    static String parts(Staged staged) {
        return String.join(", ", staged.parts());
    }

    static ApiProblem unknown(Staged staged) {
        return ApiProblem.undecided(
                "what the status " + Words.line(staged.status()) + " of staged changes means is not known");
    }
}
