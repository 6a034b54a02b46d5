package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ElasticIpTest extends OnFakeAws {

    private static final Predicate<Outcome> PASSED = outcome -> outcome.finding() == Finding.PASSED;
    private static final Predicate<Outcome> FAILED = outcome -> outcome.finding() == Finding.FAILED;

    private final ElasticIp ip = aws.elasticIp("192.0.2.7");

    @Test
    void an_address_is_attached_to_the_instance_that_has_it() {
        fake.elasticIp("192.0.2.7").attachedTo("i-1");

        assertThat(examine(ip.exists())).matches(PASSED);
        assertThat(examine(ip.isAttachedTo("i-1"))).matches(PASSED);
        Outcome outcome = examine(ip.isAttachedTo("i-2"));
        assertThat(outcome).matches(FAILED);
        assertThat(outcome.why()).isEqualTo("it is attached to i-1");
    }

    @Test
    void an_address_that_nothing_has_is_there_and_not_attached() {
        fake.elasticIp("192.0.2.7");

        assertThat(examine(ip.exists())).matches(PASSED);
        assertThat(examine(ip.isAttachedTo("i-1"))).matches(FAILED);
    }

    @Test
    void it_is_also_known_by_its_allocation() {
        fake.elasticIp("eipalloc-1").attachedTo("i-1");

        assertThat(examine(aws.elasticIp("eipalloc-1").isAttachedTo("i-1"))).matches(PASSED);
    }

    @Test
    void an_address_that_is_not_there_fails() {
        assertThat(examine(ip.exists()).why()).isEqualTo("there is no elastic IP address 192.0.2.7 in eu-north-1");
        assertThat(examine(aws.elasticIp("eipalloc-1").exists())).matches(FAILED);
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.elasticIp("192.0.2.7");

        assertThat(notUnknown("ec2", ip.exists())).isEmpty();
        assertThat(notUnknown("ec2", ip.isAttachedTo("i-1"))).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.elasticIp("192.0.2.7");
        fake.faultNext(2, "ec2:DescribeAddresses", AwsFault.throttled());

        assertThat(examine(ip.exists())).matches(PASSED);
    }
}
