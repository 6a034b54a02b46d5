package dev.golive.examples;

import static dev.golive.Expect.lessThan;
import static dev.golive.time.Spans.minutes;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Item;
import dev.golive.checks.Http;
import dev.golive.railway.Railway;
import dev.golive.railway.RailwayService;
import java.math.BigDecimal;

/**
 * What a team with a ledger on Railway asks between its launches: of staging, of the bill, and of a worker that is deployed
 * by a push. The launch itself is {@link AccountingOnRailway}.
 */
final class RailwayChecklists {

    static final String STAGING = "https://staging.kestrel.example";

    private RailwayChecklists() {}

    /** Where it runs. */
    static Environment environment(String name, String railway) {
        return Environment.named(name)
                .account("railway", "shop/" + railway)
                .host("kestrel.example", "*.kestrel.example");
    }

    /** What everything of the team costs, which a token of a project is not told. */
    static Checklist costs(Railway workspace) {
        return Checklist.named("The costs of the team")
                .require(workspace
                        .costs()
                        .spentByWorkspace(lessThan(new BigDecimal(50)))
                        .as("B33-spent"))
                .require(workspace.costs().isWithinUsageLimit().as("B33"))
                .build();
    }

    /** Staging, which has a token of its own. */
    static Checklist staging(Railway railway) {
        RailwayService api = railway.service("api");
        return Checklist.named("The ledger in staging")
                .require(api.isLive().as("B35"))
                .require(railway.service("postgres").imageVersion("15").as("B35-database"))
                .require(api.variables().areSet("DATABASE_URL", "SESSION_KEY").as("B35-variables"))
                .require(api.variable("MODE").is("staging").as("B35-mode"))
                .require(Http.get(STAGING + "/health").status(200).as("B35-health"))
                .build();
    }

    /** What a push to the main branch must have come to; {@code commit} is what was pushed. */
    static Checklist pushed(Railway railway, String commit) {
        RailwayService worker = railway.service("worker");
        Item live = worker.commit(commit).eventually(minutes(5)).as("D26");
        return Checklist.named("The worker after a push")
                .require(worker.hasDeploymentOf(commit).eventually(minutes(2)).as("D24"))
                .require(live)
                .require(worker.buildLog().hasNoErrors().as("D27").after(live))
                .require(worker.runsAllTheTime().as("D65"))
                .build();
    }
}
