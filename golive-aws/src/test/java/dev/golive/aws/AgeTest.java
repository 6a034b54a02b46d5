package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.Examine;
import dev.golive.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How every check that asks how old something is judges it. */
class AgeTest extends OnFakeAws {

    private static final Duration HOUR = Duration.ofHours(1);

    private interface Asked {
        Check of(Aws aws);
    }

    private static Stream<Asked> all() {
        return Stream.of(
                aws -> aws.rds("shop-db").latestAutomatedSnapshot().isYoungerThan(HOUR),
                aws -> aws.rds("shop-db").latestRestorableTime().isYoungerThan(HOUR),
                aws -> aws.bucket("shop-state").newestObject("state/").isYoungerThan(HOUR),
                aws -> aws.iamUser("deployer").accessKeysYoungerThan(HOUR),
                aws -> aws.ecr("shop").scan("1.5.0").isYoungerThan(HOUR),
                aws -> aws.secret("shop/jwt").rotatedWithin(HOUR),
                aws -> aws.secret("shop/jwt").changedWithin(HOUR));
    }

    /** All of it is of nine o'clock. */
    @BeforeEach
    void made() {
        Instant now = time.now();
        fake.rds("shop-db").automatedSnapshot(now).restorableUpTo(Duration.ZERO);
        fake.bucket("shop-state").object("state/terraform", "{}", now);
        fake.iamUser("deployer").accessKey(now);
        fake.ecr("shop").image("1.5.0", "sha256:" + "1".repeat(64)).scanned("1.5.0");
        fake.secret("shop/jwt").text("x", now).rotatesEvery(HOUR).rotatedAt(now);
    }

    private Outcome at(String instant, Check check) {
        return Examine.once(check)
                .through(fake.network())
                .on(VirtualTime.startingAt(instant))
                .outcome();
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_is_as_old_as_the_limit_is_too_old(Asked asked) {
        assertThat(at("2027-03-02T09:59:59Z", asked.of(aws))).matches(one -> one.finding() == Finding.PASSED);
        assertThat(at("2027-03-02T10:00:00Z", asked.of(aws))).matches(one -> one.finding() == Finding.FAILED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_is_still_to_come_proves_nothing(Asked asked) {
        Outcome outcome = at("2027-03-02T08:54:59Z", asked.of(aws));

        assertThat(outcome).matches(one -> one.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).endsWith(" is of 2027-03-02T09:00:00Z, which is still to come");
        assertThat(at("2027-03-02T08:55:00Z", asked.of(aws))).matches(one -> one.finding() == Finding.PASSED);
    }
}
