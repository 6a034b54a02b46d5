package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class KeyPairTest extends OnFakeAws {

    private static final Predicate<Outcome> PASSED = outcome -> outcome.finding() == Finding.PASSED;
    private static final Predicate<Outcome> FAILED = outcome -> outcome.finding() == Finding.FAILED;

    private final KeyPair pair = aws.keyPair("deployer");

    @Test
    void a_key_pair_has_one_type() {
        fake.keyPair("deployer");

        assertThat(examine(pair.exists())).matches(PASSED);
        assertThat(examine(pair.isOfType("ED25519"))).matches(PASSED);
        Outcome outcome = examine(pair.isOfType("rsa"));
        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("type is ed25519");
    }

    @Test
    void a_key_pair_of_rsa_is_not_one_of_ed25519() {
        fake.keyPair("deployer").type("rsa");

        assertThat(examine(pair.isOfType("ed25519"))).matches(FAILED);
    }

    @Test
    void a_key_pair_that_is_not_there_fails() {
        assertThat(examine(pair.exists()).why()).isEqualTo("there is no key pair deployer in eu-north-1");
        assertThat(examine(pair.isOfType("ed25519"))).matches(FAILED);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.keyPair("deployer");

        assertThat(notUnknown("ec2", pair.exists())).isEmpty();
        assertThat(notUnknown("ec2", pair.isOfType("ed25519"))).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.keyPair("deployer");
        fake.faultNext(2, "ec2:DescribeKeyPairs", AwsFault.throttled());

        assertThat(examine(pair.exists())).matches(PASSED);
    }
}
