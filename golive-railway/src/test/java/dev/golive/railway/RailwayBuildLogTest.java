package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Check;
import dev.golive.Outcome;
import dev.golive.testkit.railway.RailwayFault;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayBuildLogTest extends OnFakeRailway {

    private static final String FIRST = "aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1";
    private static final String SECOND = "bbbb222bbbb222bbbb222bbbb222bbbb222bbbb2";

    private final RailwayBuildLog log = railway.service("api").buildLog();

    @BeforeEach
    void deploy() {
        fake.service("api").source("acme/api", "main").deployed(FIRST);
    }

    private String say(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome.toString() + outcome.facts()).doesNotContain("hunter2");
        return outcome.finding() + (outcome.why().isEmpty() ? "" : ": " + outcome.why());
    }

    private void said() {
        fake.service("api").buildLog("info", "Step 1 --build-arg TOKEN=hunter2").buildLog("info", "BUILD SUCCESS");
    }

    @Test
    void what_was_said_is_found_and_what_was_not_is_not() {
        said();

        assertThat(say(log.contains("BUILD SUCCESS"))).isEqualTo("PASSED");
        assertThat(say(log.contains("SIGNED"))).isEqualTo("FAILED: there is no such line");
        assertThat(say(log.hasNoMatch("vulnerabilities"))).isEqualTo("PASSED");
        assertThat(say(log.hasNoMatch("TOKEN="))).isEqualTo("FAILED: there is 1 such line");
        assertThat(say(log.hasNoMatch(Pattern.compile("TOKEN=\\S+")))).isEqualTo("FAILED: there is 1 such line");
        assertThat(say(log.hasNoErrors())).isEqualTo("PASSED");
        fake.service("api").buildLog("error", "npm ERR! hunter2");
        assertThat(say(log.hasNoErrors())).isEqualTo("FAILED: there is 1 such line");
        assertThat(examine(log.hasNoErrors()).facts().toString()).contains(FIRST);
    }

    @Test
    void a_build_without_a_log_proves_nothing() {
        fake.mend().fault("buildLogs", RailwayFault.saying("[]"));

        assertThat(say(log.hasNoErrors())).isEqualTo("UNKNOWN: there is no log of the build");
        assertThat(say(log.contains("x"))).isEqualTo("UNKNOWN: there is no log of the build");
    }

    @Test
    void a_build_that_goes_on_may_still_say_anything() {
        said();
        fake.service("api").neverEndingDeployments().deployingBySomebody(SECOND);
        fake.service("api").buildLog("info", "Step 1");

        assertThat(say(log.contains("BUILD SUCCESS"))).isEqualTo("UNKNOWN: the deployment is still under way");
        assertThat(say(log.hasNoErrors())).isEqualTo("UNKNOWN: the deployment is still under way");
        assertThat(say(log.contains("Step 1"))).isEqualTo("PASSED");
        fake.service("api").buildLog("error", "broken");
        assertThat(say(log.hasNoErrors())).startsWith("FAILED");
        assertThat(examine(log.hasNoErrors()).facts().toString()).contains(SECOND);
    }

    @Test
    void a_build_that_was_broken_off_proves_nothing_by_what_it_did_not_say() throws Exception {
        said();
        fake.service("api").neverEndingDeployments().deployingBySomebody(SECOND);
        fake.service("api").buildLog("info", "Step 1");
        time.advance(Duration.ofSeconds(30));
        fake.service("api")
                .removedBySomebody(fake.service("api").deployment(SECOND).id());

        assertThat(say(log.hasNoErrors())).startsWith("UNKNOWN: the deployment was taken away");
    }

    @Test
    void a_deployment_that_failed_is_not_saved_by_a_log_without_errors() throws Exception {
        fake.service("api").failingBuilds().pushed(SECOND);
        time.advance(Duration.ofHours(1));
        fake.service("api").buildLog("info", "that is all");

        assertThat(say(log.hasNoErrors())).startsWith("UNKNOWN: the deployment failed");
        assertThat(say(log.contains("that is all"))).isEqualTo("PASSED");
    }

    @Test
    void one_that_was_skipped_was_not_built() {
        said();
        fake.service("api").pushedElsewhere(SECOND);

        assertThat(say(log.contains("BUILD SUCCESS"))).isEqualTo("PASSED");
        assertThat(examine(log.contains("BUILD SUCCESS")).facts().toString()).contains(FIRST);
    }

    @Test
    void a_status_that_nobody_knows_proves_nothing() {
        said();
        fake.service("api").status("CANCELLED");

        assertThat(say(log.hasNoErrors())).startsWith("UNKNOWN: what the status of the deployment means");
    }

    @Test
    void a_service_that_was_never_deployed_has_none() {
        fake.service("new").source("acme/new", "main");

        assertThat(say(railway.service("new").buildLog().hasNoErrors())).startsWith("UNKNOWN: no deployment was built");
    }

    @Test
    void a_long_log_is_read_to_its_end() throws Exception {
        fake.service("api").buildLog("info", "the first of all");
        for (int i = 0; i < 6000; i++) {
            if (i % 100 == 0) {
                time.advance(Duration.ofMillis(10));
            }
            fake.service("api").buildLog("info", "line " + i);
        }

        assertThat(say(log.contains("the first of all"))).isEqualTo("PASSED");
        assertThat(say(log.hasNoMatch("the first of all"))).startsWith("FAILED");
        assertThat(say(log.hasNoMatch("no such words"))).isEqualTo("PASSED");
        assertThat(say(log.contains("no such words"))).isEqualTo("FAILED: there is no such line");
    }

    @Test
    void where_too_much_was_said_railway_is_asked_for_the_words() {
        fake.service("api").buildLog("info", "rare \"words\"");
        for (int i = 0; i < 3000; i++) {
            fake.service("api").buildLog("info", "line " + i);
        }

        assertThat(say(log.hasNoMatch("no such words"))).isEqualTo("UNKNOWN: more was logged than golive reads");
        assertThat(say(log.contains("no such words"))).isEqualTo("UNKNOWN: more was logged than golive reads");
        assertThat(say(log.hasNoMatch("line 1"))).startsWith("FAILED");
    }

    @Test
    void what_keeps_railway_from_answering_is_unknown() {
        said();

        assertThat(notUnknown(log.contains("BUILD SUCCESS"))).isEmpty();
        assertThat(notUnknown(log.hasNoErrors())).isEmpty();
        assertThat(notUnknown(log.hasNoMatch("x"))).isEmpty();
        for (String bad : List.of("null", "{}", "[{}]", "[{\"timestamp\":\"\",\"message\":\"\"}]")) {
            fake.mend().fault("buildLogs", RailwayFault.saying(bad));
            assertThat(say(log.hasNoMatch("x"))).as(bad).startsWith("UNKNOWN");
        }
    }

    @Test
    void bad_arguments_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> log.contains(""));
        assertThat(log.contains("OK").sentence())
                .isEqualTo("build log of Railway service api of shop/production has a line with \"OK\"");
    }
}
