package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Finding;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.Secret;
import dev.golive.Status;
import dev.golive.testkit.Examine;
import dev.golive.testkit.railway.RailwayFault;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayTest extends OnFakeRailway {

    @BeforeEach
    void deploy() {
        fake.service("api").deployed("aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1");
    }

    private String why(Railway asked) {
        Outcome outcome = examine(asked.isOpen());
        return outcome.finding() + (outcome.why().isEmpty() ? "" : ": " + outcome.why());
    }

    @Test
    void a_token_of_each_kind_opens_the_environment_by_name_and_by_id() {
        assertThat(Stream.of(
                                Railway.projectToken(fake.projectToken(), "shop", "production"),
                                Railway.projectToken(fake.projectToken(), fake.projectId(), fake.environmentId()),
                                Railway.workspaceToken(fake.workspaceToken(), "shop", "production"),
                                Railway.workspaceToken(fake.workspaceToken(), fake.projectId(), "production"),
                                Railway.accountToken(fake.accountToken(), "shop", fake.environmentId()))
                        .map(this::why))
                .containsOnly("PASSED");
    }

    @Test
    void five_things_that_are_wrong_with_a_token_have_five_messages_that_say_what_to_do() {
        Set<String> messages = new HashSet<>();

        messages.add(why(Railway.projectToken(Secret.found("token", "no-such-token-at-all"), "shop", "production")));
        messages.add(why(Railway.projectToken(fake.workspaceToken(), "shop", "production")));
        messages.add(why(Railway.projectToken(fake.projectToken(), "warehouse", "production")));
        messages.add(revokedHalfWay());
        messages.add(Examine.once(railway.isOpen())
                .through(fake.network().endpoint(URI.create("https://backboard.railway.com"), deadEnd()))
                .on(time)
                .outcome()
                .why());

        assertThat(messages)
                .containsExactlyInAnyOrder(
                        "UNKNOWN: Railway does not know the token: make a new project token in the settings of the"
                                + " project, under Tokens",
                        "UNKNOWN: the token is no project token but a workspace token: use Railway.workspaceToken(..), or"
                                + " make a project token",
                        "FAILED: the token opens shop/production, not warehouse/production: make a project token in the"
                                + " settings of the project that is meant",
                        "Railway no longer accepts the project token, which it accepted before: it was revoked; make a"
                                + " new one",
                        "Railway could not be reached (ConnectException): look at this machine's network and at the"
                                + " provider's status page");
    }

    private static URI deadEnd() {
        return URI.create("http://127.0.0.1:1/");
    }

    /** Two checks with one session; the token is revoked between them. */
    private String revokedHalfWay() {
        try (GoLive golive = GoLive.builder().time(time).network(fake.network()).build()) {
            Environment here = Environment.named("test").account("railway", "shop/production");
            Checklist list = Checklist.named("api")
                    .require(railway.service("api").isLive().as("live"))
                    .build();
            Report before = golive.run(list, here);
            assertThat(before.result("live").orElseThrow().why()).isEmpty();
            fake.revoke(fake.projectToken());
            return golive.run(list, here).results().stream()
                    .filter(result -> result.status() == Status.UNKNOWN)
                    .findFirst()
                    .orElseThrow()
                    .why();
        }
    }

    @Test
    void tokens_of_other_kinds_are_told_apart() {
        assertThat(why(Railway.projectToken(fake.accountToken(), "shop", "production")))
                .contains("but an account token")
                .contains("Railway.accountToken(..)");
        assertThat(why(Railway.workspaceToken(fake.projectToken(), "shop", "production")))
                .contains("but a project token")
                .contains("Railway.projectToken(..)");
        assertThat(why(Railway.accountToken(fake.projectToken(), "shop", "production")))
                .contains("Railway.projectToken(..)");
        assertThat(why(Railway.accountToken(fake.strangersToken(), "shop", "production")))
                .startsWith("FAILED: the token opens no project shop");
    }

    @Test
    void what_belongs_elsewhere_is_never_examined() {
        Railway staging = Railway.projectToken(fake.projectToken(), "shop", "staging");

        assertThat(why(staging)).startsWith("FAILED: the token opens shop/production, not shop/staging");
        assertThat(examine(staging.service("api").isLive()).finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(fake.requests("serviceInstance")).isEmpty();
    }

    @Test
    void an_unknown_project_or_environment_of_a_workspace_is_told_with_what_there_is() {
        assertThat(why(Railway.workspaceToken(fake.workspaceToken(), "warehouse", "production")))
                .isEqualTo("FAILED: the token opens no project warehouse: it opens shop");
        assertThat(why(Railway.workspaceToken(fake.workspaceToken(), "shop", "live")))
                .isEqualTo("FAILED: the token opens no environment live of project shop: it opens production, staging");
        assertThat(why(Railway.workspaceToken(
                        fake.workspaceToken(), "00000000-0000-4000-8000-00000000dead", "production")))
                .startsWith("FAILED: the token opens no project 00000000-0000-4000-8000-00000000dead");
    }

    @Test
    void a_project_that_is_deleted_is_not_open() {
        fake.projectDeleted();

        assertThat(why(Railway.workspaceToken(fake.workspaceToken(), "shop", "production")))
                .doesNotContain("PASSED");
        assertThat(why(railway)).doesNotContain("PASSED");
    }

    @Test
    void ids_are_found_once_in_a_session_and_who_asks_the_same_at_once_asks_once() {
        Checklist list = Checklist.named("api")
                .require(railway.service("api").isLive().as("one"))
                .require(railway.service("api").isLive().as("two"))
                .build();
        try (GoLive golive = GoLive.builder().time(time).network(fake.network()).build()) {
            golive.run(list, Environment.named("test").account("railway", "shop/production"));
        }

        assertThat(fake.requests("projectToken")).hasSize(1);
        assertThat(fake.requests("project")).hasSize(1);
        assertThat(fake.requests("serviceInstance")).hasSize(1);
    }

    @Test
    void an_environment_that_does_not_list_it_refuses_before_the_first_request() {
        Examine elsewhere = Examine.once(railway.service("api").isLive())
                .in(Environment.named("test").account("railway", "shop/staging"))
                .through(fake.network())
                .on(time);

        assertThatThrownBy(elsewhere::outcome)
                .hasMessageContaining("does not list the railway account shop/production");
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void whatever_keeps_it_from_an_answer_is_unknown() {
        assertThat(notUnknown(railway.isOpen())).isEmpty();
        assertThat(notUnknown(railway.service("api").isLive())).isEmpty();
        assertThat(notUnknown(Railway.workspaceToken(fake.workspaceToken(), "shop", "production")
                        .isOpen()))
                .isEmpty();
    }

    @Test
    void an_answer_with_errors_is_no_answer_though_its_status_is_200() {
        fake.fault("serviceInstance", RailwayFault.partial());

        Outcome outcome = examine(railway.service("api").isLive());

        assertThat(outcome.finding()).isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void lists_are_read_to_their_end_and_one_without_an_end_is_unknown() {
        fake.pageSize(1);
        fake.service("worker");
        fake.service("cron");
        fake.service("last").deployed("bbbb222bbbb222bbbb222bbbb222bbbb222bbbb2");

        assertThat(examine(railway.service("last").isLive()).finding()).isEqualTo(Finding.PASSED);

        fake.endlessPages();
        assertThat(examine(railway.service("nowhere").isLive()).finding()).isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void requests_name_where_they_come_from_and_carry_the_token_in_its_own_header() {
        examine(railway.isOpen());

        assertThat(fake.requests()).isNotEmpty();
        assertThat(fake.requests().get(0).toString()).doesNotContain("fake-railway-");
    }

    @Test
    void a_limit_that_is_reached_is_waited_for_or_unknown_and_some_is_kept_for_actions() throws Exception {
        fake.rateLimit(100);

        assertThat(examine(railway.hasRequestsLeft(50)).finding()).isEqualTo(Finding.PASSED);
        assertThat(examine(railway.hasRequestsLeft(99)).finding()).isEqualTo(Finding.FAILED);

        fake.usedUp();
        Outcome outcome = examine(railway.service("api").isLive());
        assertThat(outcome.finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(outcome.why()).contains("requests");
        time.advance(Duration.ofHours(1));
        assertThat(examine(railway.service("api").isLive()).finding()).isEqualTo(Finding.PASSED);
    }

    @Test
    void a_limit_is_read_whether_its_end_is_told_in_seconds_or_as_text() {
        fake.rateLimitResetsAsText();

        assertThat(examine(railway.hasRequestsLeft(10)).finding()).isEqualTo(Finding.PASSED);
    }

    @Test
    void a_checklist_says_how_many_requests_it_sends_at_most() {
        Checklist list = Checklist.named("api")
                .require(railway.service("api").isLive().as("one"))
                .require(railway.service("api").isLive().as("two"))
                .require(railway.hasRequestsLeft(10))
                .build();
        int told = railway.requestsOf(list);
        try (GoLive golive = GoLive.builder().time(time).network(fake.network()).build()) {
            golive.run(list, Environment.named("test").account("railway", "shop/production"));
        }

        assertThat(told).isGreaterThanOrEqualTo(fake.requests().size());
        assertThat(fake.requests()).hasSizeGreaterThan(3);
    }

    @Test
    void it_refuses_what_cannot_be() {
        assertThatThrownBy(() -> Railway.projectToken(fake.projectToken(), " ", "production"))
                .hasMessage("project must not be blank");
        assertThatThrownBy(() -> railway.in("")).hasMessage("other must not be blank");
        assertThatThrownBy(() -> railway.hasRequestsLeft(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(railway).hasToString("Railway shop/production");
        assertThat(List.of(railway.service("api").toString()))
                .containsExactly("Railway service api of shop/production");
    }

    @Test
    void a_service_that_was_deleted_in_between_is_not_there_and_one_that_is_denied_is_unknown() throws Exception {
        Checklist list = Checklist.named("api")
                .require(railway.service("api").isLive().as("live"))
                .build();
        Environment here = Environment.named("test").account("railway", "shop/production");
        try (GoLive golive = GoLive.builder().time(time).network(fake.network()).build()) {
            golive.run(list, here);
            fake.service("api").deleted();
            time.advance(Duration.ofMinutes(1));

            assertThat(golive.run(list, here).result("live").orElseThrow().status())
                    .isEqualTo(Status.FAILED);
        }
        fake.service("worker").deployed("bbbb222bbbb222bbbb222bbbb222bbbb222bbbb2");
        fake.fault("serviceInstance", RailwayFault.notAuthorized());

        assertThat(examine(railway.service("worker").isLive()).finding()).isEqualTo(Finding.UNKNOWN);
    }
}
