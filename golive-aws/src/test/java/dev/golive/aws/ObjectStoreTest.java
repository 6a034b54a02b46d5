package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.testkit.Examine;
import dev.golive.testkit.aws.AwsFault;
import java.net.URI;
import org.junit.jupiter.api.Test;

class ObjectStoreTest extends OnFakeAws {

    private static final URI ENDPOINT = URI.create("https://0123456789abcdef.store.example");

    private final ObjectStore store =
            ObjectStore.at(ENDPOINT, "R2").credentials(fake.accessKeyId(), fake.secretAccessKey());
    private final Bucket bucket = store.bucket("shop-uploads");

    private Outcome there(Check check) {
        return Examine.once(check)
                .through(fake.network().endpoint(ENDPOINT, fake.uri()))
                .on(time)
                .outcome();
    }

    @Test
    void its_buckets_are_asked_at_its_endpoint_in_the_region_auto() {
        fake.bucket("shop-uploads").cors("https://shop.example", "PUT");

        Outcome outcome = there(bucket.cors().allows("https://shop.example", "PUT"));

        assertThat(outcome).matches(found -> found.finding() == Finding.PASSED);
        assertThat(fake.requests("s3:GetBucketCors"))
                .singleElement()
                .matches(request -> request.region().equals("auto")
                        && request.parameter("ExpectedBucketOwner").isEmpty());
        assertThat(fake.requests("sts:GetCallerIdentity")).isEmpty();
    }

    @Test
    void it_touches_its_host_and_no_account() {
        Check check = bucket.exists();

        assertThat(check.preconditions()).isEmpty();
        assertThat(check.touches()).containsExactly(Subject.host("0123456789abcdef.store.example"));
        assertThat(check.permissions())
                .singleElement()
                .matches(permission -> permission.system().equals("0123456789abcdef.store.example"));
        assertThat(check.sentence()).isEqualTo("bucket shop-uploads of R2 exists");
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.bucket("shop-uploads");
        fake.fault(AwsFault.denied());

        assertThat(there(bucket.exists())).matches(found -> found.finding() == Finding.UNKNOWN);
    }

    @Test
    void a_bucket_that_is_not_there_fails() {
        assertThat(there(bucket.exists()).why()).isEqualTo("there is no bucket shop-uploads of R2");
    }

    @Test
    void another_region_can_be_given() {
        fake.bucket("shop-uploads");

        there(store.region("eu-central").bucket("shop-uploads").exists());

        assertThat(fake.requests("s3:ListObjectsV2"))
                .singleElement()
                .matches(request -> request.region().equals("eu-central"));
    }

    @Test
    void credentials_of_aws_are_never_sent_there() {
        assertThatThrownBy(() -> ObjectStore.at(ENDPOINT, "R2").bucket("shop-uploads"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_endpoint_is_a_host_alone() {
        for (String bad : new String[] {
            "ftp://store.example", "https:store", "https://store.example/bucket", "https://a:b@store.example", "/x"
        }) {
            assertThatThrownBy(() -> ObjectStore.at(URI.create(bad), "R2"))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("endpoint");
        }
        assertThatThrownBy(() -> store.credentials(" ", Secret.found("key", "secret-key")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
