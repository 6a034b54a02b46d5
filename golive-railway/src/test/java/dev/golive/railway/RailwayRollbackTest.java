package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Component;
import dev.golive.Conduct;
import dev.golive.Finding;
import dev.golive.Observation;
import dev.golive.Observation.State;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.provider.ApiProblem;
import dev.golive.testkit.Perform;
import dev.golive.testkit.railway.RailwayDeployment;
import dev.golive.testkit.railway.RailwayFault;
import dev.golive.testkit.railway.RailwayRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RailwayRollbackTest extends OnFakeRailway {

    private static final String V1 = "aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1";
    private static final String V2 = "bbbb222bbbb222bbbb222bbbb222bbbb222bbbb2";
    private static final String V3 = "cccc333cccc333cccc333cccc333cccc333cccc3";

    private final RailwayService api = railway.plan(RailwayPlan.PRO).service("api");
    private Release earlier = Release.of("api", "none yet");
    private Release live = earlier;

    @BeforeEach
    void deployTwice() {
        fake.service("api")
                .source("acme/api", "main")
                .variable("MODE", "production")
                .deployed(V1)
                .deployed(V2);
        earlier = Release.of("api", fake.service("api").deployment(V1).id());
        live = Release.of("api", fake.service("api").deployment(V2).id());
    }

    private Action back() {
        return api.driver().backTo(earlier);
    }

    private Observation observe(Action action) throws Exception {
        return perform().launched(live).observe(action);
    }

    private List<RailwayRequest> rollbacks() {
        return fake.requests("deploymentRollback");
    }

    private Optional<Release> nowLive() throws Exception {
        return perform().ask(api, Component.Driver::live);
    }

    private Optional<Duration> keptOnceReplaced(RailwayService service) throws Exception {
        return perform().ask(service, Component.Driver::keptOnceReplaced);
    }

    private static Optional<Instant> keptUntil(RailwayService service, Release release, Perform perform)
            throws Exception {
        return perform.ask(service, (driver, context) -> driver.keptUntil(release, context));
    }

    private Outcome available(Release release) throws Exception {
        return perform().ask(api, (driver, context) -> driver.available(release, context));
    }

    // ---- what a release is

    @Test
    void the_release_of_a_rollback_is_that_of_the_deployment_which_first_had_it() throws Exception {
        Observation end = toTheEnd(back());

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.yielded().orElseThrow().id()).isEqualTo(earlier.id());
        assertThat(end.yielded().orElseThrow().commit()).isEqualTo(V1);
        assertThat(nowLive().orElseThrow().id()).isEqualTo(earlier.id());
        assertThat(fake.service("api").live().orElseThrow().id()).isNotEqualTo(earlier.id());
    }

    @Test
    void a_release_stays_the_same_over_many_rollbacks_to_and_fro() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThat(toTheEnd(api.driver().backTo(earlier)).state()).isEqualTo(State.AT_TARGET);
            assertThat(nowLive().orElseThrow().id()).isEqualTo(earlier.id());
            assertThat(toTheEnd(api.driver().backTo(live)).state()).isEqualTo(State.AT_TARGET);
            assertThat(nowLive().orElseThrow().id()).isEqualTo(live.id());
        }
        assertThat(rollbacks()).hasSize(8);
    }

    @Test
    void what_somebody_left_for_approval_does_not_hold_up_a_rollback() throws Exception {
        fake.service("api").needingApproval().pushed(V3);

        assertThat(toTheEnd(back()).state()).isEqualTo(State.AT_TARGET);
        assertThat(nowLive().orElseThrow().id()).isEqualTo(earlier.id());
    }

    @Test
    void the_same_commit_built_anew_is_another_release() throws Exception {
        fake.service("api").deployedBySomebody(V2);

        assertThat(nowLive().orElseThrow().id()).isNotEqualTo(live.id());
        assertThat(observe(back()).state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void the_same_image_with_other_variables_is_another_release_and_with_the_same_again_the_same() throws Exception {
        RailwayService worker = railway.service("worker");
        fake.service("worker")
                .image("acme/worker@sha256:" + "a".repeat(64))
                .withoutDigests()
                .variable("MODE", "production")
                .variable("RAILWAY_DEPLOYMENT_ID", "one")
                .deployed("first");
        Release first = perform().ask(worker, Component.Driver::live).orElseThrow();

        time.advance(Duration.ofSeconds(1));
        fake.service("worker").variable("MODE", "test").deployedBySomebody("second");
        Release second = perform().ask(worker, Component.Driver::live).orElseThrow();
        time.advance(Duration.ofSeconds(1));
        fake.service("worker")
                .variable("MODE", "production")
                .variable("RAILWAY_DEPLOYMENT_ID", "three")
                .deployedBySomebody("third");
        Release third = perform().ask(worker, Component.Driver::live).orElseThrow();

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(third.id()).isEqualTo(first.id());
    }

    @Test
    void the_same_tag_is_another_release() throws Exception {
        RailwayService worker = railway.service("worker");
        fake.service("worker").image("acme/worker:1").withoutDigests().deployed("first");
        Release first = perform().ask(worker, Component.Driver::live).orElseThrow();
        time.advance(Duration.ofSeconds(1));
        fake.service("worker").deployedBySomebody("second");

        assertThat(perform().ask(worker, Component.Driver::live).orElseThrow().id())
                .isNotEqualTo(first.id());
    }

    @Test
    void what_cannot_be_compared_is_another_release_unless_this_session_itself_went_back_to_it() throws Exception {
        fake.service("api").withoutDigests();
        List<Release> seen = new ArrayList<>();

        Observation end = perform().launched(live).toTheEnd(new Afterwards(back(), context -> {
            seen.add(api.driver().live(context).orElseThrow());
        }));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(seen).extracting(Release::id).containsExactly(earlier.id());
        // another process only sees a deployment that it knows nothing of
        assertThat(nowLive().orElseThrow().id()).isNotEqualTo(earlier.id());
    }

    @Test
    void variables_that_may_not_be_read_prove_nothing_and_are_known_from_the_receipt_after_a_crash() throws Exception {
        fake.fault("deploymentSnapshot", RailwayFault.notAuthorized());
        Receipt receipt = perform().launched(live).apply(back());

        assertThat(perform().launched(live).after(receipt).toTheEnd(back()).state())
                .isEqualTo(State.AT_TARGET);
        assertThat(nowLive().orElseThrow().id()).isNotEqualTo(earlier.id());
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void variables_that_cannot_be_read_just_now_leave_it_open_who_acted() throws Exception {
        toTheEnd(back());
        fake.fault("deploymentSnapshot", RailwayFault.unavailable());

        assertThat(observe(back()).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void a_release_that_was_brought_back_once_can_be_brought_back_when_only_its_later_deployment_is_kept()
            throws Exception {
        toTheEnd(back());
        time.advance(Duration.ofDays(10));
        fake.service("api").deployedBySomebody(V3);
        Release third = nowLive().orElseThrow();
        time.advance(Duration.ofMinutes(1));

        assertThat(available(earlier).finding()).isEqualTo(Finding.PASSED);
        assertThat(perform().launched(third).toTheEnd(back()).state()).isEqualTo(State.AT_TARGET);
        assertThat(nowLive().orElseThrow().id()).isEqualTo(earlier.id());
    }

    // ---- the hard cases

    @Test
    void a_rollback_that_is_answered_with_status_200_and_errors_has_not_succeeded_and_is_not_sent_again()
            throws Exception {
        fake.fault("deploymentRollback", RailwayFault.problemProcessing());

        Receipt receipt = perform().launched(live).apply(back());
        Perform later = perform().launched(live).after(receipt);

        assertThat(later.observe(back()).state()).isEqualTo(State.UNDER_WAY);
        assertThatThrownBy(() -> later.apply(back())).hasMessageContaining("a person decides");
        Observation end = later.await(back());
        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("Problem processing request");
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void a_rollback_of_which_nothing_was_sent_is_not_looked_for_and_can_be_sent_later() throws Exception {
        Action way = back();
        // the session knows where it is when Railway stops answering, as it does while the request is prepared
        Action atTarget = api.driver().backTo(live);
        List<Exception> thrown = new ArrayList<>();
        perform().launched(live).observe(new Afterwards(atTarget, context -> {
            fake.fault("projectToken", RailwayFault.unavailable());
            try {
                way.apply(context);
            } catch (ApiProblem e) {
                thrown.add(e);
            }
        }));

        assertThat(thrown).singleElement().asString().contains("nothing was changed");
        assertThat(rollbacks()).isEmpty();

        fake.mend();
        assertThat(toTheEnd(way).state()).isEqualTo(State.AT_TARGET);
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void a_rollback_that_is_refused_with_a_reason_has_failed_at_once() {
        fake.fault("deploymentRollback", RailwayFault.refused("Cannot redeploy without a snapshot"));

        assertThatThrownBy(() -> perform().launched(live).apply(back()))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining("without a snapshot");
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void a_record_of_one_that_was_cancelled_holds_up_nothing() throws Exception {
        fake.service("api").pushedElsewhere(V3).status("CANCELLED");

        assertThat(toTheEnd(back()).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_rollback_that_is_refused_in_words_is_not_looked_for() throws Exception {
        fake.fault("deploymentRollback", RailwayFault.refused("Cannot redeploy without a snapshot"));
        Instant before = time.now();

        assertThatThrownBy(() -> perform().launched(live).apply(back()))
                .hasMessageContaining("Cannot redeploy without a snapshot");

        assertThat(time.now()).isBefore(before.plusSeconds(2));
    }

    @Test
    void an_answer_that_was_lost_is_looked_for_and_the_request_not_repeated() throws Exception {
        fake.fault("deploymentRollback", RailwayFault.lostAnswer());

        Observation end = perform().launched(live).toTheEnd(back());

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(nowLive().orElseThrow().id()).isEqualTo(earlier.id());
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void an_answer_that_was_lost_is_looked_for_also_after_the_request_and_after_a_crash() throws Exception {
        fake.service("api").rollbackAppearsAfter(Duration.ofSeconds(50));
        fake.fault("deploymentRollback", RailwayFault.lostAnswer());

        Receipt receipt = perform().launched(live).apply(back());
        Observation found = perform().launched(live).after(receipt).observe(back());
        Observation end = perform().launched(live).after(receipt).toTheEnd(back());

        assertThat(receipt.details()).containsEntry("answer", "lost").containsEntry("target", earlier.id());
        assertThat(found.state()).isEqualTo(State.UNDER_WAY);
        assertThat(found.found()).contains("lost");
        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void a_request_that_was_lost_on_its_way_is_refused_after_a_while_and_never_sent_again() throws Exception {
        fake.fault("deploymentRollback", RailwayFault.reset());

        Receipt receipt = perform().launched(live).apply(back());
        Observation end = perform().launched(live).after(receipt).toTheEnd(back());

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("no deployment came of the request", "lost");
        assertThatThrownBy(() -> perform().launched(live).after(receipt).apply(back()))
                .hasMessageContaining("a person decides");
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void what_somebody_else_begins_while_an_answer_is_lost_is_not_taken_for_ours() throws Exception {
        fake.fault("deploymentRollback", RailwayFault.reset());
        Receipt receipt = perform().launched(live).apply(back());
        fake.service("api").pushed(V3);

        Observation end = perform().launched(live).after(receipt).toTheEnd(back());

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void a_newer_deployment_of_somebody_else_is_left_alone_whatever_its_age() throws Exception {
        fake.service("api").deployedBySomebody(V3);
        for (Duration age : List.of(Duration.ofSeconds(1), Duration.ofHours(3))) {
            time.advance(age);

            Observation found = observe(back());

            assertThat(found.state()).isEqualTo(State.SOMEWHERE_ELSE);
            assertThat(found.found()).contains(V3);
            assertThatThrownBy(() -> perform().launched(live).apply(back())).hasMessageContaining("did not deploy");
        }
        assertThat(fake.mutations()).isEmpty();
    }

    @Test
    void a_young_deployment_of_our_own_is_taken_back() throws Exception {
        fake.service("api").deployedBySomebody(V3);
        Release third = nowLive().orElseThrow();

        assertThat(perform().launched(third).toTheEnd(api.driver().backTo(live)).state())
                .isEqualTo(State.AT_TARGET);
    }

    @Test
    void what_somebody_deploys_over_our_rollback_is_left_to_a_person() throws Exception {
        Receipt receipt = perform().launched(live).apply(back());
        time.advance(Duration.ofMinutes(2));
        fake.service("api").deployedBySomebody(V3);
        time.advance(Duration.ofMinutes(1));

        Observation end = perform().launched(live).after(receipt).observe(back());

        assertThat(end.state()).isEqualTo(State.SOMEWHERE_ELSE);
        assertThat(end.found()).contains("superseded");
    }

    @Test
    void superseded_deployments_are_removed_and_the_newest_of_them_is_the_previous_release() throws Exception {
        assertThat(fake.service("api").deployments())
                .extracting(RailwayDeployment::status)
                .containsExactly("SUCCESS", "REMOVED");

        assertThat(perform().ask(api, Component.Driver::previous).orElseThrow().id())
                .isEqualTo(earlier.id());
    }

    @Test
    void what_failed_or_was_skipped_is_no_previous_release() throws Exception {
        fake.service("api").failingBuilds().pushed("eeee555");
        time.advance(Duration.ofMinutes(5));
        fake.service("api").mend().pushedElsewhere("ffff666").deployedBySomebody(V3);

        assertThat(perform().ask(api, Component.Driver::previous).orElseThrow().id())
                .isEqualTo(live.id());
    }

    @Test
    void a_target_that_is_pruned_between_arming_and_use_is_refused() throws Exception {
        assertThat(available(earlier).finding()).isEqualTo(Finding.PASSED);
        fake.service("api").prune(earlier.id());

        assertThat(available(earlier).finding()).isEqualTo(Finding.FAILED);
        assertThat(available(earlier).why()).contains("only a rebuild is left");
        assertThat(observe(back()).state()).isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> perform().launched(live).apply(back())).hasMessageContaining("no longer keeps");
        assertThat(fake.mutations()).isEmpty();
    }

    @Test
    void a_target_that_is_just_being_removed_is_waited_for() throws Exception {
        fake.service("api").removesIn(Duration.ofSeconds(30)).deployedBySomebody(V3);
        Release third = nowLive().orElseThrow();
        Action way = api.driver().backTo(live);

        Observation found = perform().launched(third).observe(way);

        assertThat(found.state()).isEqualTo(State.UNDER_WAY);
        assertThat(found.found()).contains("still being removed");
        assertThat(perform().launched(third).toTheEnd(way).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_rollback_that_fails_its_health_check_is_refused_and_says_where_the_log_is() throws Exception {
        fake.service("api").healthcheckTimeout(Duration.ofSeconds(30)).failingHealthchecks();

        Observation end = toTheEnd(back());

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("FAILED", "health check", "https://railway.com/project/" + fake.projectId());
        assertThat(nowLive().orElseThrow().id()).isEqualTo(live.id());
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void a_rollback_that_crashes_is_refused() throws Exception {
        fake.service("api").crashing();

        Observation end = toTheEnd(back());

        assertThat(end.state()).isEqualTo(State.REFUSED);
        assertThat(end.found()).contains("crashed");
        assertThat(nowLive()).isEmpty();
    }

    @Test
    void what_crashed_is_taken_back() throws Exception {
        fake.service("api").crashed();

        assertThat(observe(back()).state()).isEqualTo(State.NOT_AT_TARGET);
        assertThat(perform().launched(live).toTheEnd(back()).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void what_crashed_and_is_somebody_elses_is_left_alone() throws Exception {
        fake.service("api").deployedBySomebody(V3).crashed();

        assertThat(observe(back()).state()).isEqualTo(State.SOMEWHERE_ELSE);
    }

    @Test
    void details_that_come_as_text_are_read_like_an_object() throws Exception {
        fake.metaAsText();

        assertThat(toTheEnd(back()).state()).isEqualTo(State.AT_TARGET);
        assertThat(nowLive().orElseThrow().commit()).isEqualTo(V1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HIBERNATING", "success", "", "PREPARING"})
    void a_status_that_nobody_knows_decides_nothing(String status) throws Exception {
        fake.service("api").deployingBySomebody(V3).status(status.isEmpty() ? "?" : status);

        assertThat(observe(back()).state()).isEqualTo(State.UNKNOWN);
        assertThatThrownBy(() -> perform().launched(live).apply(back())).isInstanceOf(ApiProblem.class);
        assertThat(fake.mutations()).isEmpty();
    }

    @Test
    void an_unknown_status_of_the_past_holds_nothing_up() throws Exception {
        fake.service("api").deployingBySomebody(V3).status("CANCELLED");
        time.advance(Duration.ofSeconds(1));
        fake.service("api").deployedBySomebody("eeee555");
        Release fourth = nowLive().orElseThrow();

        assertThat(perform().launched(fourth).toTheEnd(back()).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void reads_that_lag_behind_are_waited_for() throws Exception {
        fake.readsLag(Duration.ofSeconds(8));

        Observation end = perform().launched(live).toTheEnd(back());

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(rollbacks()).hasSize(1);
        time.advance(Duration.ofSeconds(10));
        assertThat(nowLive().orElseThrow().id()).isEqualTo(earlier.id());
    }

    @Test
    void it_is_not_at_its_target_before_it_is_the_only_active_one() throws Exception {
        Receipt receipt = perform().launched(live).apply(back());
        time.advance(Duration.ofSeconds(30));
        fake.fault("serviceInstance", RailwayFault.staleRead(Duration.ofSeconds(25)));

        Observation found = perform().launched(live).after(receipt).observe(back());
        fake.mend();

        assertThat(found.state()).isEqualTo(State.UNDER_WAY);
        assertThat(found.found()).contains("not the only active one yet");
        assertThat(perform().launched(live).after(receipt).observe(back()).state())
                .isEqualTo(State.AT_TARGET);
    }

    @Test
    void a_later_active_deployment_is_seen_though_the_list_does_not_have_it_yet() throws Exception {
        Receipt receipt = perform().launched(live).apply(back());
        time.advance(Duration.ofMinutes(1));
        fake.service("api").deployedBySomebody(V3);
        time.advance(Duration.ofSeconds(1));
        fake.fault("deployments", RailwayFault.staleRead(Duration.ofSeconds(20)));

        Observation found = perform().launched(live).after(receipt).observe(back());

        assertThat(found.state()).isEqualTo(State.SOMEWHERE_ELSE);
        assertThat(found.found()).contains("a later deployment is active");
    }

    @Test
    void some_answers_that_are_missing_while_it_is_looked_for_do_not_forget_the_request() throws Exception {
        Action way = back();
        perform().observe(way);
        fake.fault("deployments", RailwayFault.staleRead(Duration.ofSeconds(1)), 1);
        fake.fault("deployments", RailwayFault.unavailable(), 6);

        Receipt receipt = perform().launched(live).apply(way);
        fake.mend();

        assertThat(perform().launched(live).after(receipt).toTheEnd(way).state())
                .isEqualTo(State.AT_TARGET);
        assertThat(rollbacks()).hasSize(1);
    }

    @Test
    void what_waits_for_the_checks_of_its_repository_does_not_hold_up_a_rollback() throws Exception {
        fake.service("api").waitingForChecks().pushed(V3);

        assertThat(toTheEnd(back()).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void pages_are_read_as_far_as_is_needed() throws Exception {
        fake.pageSize(1);

        assertThat(toTheEnd(back()).state()).isEqualTo(State.AT_TARGET);
    }

    @Test
    void what_runs_on_a_schedule_is_taken_back_although_its_process_has_ended() throws Exception {
        fake.service("api").configured("cronSchedule", "0 3 * * *").completed();

        assertThat(nowLive().orElseThrow().id()).isEqualTo(live.id());
        Receipt receipt = perform().launched(live).apply(back());
        time.advance(Duration.ofMinutes(3));
        fake.service("api").completed();
        assertThat(perform().launched(live).after(receipt).observe(back()).state())
                .isEqualTo(State.AT_TARGET);
    }

    @Test
    void variables_that_are_not_there_yet_are_asked_for_again() throws Exception {
        toTheEnd(back());
        fake.fault("deploymentSnapshot", RailwayFault.nullData(), 1);

        List<Release> seen = perform()
                .ask(
                        api,
                        (driver, context) -> List.of(
                                driver.live(context).orElseThrow(),
                                driver.live(context).orElseThrow()));

        assertThat(seen.get(0).id()).isNotEqualTo(earlier.id());
        assertThat(seen.get(1).id()).isEqualTo(earlier.id());
    }

    // ---- what is known before

    @Test
    void what_is_live_is_available_if_its_image_and_its_retention_are_known() throws Exception {
        RailwayService unknownPlan = railway.service("api");

        assertThat(available(live).finding()).isEqualTo(Finding.PASSED);
        Outcome warned = perform().ask(unknownPlan, (driver, context) -> driver.available(live, context));
        assertThat(warned.finding()).isEqualTo(Finding.WARNED);
        assertThat(warned.why()).contains("plan(..)");
    }

    @Test
    void it_is_kept_for_as_long_as_the_plan_says_from_when_it_is_removed() throws Exception {
        Instant removed = fake.service("api").live().orElseThrow().createdAt();
        Instant until = keptUntil(api, earlier, perform()).orElseThrow();

        assertThat(until)
                .isBetween(removed.plus(Duration.ofHours(120)), time.now().plus(Duration.ofHours(120)));
        assertThat(keptUntil(api, live, perform())).isEmpty();
        assertThat(keptOnceReplaced(api)).contains(Duration.ofHours(120));
    }

    @Test
    void the_plan_is_asked_for_with_a_token_that_may_and_never_with_a_project_token() throws Exception {
        RailwayService mine = Railway.workspaceToken(fake.workspaceToken(), "shop", "production")
                .service("api");

        assertThat(keptOnceReplaced(mine)).contains(Duration.ofHours(120));
        assertThat(mine.driver().permissions()).extracting(Permission::action).contains("workspace");

        assertThat(keptOnceReplaced(railway.service("api"))).isEmpty();
        assertThat(railway.service("api").driver().permissions())
                .extracting(Permission::action)
                .doesNotContain("workspace");
    }

    @Test
    void a_plan_that_keeps_images_for_less_is_believed_to_the_hour() throws Exception {
        RailwayService hobby = railway.imagesKeptFor(Duration.ofHours(24)).service("api");

        assertThat(keptOnceReplaced(hobby)).contains(Duration.ofHours(24));
        assertThat(RailwayPlan.named("hobby")).contains(RailwayPlan.HOBBY);
        assertThat(RailwayPlan.named("GALAXY")).isEmpty();
    }

    @Test
    void a_push_that_would_undo_it_is_named() throws Exception {
        assertThat(perform().ask(api, Component.Driver::holds))
                .singleElement()
                .asString()
                .contains("branch main of acme/api", "by itself");
        fake.service("db").image("ghcr.io/acme/postgres:15").deployed(V1);
        assertThat(perform().ask(railway.service("db"), Component.Driver::holds))
                .isEmpty();
    }

    @Test
    void a_release_of_another_service_or_environment_is_not_there() throws Exception {
        fake.service("worker").source("acme/api", "main").deployed(V1).deployed(V2);
        Release foreign =
                Release.of("api", fake.service("worker").deployment(V1).id());

        assertThat(available(foreign).finding()).isEqualTo(Finding.FAILED);
        assertThat(observe(api.driver().backTo(foreign)).state()).isEqualTo(State.REFUSED);
        assertThat(observe(api.driver().backTo(Release.of("api", "../../x"))).state())
                .isEqualTo(State.REFUSED);
        assertThatThrownBy(() -> api.driver().backTo(Release.of("worker", earlier.id())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("release must be one of api");
    }

    // ---- a rebuild

    @Test
    void a_rebuild_is_done_only_where_it_is_agreed_to_and_the_image_is_gone() throws Exception {
        RailwayService rebuilding = railway.plan(RailwayPlan.PRO).service("api").rebuildingWhenGone();
        Action both = rebuilding.driver().backTo(earlier);
        fake.service("api").prune(earlier.id());

        Action rollback = both.alternatives().get(0);
        Action rebuild = both.alternatives().get(1);

        assertThat(observe(rollback).state()).isEqualTo(State.REFUSED);
        assertThat(rebuild.sentence()).startsWith("rebuild ").contains("no rollback to its image");
        assertThat(rebuild.conduct().deadline())
                .isGreaterThan(rollback.conduct().deadline());
        assertThat(rebuilding.driver().rollbackTakes().orElseThrow())
                .isGreaterThan(api.driver().rollbackTakes().orElseThrow());
        Outcome available = perform().ask(rebuilding, (driver, context) -> driver.available(earlier, context));
        assertThat(available.finding()).isEqualTo(Finding.WARNED);
        assertThat(keptUntil(rebuilding, earlier, perform())).isPresent();

        List<Release> seen = new ArrayList<>();
        Observation end = perform().launched(live).toTheEnd(new Afterwards(rebuild, context -> {
            seen.add(rebuilding.driver().live(context).orElseThrow());
        }));

        assertThat(end.state()).isEqualTo(State.AT_TARGET);
        assertThat(end.yielded().orElseThrow().id()).isEqualTo(earlier.id());
        assertThat(seen).extracting(Release::id).containsExactly(earlier.id());
        assertThat(fake.service("api").live().orElseThrow().commit()).isEqualTo(V1);
        assertThat(fake.mutations()).extracting(RailwayRequest::field).containsExactly("deploymentRedeploy");
    }

    @Test
    void values_of_variables_are_never_shown() throws Exception {
        fake.service("api").variable("API_KEY", "s3cr3t-value-of-a-key").deployedBySomebody(V3);
        Release third = nowLive().orElseThrow();
        Observation end = perform().launched(third).toTheEnd(api.driver().backTo(live));

        assertThat(end.toString() + nowLive() + available(live) + observe(back()))
                .doesNotContain("s3cr3t-value-of-a-key");
    }

    // ----

    /** Asks something in the same session, once an action is at its target. */
    private record Afterwards(Action action, Question then) implements Action {

        private interface Question {
            void ask(ActionContext context) throws Exception;
        }

        @Override
        public String sentence() {
            return action.sentence();
        }

        @Override
        public Kind kind() {
            return action.kind();
        }

        @Override
        public Conduct conduct() {
            return action.conduct();
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            Observation found = action.observe(context);
            if (found.state() == State.AT_TARGET) {
                then.ask(context);
            }
            return found;
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            return action.apply(context);
        }

        @Override
        public Set<Permission> permissions() {
            return action.permissions();
        }

        @Override
        public Set<Subject> touches() {
            return action.touches();
        }

        @Override
        public Set<Secret> secrets() {
            return action.secrets();
        }
    }
}
