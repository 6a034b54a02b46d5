package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeDynamoDb;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbTableTest extends OnFakeAws {

    private static final Predicate<Outcome> PASSED = outcome -> outcome.finding() == Finding.PASSED;
    private static final Predicate<Outcome> FAILED = outcome -> outcome.finding() == Finding.FAILED;
    private static final Predicate<Outcome> UNKNOWN = outcome -> outcome.finding() == Finding.UNKNOWN;
    private static final String KEY = "arn:aws:kms:eu-north-1:123456789012:key/1";

    private final DynamoDbTable locks = aws.dynamoDb("locks");

    private FakeDynamoDb there() {
        return fake.dynamoDb("locks");
    }

    private List<Check> all() {
        return List.of(
                locks.isActive(),
                locks.hasKey("LockID"),
                locks.isPayPerRequest(),
                locks.isDeletionProtected(),
                locks.isEncryptedByKms(),
                locks.hasPointInTimeRecovery());
    }

    @Test
    void a_table_as_it_should_be_passes_everything() {
        there().key("LockID")
                .payPerRequest()
                .deletionProtection()
                .encryptedWith(KEY)
                .pointInTimeRecovery();

        assertThat(all()).allSatisfy(check -> assertThat(examine(check)).matches(PASSED));
    }

    @Test
    void a_table_as_it_is_made_fails_everything_but_being_active() {
        there();

        assertThat(examine(locks.isActive())).matches(PASSED);
        assertThat(all().subList(1, 6))
                .allSatisfy(check -> assertThat(examine(check)).matches(FAILED));
        assertThat(examine(locks.isPayPerRequest()).why()).isEqualTo("billing mode is PROVISIONED");
        assertThat(examine(locks.hasPointInTimeRecovery()).why()).isEqualTo("point-in-time recovery is DISABLED");
    }

    @Test
    void a_table_that_is_not_there_fails_everything() {
        assertThat(all()).allSatisfy(check -> {
            Outcome outcome = examine(check);
            assertThat(outcome).matches(FAILED);
            assertThat(outcome.why()).isEqualTo("there is no DynamoDB table locks in eu-north-1");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATING", "UPDATING", "DELETING", "SOMETHING_NEW"})
    void every_other_status_is_not_active_and_is_said(String status) {
        there().status(status);

        Outcome outcome = examine(locks.isActive());

        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("status is " + status);
    }

    @Test
    void a_key_of_another_name_type_or_with_a_sort_key_is_another() {
        there().key("lockId");
        assertThat(examine(locks.hasKey("LockID")).why()).isEqualTo("its key is lockId (S, HASH)");

        there().key("LockID", "N");
        assertThat(examine(locks.hasKey("LockID")).why()).isEqualTo("its key is LockID (N, HASH)");

        there().key("LockID").sortKey("at");
        assertThat(examine(locks.hasKey("LockID")).why()).isEqualTo("its key is LockID (S, HASH), at (S, RANGE)");
    }

    @Test
    void a_key_that_is_just_being_changed_is_unknown() {
        there().encryptedWith(KEY, "UPDATING");

        assertThat(examine(locks.isEncryptedByKms())).matches(UNKNOWN);
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                silence("TableStatus", DynamoDbTable::isActive),
                silence("KeySchema", table -> table.hasKey("LockID")),
                silence("AttributeDefinitions", table -> table.hasKey("LockID")),
                silence("BillingModeSummary", DynamoDbTable::isPayPerRequest),
                silence("DeletionProtectionEnabled", DynamoDbTable::isDeletionProtected),
                silence("PointInTimeRecoveryDescription", DynamoDbTable::hasPointInTimeRecovery));
    }

    private static Arguments silence(String member, Function<DynamoDbTable, Check> check) {
        return Arguments.of(member, check);
    }

    @ParameterizedTest
    @MethodSource("silences")
    void what_DynamoDB_does_not_tell_is_unknown(String member, Function<DynamoDbTable, Check> check) {
        there().key("LockID").payPerRequest().deletionProtection().pointInTimeRecovery();
        assertThat(examine(check.apply(locks))).matches(PASSED);

        there().silentAbout(member);

        assertThat(examine(check.apply(locks))).matches(UNKNOWN);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        there().key("LockID");

        for (Check check : all()) {
            assertThat(notUnknown("dynamodb", check)).as(check.sentence()).isEmpty();
        }
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        there();
        fake.faultNext(2, "dynamodb:DescribeTable", AwsFault.throttled());

        assertThat(examine(locks.isActive())).matches(PASSED);
        assertThat(fake.requests("dynamodb:DescribeTable")).hasSize(3);
    }

    @Test
    void what_must_be_allowed_is_declared() {
        assertThat(all())
                .allSatisfy(check -> assertThat(check.permissions())
                        .singleElement()
                        .asString()
                        .contains("arn:aws:dynamodb:eu-north-1:123456789012:table/locks"));
    }

    @Test
    void a_key_without_a_name_is_refused_at_once() {
        assertThatThrownBy(() -> locks.hasKey(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attribute must not be blank");
    }
}
