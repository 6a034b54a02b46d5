package dev.golive.examples.tutorial;

import static dev.golive.Expect.containing;
import static dev.golive.time.Spans.days;

import dev.golive.Approval;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.checks.Http;

/** The lists of docs/tutorial.md. */
// region checks
final class TernLists {

    static final Check HEALTHY =
            Http.get("http://tern.example/health").status(200).json("/status", "ok");
    static final Check PAGE = Http.get("http://tern.example/").status(200);

    static Checklist well() {
        return Checklist.named("The shop is well")
                .require(HEALTHY.as("health").tagged("W1"))
                .require(PAGE.as("page").tagged("W2"))
                .build();
    }
    // endregion

    // region people
    static Checklist people() {
        return Checklist.named("People have looked")
                .require(Confirmation.of("support", "Support has read what is new")
                        .freshFor(days(7))
                        .ownedBy("support")
                        .tagged("W3"))
                .require(Approval.named("security")
                        .by("auditor")
                        .freshFor(days(7))
                        .tagged("W4"))
                .build();
    }
    // endregion

    // region better
    static Checklist better() {
        Check front = Http.get("http://tern.example/").status(200).body(containing("Tern"));
        return Checklist.named("The shop is well")
                .include(well())
                .require(front.as("front").tagged("W2"))
                .build();
    }
    // endregion

    private TernLists() {}
}
