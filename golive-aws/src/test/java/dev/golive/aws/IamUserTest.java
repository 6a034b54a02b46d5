package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.aws.internal.iam.PolicyDocument;
import dev.golive.provider.ApiProblem;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeIamUser;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IamUserTest extends OnFakeAws {

    private static final Duration QUARTER = Duration.ofDays(90);
    private static final String ALL = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    private static final String SOME =
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:*\",\"rds:Describe*\"],\"Resource\":\"*\"}]}";

    private final IamUser user = aws.iamUser("deployer");

    private FakeIamUser there() {
        return fake.iamUser("deployer");
    }

    private void passes(Check check) {
        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    private Outcome fails(Check check) {
        Outcome outcome = examine(check);
        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        return outcome;
    }

    private static List<Check> checks(IamUser user) {
        return List.of(user.exists(), user.isNotAdministrator(), user.accessKeysYoungerThan(QUARTER));
    }

    static Stream<Integer> each() {
        return Stream.of(0, 1, 2);
    }

    @ParameterizedTest
    @MethodSource("each")
    void a_bare_user_passes(int which) {
        there();

        passes(checks(user).get(which));
    }

    @ParameterizedTest
    @MethodSource("each")
    void one_that_is_not_there_fails(int which) {
        assertThat(fails(checks(user).get(which)).why()).isEqualTo("there is no IAM user deployer");
    }

    @ParameterizedTest
    @MethodSource("each")
    void what_stands_between_us_and_an_answer_is_unknown(int which) {
        there();

        assertThat(notUnknown("iam", checks(user).get(which))).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        there();
        fake.faultNext(2, "iam", AwsFault.throttled());

        passes(user.isNotAdministrator());
    }

    @Test
    void each_request_that_is_denied_leaves_it_unknown() {
        there().attached("Deploy", SOME).inline("more", SOME).groupAttached("ops", "Ops", SOME);
        there().groupInline("ops", "rest", SOME);
        passes(user.isNotAdministrator());

        for (String operation : List.of(
                "ListAttachedUserPolicies",
                "ListUserPolicies",
                "GetUserPolicy",
                "ListGroupsForUser",
                "ListAttachedGroupPolicies",
                "ListGroupPolicies",
                "GetGroupPolicy",
                "GetPolicy",
                "GetPolicyVersion")) {
            fake.fault("iam:" + operation, AwsFault.denied());
            assertThat(examine(user.isNotAdministrator()))
                    .as(operation)
                    .matches(outcome -> outcome.finding() == Finding.UNKNOWN);
            fake.mend();
            fake.fault("iam:" + operation, AwsFault.empty());
            assertThat(examine(user.isNotAdministrator()))
                    .as(operation)
                    .matches(outcome -> outcome.finding() == Finding.UNKNOWN);
            fake.mend();
        }
    }

    @Test
    void the_policy_of_aws_makes_an_administrator() {
        there().administrator();

        assertThat(fails(user.isNotAdministrator()).why()).isEqualTo("it is an administrator by AdministratorAccess");
    }

    @Test
    void the_policy_for_power_users_makes_none() {
        there().powerUser();

        passes(user.isNotAdministrator());
    }

    @Test
    void every_way_to_a_policy_is_looked_at() {
        fake.iamUser("a").attached("Mine", ALL);
        fake.iamUser("b").inline("mine", ALL);
        fake.iamUser("c").groupAdministrator("admins");
        fake.iamUser("d").groupAttached("d-group", "Theirs", ALL);
        fake.iamUser("e").groupInline("e-group", "theirs", ALL);

        assertThat(fails(aws.iamUser("a").isNotAdministrator()).why()).endsWith("by Mine");
        assertThat(fails(aws.iamUser("b").isNotAdministrator()).why()).endsWith("by mine of the user");
        assertThat(fails(aws.iamUser("c").isNotAdministrator()).why())
                .endsWith("by AdministratorAccess of group admins");
        assertThat(fails(aws.iamUser("d").isNotAdministrator()).why()).endsWith("by Theirs of group d-group");
        assertThat(fails(aws.iamUser("e").isNotAdministrator()).why()).endsWith("by theirs of group e-group");
    }

    @Test
    void the_last_policy_of_the_last_page_counts() {
        there().attached("A", SOME).attached("B", SOME).attached("C", SOME);
        there().inGroup("g1").inGroup("g2").groupInline("g3", "x", SOME);
        there().groupInline("g3", "y", SOME).groupInline("g3", "z", ALL);
        fake.pageSize(1);

        assertThat(fails(user.isNotAdministrator()).why()).endsWith("by z of group g3");
        assertThat(fake.requests("iam:ListAttachedUserPolicies")).hasSize(3);
    }

    @Test
    void keys_are_judged_by_their_age_if_they_are_active() throws Exception {
        there().accessKey(time.now().minus(Duration.ofDays(89)))
                .inactiveAccessKey(time.now().minus(Duration.ofDays(999)));
        passes(user.accessKeysYoungerThan(QUARTER));

        time.advance(Duration.ofDays(1));
        assertThat(fails(user.accessKeysYoungerThan(QUARTER)).why()).startsWith("too old: AKIAFAKE");
    }

    @Test
    void keys_of_the_last_page_count() {
        for (int days : new int[] {1, 2, 200}) {
            there().accessKey(time.now().minus(Duration.ofDays(days)));
        }
        fake.pageSize(1);

        fails(user.accessKeysYoungerThan(QUARTER));
        assertThat(fake.requests("iam:ListAccessKeys")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*'}}",
                "{'Statement':[{'Effect':'Deny','Action':'*','Resource':'*'},"
                        + "{'Effect':'allow','Action':['s3:Get*','*:*'],'Resource':['arn:aws:s3:::a','*']}]}",
                "{'Statement':{'Effect':'Allow','Action':'**','Resource':'arn:aws:*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:*:*:*:*:*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','NotResource':'arn:aws:s3:::a'}}",
                "{'Statement':{'Effect':'Allow','Action':'IAM:*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','NotAction':'s3:*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'iam:*','Resource':'arn:aws:iam::123456789012:*'}}",
                "{'Statement':{'Effect':'Allow','Action':'iam:*','Resource':'arn:aws:iam::*:*'}}",
                "{'Statement':{'Effect':'Allow','Action':'iam:*','Resource':['a','arn:aws:iam::*']}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws:iam::123456789012:*'}}",
                "{'Statement':{'Effect':'Allow','NotAction':'s3:*','Resource':'arn:aws:iam::*:*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Bool':{'a':'true'}}}}"
            })
    void documents_that_allow_everything_make_an_administrator(String document) {
        assertThat(PolicyDocument.administrator(document.replace('\'', '"'))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Statement':[]}",
                "{'Statement':{'Effect':'Deny','Action':'*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::a/*'}}",
                "{'Statement':{'Effect':'Allow','Action':'iam:Get*','Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'iam:Get*','Resource':'arn:aws:iam::*:*'}}",
                "{'Statement':{'Effect':'Allow','Action':'iam:*','Resource':'arn:aws:iam::123456789012:mfa/*'}}",
                "{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:iam::123456789012:*'}}",
                "{'Statement':{'Effect':'Allow','NotAction':['iam:*','organizations:*'],'Resource':'*'}}"
            })
    void others_make_none(String document) {
        assertThat(PolicyDocument.administrator(document.replace('\'', '"'))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{'Statement':'x'}",
                "{'Statement':[{}]}",
                "{'Statement':{'Effect':1}}",
                "{'Statement':{'Effect':'Allow','Action':{},'Resource':'*'}}",
                "{'Statement':{'Effect':'Allow','Action':'s3:*','Resource':[1]}}"
            })
    void what_is_no_policy_proves_nothing(String document) {
        assertThatThrownBy(() -> PolicyDocument.administrator(document.replace('\'', '"')))
                .isInstanceOf(ApiProblem.class);
    }

    @Test
    void documents_come_encoded() {
        there().inline(
                        "plus",
                        "{\"Statement\":{\"Sid\":\"a+b %41\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}");

        fails(user.isNotAdministrator());
    }

    @Test
    void it_says_what_it_needs() {
        assertThat(user.isNotAdministrator().permissions())
                .anyMatch(permission -> permission.action().equals("iam:ListAttachedUserPolicies")
                        && permission.resource().equals("arn:aws:iam::123456789012:user/*"));
        assertThatThrownBy(() -> user.accessKeysYoungerThan(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
