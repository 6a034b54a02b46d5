// Opens JShell with golive at hand; docs/jshell.md has the command and a session to try.

import dev.golive.*;
import dev.golive.aws.*;
import dev.golive.checks.*;
import dev.golive.journal.*;
import dev.golive.launch.*;
import dev.golive.railway.*;
import dev.golive.report.*;
import dev.golive.rollback.*;
import dev.golive.testkit.*;
import dev.golive.testkit.aws.*;
import dev.golive.testkit.railway.*;
import dev.golive.testkit.rehearsal.*;
import dev.golive.time.*;
import java.time.*;

import static dev.golive.Assurance.*;
import static dev.golive.Expect.*;
import static dev.golive.checks.Headers.*;
import static dev.golive.checks.HttpVersion.*;
import static dev.golive.checks.RecordType.*;
import static dev.golive.checks.TlsLevel.*;
import static dev.golive.checks.TlsVersion.*;
import static dev.golive.rollback.Percent.*;
import static dev.golive.time.Offset.*;
import static dev.golive.time.Spans.*;

// the DNS library asks for a log; it has nothing to say here
{ System.setProperty("slf4j.internal.verbosity", "ERROR"); }

/** The way to the world. Assign a FakeNetwork to practise. */
Network network = Network.real();

/** Who answers confirmations and approvals: nobody, unless you assign for example Answers.fromFile(..). */
Answers answers = Answers.none();

/** Runs a list; prints its progress, the verdict and what is in the way. */
Report run(Checklist list, Environment environment) {
    try (GoLive golive = GoLive.builder()
            .network(network)
            .answers(answers)
            .listener(ConsoleProgress.on(System.out))
            .build()) {
        return golive.run(list, environment);
    }
}

/** Asks once: a list of these checks, in an environment of exactly the hosts and accounts that they touch. */
Report ask(Check... checks) {
    Checklist.Builder builder = Checklist.named("Asked");
    for (Check check : checks) {
        builder.require(check);
    }
    Checklist list = builder.build();
    Environment environment = Environment.named("JShell");
    for (Subject subject : list.touches()) {
        environment = subject.isHost()
                ? environment.host(subject.name())
                : environment.account(subject.system(), subject.name());
    }
    return run(list, environment);
}

/** Prints every item with every fact, also of what passed. */
void show(Report report) {
    for (ItemResult result : report.results()) {
        System.out.println(result);
        result.facts().forEach(fact -> System.out.println("    " + fact));
    }
    System.out.println(report.headline());
}

/** Writes the report in every format into the directory golive-report. */
void save(Report report) {
    Reports.writeAll(report, Path.of("golive-report")).forEach(file -> System.out.println("Wrote " + file));
}
