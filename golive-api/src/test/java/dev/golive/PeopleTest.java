package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PeopleTest {

    private static final Person ANN = Person.human("ann", "engineer");
    private static final Person BOB = Person.human("bob", "engineer");
    private static final Approval TWO = Approval.named("W4").byTwoOf("engineer");
    private static final Approval ONE = Approval.named("W4").by("engineer");

    /** Answers whatever is asked by what a function makes of the question. */
    private static ItemResult asked(Item item, Function<Question, List<Answer>> answers) {
        Report report = run(
                GoLive.builder().answers(answers::apply),
                Checklist.named("list").require(passing("a")).require(item).build());
        return result(report, item.id());
    }

    private static ItemResult approved(Approval approval, Function<Question, List<Answer>> answers) {
        return asked(approval.freshFor(Duration.ofDays(7)), answers);
    }

    private static Answer says(Person by, Answer.Kind kind, Question question) {
        return saysAt(Instant.now(), by, kind, question);
    }

    private static Answer saysAt(Instant at, Person by, Answer.Kind kind, Question question) {
        return new Answer(question.itemId(), kind, by, at, question.digest(), "");
    }

    @Test
    void two_different_persons_are_enough_for_four_eyes() {
        ItemResult result =
                approved(TWO, q -> List.of(says(ANN, Answer.Kind.APPROVED, q), says(BOB, Answer.Kind.APPROVED, q)));
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.facts()).extracting(Fact::found).contains("ann", "bob");
    }

    @Test
    void one_person_in_three_roles_counts_once() {
        Person again = Person.human("ann", "engineer", "boss", "owner");
        ItemResult result =
                approved(TWO, q -> List.of(says(ANN, Answer.Kind.APPROVED, q), says(again, Answer.Kind.APPROVED, q)));
        assertThat(result.status()).isEqualTo(Status.PENDING);
        assertThat(result.why()).isEqualTo("waits for a second person of engineer");
    }

    @Test
    void automation_never_counts_as_a_person() {
        ItemResult result =
                approved(ONE, q -> List.of(says(Person.automation("bot", "engineer"), Answer.Kind.APPROVED, q)));
        assertThat(result.status()).isEqualTo(Status.PENDING);
        assertThat(result.why()).contains("bot is automation");
    }

    @Test
    void a_person_in_another_role_does_not_count() {
        ItemResult result = approved(ONE, q -> List.of(says(Person.human("eve", "guest"), Answer.Kind.APPROVED, q)));
        assertThat(result.status()).isEqualTo(Status.PENDING);
        assertThat(result.why()).contains("eve does not act as engineer");
    }

    @Test
    void an_answer_that_is_known_too_weakly_does_not_count() {
        Approval signed = ONE.atLeast(Assurance.SIGNED);
        assertThat(approved(signed, q -> List.of(says(ANN.known(Assurance.ATTESTED), Answer.Kind.APPROVED, q)))
                        .why())
                .contains("ann is known only as ATTESTED, SIGNED is needed");
        assertThat(approved(signed, q -> List.of(says(ANN.known(Assurance.SIGNED), Answer.Kind.APPROVED, q)))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void one_refusal_by_an_entitled_person_fails_it() {
        ItemResult result = approved(
                TWO,
                q -> List.of(
                        says(ANN, Answer.Kind.APPROVED, q),
                        says(BOB, Answer.Kind.APPROVED, q),
                        says(Person.human("kim", "engineer"), Answer.Kind.REFUSED, q)));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).startsWith("refused by kim");
    }

    @Test
    void a_refusal_stands_against_a_later_answer_that_is_known_too_weakly() {
        Instant now = Instant.now();
        for (Answer.Kind later : List.of(Answer.Kind.WITHDRAWN, Answer.Kind.APPROVED)) {
            ItemResult result = approved(
                    ONE.atLeast(Assurance.SIGNED),
                    q -> List.of(
                            saysAt(now.minusSeconds(60), ANN.known(Assurance.SIGNED), Answer.Kind.REFUSED, q),
                            saysAt(now.minusSeconds(30), ANN, later, q),
                            saysAt(now.minusSeconds(20), BOB.known(Assurance.SIGNED), Answer.Kind.APPROVED, q)));
            assertThat(result.status()).as("%s", later).isEqualTo(Status.FAILED);
        }
    }

    @Test
    void what_was_withdrawn_no_longer_counts() {
        Instant now = Instant.now();
        ItemResult result = approved(
                ONE,
                q -> List.of(
                        saysAt(now.minusSeconds(60), ANN, Answer.Kind.APPROVED, q),
                        saysAt(now.minusSeconds(30), ANN, Answer.Kind.WITHDRAWN, q)));
        assertThat(result.status()).isEqualTo(Status.PENDING);
    }

    @Test
    void a_withdrawn_refusal_no_longer_fails_it() {
        Instant now = Instant.now();
        ItemResult result = approved(
                ONE,
                q -> List.of(
                        saysAt(now.minusSeconds(60), ANN, Answer.Kind.REFUSED, q),
                        saysAt(now.minusSeconds(30), ANN, Answer.Kind.WITHDRAWN, q),
                        saysAt(now.minusSeconds(20), BOB, Answer.Kind.APPROVED, q)));
        assertThat(result.status()).isEqualTo(Status.PASSED);
    }

    @Test
    void at_the_same_instant_a_refusal_or_withdrawal_outweighs_a_yes() {
        Instant at = Instant.now().minusSeconds(5);
        assertThat(approved(
                                ONE,
                                q -> List.of(
                                        saysAt(at, ANN, Answer.Kind.REFUSED, q),
                                        saysAt(at, ANN, Answer.Kind.APPROVED, q)))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void an_answer_to_another_state_is_stale() {
        ItemResult result =
                approved(ONE, q -> List.of(new Answer("W4", Answer.Kind.APPROVED, ANN, Instant.now(), "0000", "")));
        assertThat(result.status()).isEqualTo(Status.STALE);
        assertThat(result.why()).contains("was given to another state of the checklist");
    }

    @Test
    void an_answer_older_than_its_freshness_is_stale() {
        ItemResult result = approved(
                ONE, q -> List.of(saysAt(Instant.now().minus(Duration.ofDays(8)), ANN, Answer.Kind.APPROVED, q)));
        assertThat(result.status()).isEqualTo(Status.STALE);
        assertThat(result.why()).contains("is older than 7 d");
    }

    @Test
    void an_answer_from_the_future_is_not_believed_beyond_the_difference_of_two_clocks() {
        assertThat(approved(ONE, q -> List.of(saysAt(Instant.now().plusSeconds(120), ANN, Answer.Kind.APPROVED, q)))
                        .why())
                .contains("dated in the future");
        assertThat(approved(ONE, q -> List.of(saysAt(Instant.now().plusSeconds(20), ANN, Answer.Kind.APPROVED, q)))
                        .status())
                .isEqualTo(Status.PASSED);
        assertThat(approved(ONE, q -> List.of(saysAt(Instant.MAX, ANN, Answer.Kind.APPROVED, q)))
                        .status())
                .isEqualTo(Status.PENDING);
    }

    @Test
    void a_confirmation_is_no_approval() {
        ItemResult result = approved(ONE, q -> List.of(says(ANN, Answer.Kind.CONFIRMED, q)));
        assertThat(result.status()).isEqualTo(Status.PENDING);
        assertThat(result.why()).contains("ann answered CONFIRMED, which is no answer to this");
    }

    @Test
    void a_confirmation_is_given_by_anybody_or_where_it_has_an_owner_by_that_role() {
        Item anybody = Confirmation.of("W3", "somebody logged in").freshFor(Duration.ofDays(1));
        Person guest = Person.human("eve");
        assertThat(asked(anybody, q -> List.of(says(guest, Answer.Kind.CONFIRMED, q)))
                        .status())
                .isEqualTo(Status.PASSED);
        Item owned = anybody.ownedBy("engineer");
        assertThat(asked(owned, q -> List.of(says(guest, Answer.Kind.CONFIRMED, q)))
                        .status())
                .isEqualTo(Status.PENDING);
        assertThat(asked(owned, q -> List.of(says(ANN, Answer.Kind.CONFIRMED, q)))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void answers_to_other_items_do_not_count() {
        ItemResult result =
                approved(ONE, q -> List.of(new Answer("W5", Answer.Kind.APPROVED, ANN, Instant.now(), q.digest(), "")));
        assertThat(result.status()).isEqualTo(Status.PENDING);
    }

    @Test
    void answers_that_cannot_be_had_leave_it_unknown() {
        ItemResult result = approved(ONE, q -> {
            throw new IllegalStateException("the chat is down");
        });
        assertThat(result.status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.why()).contains("the chat is down");
    }

    private static String digestOf(Checklist list, Environment where, Release release, Waiver... waivers) {
        List<String> digests = new ArrayList<>();
        Answers recording = question -> {
            digests.add(question.digest());
            return List.of();
        };
        try (GoLive golive =
                GoLive.builder().answers(recording).waivers(waivers).build()) {
            String shown =
                    result(golive.run(list, where, release), "W4").digest().orElseThrow();
            assertThat(digests).containsExactly(shown);
            return shown;
        }
    }

    @Test
    void an_approval_is_bound_to_plan_environment_release_open_items_and_waivers() {
        Item approval = ONE.freshFor(Duration.ofDays(7));
        Item flaky = Canned.failing("b").as("B");
        Checklist list = Checklist.named("list")
                .require(passing("a"))
                .recommend(flaky)
                .require(approval)
                .build();
        Checklist better = Checklist.named("list")
                .require(passing("a"))
                .recommend(passing("b").as("B"))
                .require(approval)
                .build();
        Checklist other = Checklist.named("list")
                .require(passing("z"))
                .recommend(flaky)
                .require(approval)
                .build();
        Release release = new Release("web", "v1", "c1", "sha256:1");
        String first = digestOf(list, STAGING, release);
        assertThat(digestOf(list, STAGING, release)).isEqualTo(first);
        List<String> changed = List.of(
                digestOf(better, STAGING, release),
                digestOf(other, STAGING, release),
                digestOf(list, STAGING.host("other.example"), release),
                digestOf(list, STAGING.account("aws", "1"), release),
                digestOf(list, STAGING, Release.of("web", "v2")),
                digestOf(list, STAGING, new Release("web", "v1", "c1", "sha256:2")),
                digestOf(list, STAGING, new Release("web", "v1", "c2", "sha256:1")),
                digestOf(list, STAGING, release, Waiver.of(flaky, Person.human("ann", "boss"), "x", Instant.MAX)));
        assertThat(changed).doesNotContain(first).doesNotHaveDuplicates();
    }

    @Test
    void an_environment_called_production_is_not_production() {
        Checklist list = Checklist.named("list")
                .require(passing("a"))
                .require(ONE.freshFor(Duration.ofDays(7)))
                .build();
        Release release = Release.of("web", "v1");
        assertThat(digestOf(list, Environment.named("x production"), release))
                .isNotEqualTo(digestOf(list, Environment.production("x"), release));
    }

    @Test
    void an_approval_is_asked_for_last() {
        List<String> order = new ArrayList<>();
        run(
                GoLive.builder().concurrency(1).answers(question -> {
                    order.add("asked");
                    return List.of();
                }),
                Checklist.named("list")
                        .require(ONE.freshFor(Duration.ofDays(7)))
                        .require(Check.that("a", context -> {
                            order.add("examined");
                            return Outcome.passed();
                        }))
                        .build());
        assertThat(order).containsExactly("examined", "asked");
    }

    @Test
    void one_name_in_two_spellings_is_one_person() {
        Person again = Person.human("Ann ", "engineer");
        ItemResult result =
                approved(TWO, q -> List.of(says(ANN, Answer.Kind.APPROVED, q), says(again, Answer.Kind.APPROVED, q)));
        assertThat(result.status()).isEqualTo(Status.PENDING);
    }
}
