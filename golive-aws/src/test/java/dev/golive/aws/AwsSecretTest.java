package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Subject;
import dev.golive.testkit.aws.AwsFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwsSecretTest extends OnFakeAws {

    private static final Instant NOW = Instant.parse("2027-03-02T09:00:00Z");

    private final AwsSecret jwt = aws.secret("shop/jwt");

    private List<Check> all() {
        return List.of(
                jwt.exists(),
                jwt.hasAtLeastCharacters(32),
                jwt.differsFrom(aws.secret("test/jwt")),
                jwt.isRotated(),
                jwt.rotatedWithin(Duration.ofDays(30)),
                jwt.changedWithin(Duration.ofDays(30)));
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    @Test
    void a_secret_with_a_value_exists() {
        fake.secret("shop/jwt").text("x");

        assertThat(examine(jwt.exists())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void the_value_is_not_read_to_see_that_it_exists() {
        fake.secret("shop/jwt").text("x");

        examine(jwt.exists());

        assertThat(fake.requests("secretsmanager:GetSecretValue")).isEmpty();
        assertThat(Aws.permissionsFor(Checklist.named("l").require(jwt.exists()).build()))
                .contains("secretsmanager:DescribeSecret", "secret:shop/jwt-??????")
                .doesNotContain("GetSecretValue");
    }

    @Test
    void a_secret_that_is_not_there_fails_every_check() {
        for (Check check : all()) {
            Outcome outcome = examine(check);

            assertThat(outcome).matches(found -> found.finding() == Finding.FAILED, check.sentence());
            assertThat(outcome.why()).isEqualTo("there is no secret shop/jwt in eu-north-1");
        }
    }

    @Test
    void a_secret_that_is_scheduled_for_deletion_fails() {
        fake.secret("shop/jwt").text("x").scheduledForDeletion();

        Outcome outcome = examine(jwt.exists());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("it is scheduled for deletion");
    }

    @Test
    void a_secret_without_a_value_is_not_proven() {
        fake.secret("shop/jwt");

        assertThat(examine(jwt.exists())).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
        assertThat(examine(jwt.hasAtLeastCharacters(1))).matches(outcome -> outcome.finding() != Finding.PASSED);
    }

    @Test
    void a_secret_is_as_long_as_it_must_be() {
        fake.secret("shop/jwt").text("k".repeat(32));

        assertThat(examine(jwt.hasAtLeastCharacters(32))).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(jwt.hasAtLeastCharacters(33))).matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void white_space_around_a_value_does_not_make_it_longer() {
        fake.secret("shop/jwt").text("k".repeat(31) + " \n\n");

        assertThat(examine(jwt.hasAtLeastCharacters(32))).matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_character_of_two_units_is_one() {
        fake.secret("shop/jwt").text("😀".repeat(16));

        assertThat(examine(jwt.hasAtLeastCharacters(17))).matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void the_length_of_an_object_is_not_that_of_a_value() {
        fake.secret("shop/jwt").text("{\"secret\": \"short\", \"more\": \"and a lot of text besides it\"}");

        Outcome outcome = examine(jwt.hasAtLeastCharacters(32));

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).isEqualTo("the secret holds several values: name the key");
        assertThat(examine(jwt.key("secret").hasAtLeastCharacters(32)))
                .matches(found -> found.finding() == Finding.FAILED);
        assertThat(examine(jwt.key("more").hasAtLeastCharacters(20)))
                .matches(found -> found.finding() == Finding.PASSED);
    }

    @Test
    void a_key_that_is_not_there_fails() {
        fake.secret("shop/jwt").text("{\"a\": \"b\"}");

        Outcome outcome = examine(jwt.key("password").hasAtLeastCharacters(1));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("there is no key password of secret shop/jwt in eu-north-1");
    }

    @Test
    void a_key_of_what_has_no_keys_is_unknown() {
        for (String text : List.of("hunter2", "[1, 2]", "{\"password\": ", "{\"password\": {\"a\": \"b\"}}")) {
            fake.secret("shop/jwt").text(text);

            assertThat(examine(jwt.key("password").hasAtLeastCharacters(1)))
                    .matches(outcome -> outcome.finding() == Finding.UNKNOWN, text);
        }
    }

    @Test
    void bytes_are_not_characters() {
        fake.secret("shop/jwt").bytes(new byte[64]);

        assertThat(examine(jwt.hasAtLeastCharacters(32))).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    @Test
    void two_secrets_with_one_value_do_not_differ() {
        fake.secret("shop/jwt").text("the same");
        fake.secret("test/jwt").text("the same\n");

        assertThat(examine(jwt.differsFrom(aws.secret("test/jwt"))))
                .matches(outcome -> outcome.finding() == Finding.FAILED);

        fake.secret("test/jwt").text("another");

        assertThat(examine(jwt.differsFrom(aws.secret("test/jwt"))))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_password_that_two_objects_share_is_found_by_its_key_only() {
        fake.secret("shop/db").text("{\"user\": \"shop\", \"password\": \"hunter2\"}");
        fake.secret("test/db").text("{\"user\": \"test\", \"password\": \"hunter2\"}");
        AwsSecret shop = aws.secret("shop/db");
        AwsSecret test = aws.secret("test/db");

        assertThat(examine(shop.differsFrom(test))).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
        assertThat(examine(shop.key("password").differsFrom(test.key("password"))))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
        assertThat(examine(shop.key("user").differsFrom(test.key("user"))))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void nothing_differs_from_what_is_not_there() {
        fake.secret("shop/jwt").text("value");

        Outcome outcome = examine(jwt.differsFrom(aws.secret("test/jwt")));

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("there is no secret test/jwt in eu-north-1");
    }

    @Test
    void a_secret_is_not_compared_with_itself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> jwt.differsFrom(aws.secret("shop/jwt")))
                .withMessage("other must be another secret but was secret shop/jwt in eu-north-1");
    }

    @Test
    void a_comparison_with_another_account_declares_both() {
        Aws other = Aws.account("210987654321", "eu-west-1").credentials(fake.accessKeyId(), fake.secretAccessKey());

        Check check = jwt.differsFrom(other.secret("shop/jwt"));

        assertThat(check.sentence())
                .isEqualTo("secret shop/jwt in eu-north-1 differs from secret shop/jwt in eu-west-1 of account"
                        + " 210987654321");
        assertThat(check.touches())
                .containsExactlyInAnyOrder(new Subject("aws", "123456789012"), new Subject("aws", "210987654321"));
        assertThat(check.preconditions()).hasSize(2);
        assertThat(check.permissions()).hasSize(2);
    }

    @Test
    void a_secret_in_another_region_is_asked_there() {
        fake.secret("shop/jwt").text("value");

        examine(jwt.differsFrom(aws.in("eu-west-1").secret("shop/jwt")));

        assertThat(fake.requests("secretsmanager:GetSecretValue"))
                .extracting(request -> request.region())
                .containsExactly("eu-north-1", "eu-west-1");
    }

    @Test
    void a_secret_that_is_rotated_in_time_is_rotated() {
        fake.secret("shop/jwt").text("x").rotatesEvery(Duration.ofDays(30)).rotatedAt(daysAgo(10));

        assertThat(examine(jwt.isRotated())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(jwt.rotatedWithin(Duration.ofDays(11))))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(jwt.rotatedWithin(Duration.ofDays(10))))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_secret_without_rotation_is_not_rotated() {
        fake.secret("shop/jwt").text("x");

        assertThat(examine(jwt.isRotated())).matches(outcome -> outcome.finding() == Finding.FAILED);
        assertThat(examine(jwt.rotatedWithin(Duration.ofDays(30))))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_rotation_that_is_overdue_does_not_take_place() {
        fake.secret("shop/jwt").text("x").rotatesEvery(Duration.ofDays(30)).rotatedAt(daysAgo(32));

        Outcome outcome = examine(jwt.isRotated());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).startsWith("its rotation is overdue since");
    }

    @Test
    void what_counts_is_when_the_current_value_was_made() {
        fake.secret("shop/jwt").text("old", daysAgo(100)).text("new", daysAgo(20));
        fake.pageSize(1);

        Check check = jwt.changedWithin(Duration.ofDays(30));

        assertThat(examine(check)).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("secretsmanager:ListSecretVersionIds")).hasSize(2);
        assertThat(examine(jwt.changedWithin(Duration.ofDays(19))))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
        assertThat(fake.requests("secretsmanager:GetSecretValue")).isEmpty();
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.secret("shop/jwt")
                .text("x".repeat(40))
                .rotatesEvery(Duration.ofDays(30))
                .rotatedAt(daysAgo(1));
        fake.secret("test/jwt").text("y");

        for (Check check : all()) {
            assertThat(notUnknown("secretsmanager", check)).as(check.sentence()).isEmpty();
        }
    }

    @Test
    void a_secret_that_is_marked_for_deletion_does_not_tell_its_value() {
        fake.secret("shop/jwt").text("x".repeat(40)).scheduledForDeletion();

        assertThat(examine(jwt.hasAtLeastCharacters(32))).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.secret("shop/jwt").text("x".repeat(40));
        fake.faultNext(2, "secretsmanager:GetSecretValue", AwsFault.throttled());

        assertThat(examine(jwt.hasAtLeastCharacters(32))).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_key_of_the_customer_must_be_allowed() {
        String key = "arn:aws:kms:eu-north-1:123456789012:key/k";

        assertThat(jwt.encryptedWith(key).hasAtLeastCharacters(32).permissions())
                .extracting(permission -> permission.action() + " " + permission.resource())
                .containsExactlyInAnyOrder(
                        "secretsmanager:GetSecretValue "
                                + "arn:aws:secretsmanager:eu-north-1:123456789012:secret:shop/jwt-??????",
                        "kms:Decrypt " + key);
        assertThat(jwt.encryptedWith(key).exists().permissions()).hasSize(1);
    }
}
