package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.ItemResult;
import dev.golive.Status;
import dev.golive.Trial;
import dev.golive.testkit.aws.AwsFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTrialTest extends OnFakeAws {

    private final Trial trial = aws.bucket("shop-uploads").trial("trials/");

    private ItemResult perform(Trial one) {
        Environment environment = Environment.named("test").account("aws", fake.account());
        try (GoLive golive = GoLive.builder()
                .time(time)
                .network(fake.network())
                .allowTrials(environment)
                .build()) {
            return golive.run(
                            Checklist.named("shop")
                                    .require(one.as("round trip").freshFor(Duration.ofHours(1)))
                                    .build(),
                            environment)
                    .results()
                    .get(0);
        }
    }

    @Test
    void what_is_put_there_is_read_and_deleted() {
        fake.bucket("shop-uploads").object("trials/other", "stays");

        assertThat(perform(trial)).matches(result -> result.status() == Status.PASSED);
        assertThat(fake.bucket("shop-uploads").objects()).containsOnlyKeys("trials/other");
        assertThat(fake.requests("s3:PutObject")).hasSize(1);
    }

    @Test
    void it_is_deleted_also_when_it_could_not_be_read() {
        fake.bucket("shop-uploads");
        fake.fault("s3:GetObject", AwsFault.denied());

        ItemResult result = perform(trial);

        assertThat(result).matches(one -> one.status() == Status.UNKNOWN);
        assertThat(fake.bucket("shop-uploads").objects()).isEmpty();
    }

    @Test
    void one_that_could_not_be_cleaned_up_has_not_passed() {
        fake.bucket("shop-uploads");
        fake.fault("s3:DeleteObject", AwsFault.denied());

        assertThat(perform(trial)).matches(one -> one.status() != Status.PASSED);
    }

    @Test
    void a_bucket_that_is_not_there_fails() {
        assertThat(perform(trial)).matches(one -> one.status() == Status.FAILED);
    }

    @Test
    void content_that_comes_back_changed_fails() {
        fake.bucket("shop-uploads");
        fake.faultNext(1, "s3:GetObject", AwsFault.garbage());

        assertThat(perform(trial)).matches(one -> one.status() == Status.FAILED);
        assertThat(fake.bucket("shop-uploads").objects()).isEmpty();
    }

    @Test
    void it_says_what_it_writes() {
        assertThat(trial.writes()).isEqualTo("the object trials/golive-trial of bucket shop-uploads in eu-north-1");
        assertThat(trial.permissions())
                .anyMatch(permission -> permission.action().equals("s3:PutObject")
                        && permission.resource().equals("arn:aws:s3:::shop-uploads/trials/golive-trial"));
    }
}
