package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Finding;
import dev.golive.testkit.Examine;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.testkit.aws.FakeRds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RdsSnapshotPropertyTest {

    private static final int LIMIT = 26 * 60;

    /** What there is, and whether it is a backup of the instance that is available and made by itself. */
    enum Kind {
        AUTOMATED(true),
        BACKUP(true),
        FRESH_COPY_OF_AN_OLD_ONE(false),
        FAILED(false),
        MANUAL(false),
        IN_THE_MAKING(false),
        OF_AN_EARLIER_INSTANCE(false);

        final boolean counts;

        Kind(boolean counts) {
            this.counts = counts;
        }
    }

    record Made(Kind kind, int minutesAgo) {}

    @Provide
    Arbitrary<List<Made>> snapshots() {
        Arbitrary<Integer> ages = Arbitraries.oneOf(
                Arbitraries.of(0, 1, LIMIT - 1, LIMIT, LIMIT + 1),
                Arbitraries.integers().between(0, 3 * LIMIT));
        return Combinators.combine(Arbitraries.of(Kind.class), ages)
                .as(Made::new)
                .list()
                .ofMaxSize(6);
    }

    @Property(tries = 15)
    void a_backup_is_young_exactly_if_one_that_counts_is(@ForAll("snapshots") List<Made> snapshots) {
        VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        try (FakeAws fake = FakeAws.start(time)) {
            Instant now = time.now();
            FakeRds db = fake.rds("shop-db");
            snapshots.stream()
                    .filter(made -> made.kind() == Kind.OF_AN_EARLIER_INSTANCE)
                    .forEach(made -> db.automatedSnapshot(now.minus(Duration.ofMinutes(made.minutesAgo()))));
            db.madeAnew();
            snapshots.forEach(made -> add(db, made, now));
            RdsInstance asked = Aws.account(fake.account(), fake.region())
                    .credentials(fake.accessKeyId(), fake.secretAccessKey())
                    .rds("shop-db");

            Finding finding = Examine.once(asked.latestAutomatedSnapshot().isYoungerThan(Duration.ofMinutes(LIMIT)))
                    .through(fake.network())
                    .on(time)
                    .outcome()
                    .finding();

            boolean young = snapshots.stream().anyMatch(made -> made.kind().counts && made.minutesAgo() < LIMIT);
            assertThat(finding).isEqualTo(young ? Finding.PASSED : Finding.FAILED);
        }
    }

    private static void add(FakeRds db, Made made, Instant now) {
        Instant at = now.minus(Duration.ofMinutes(made.minutesAgo()));
        switch (made.kind()) {
            case AUTOMATED -> db.automatedSnapshot(at);
            case BACKUP -> db.backupSnapshot(at);
            case FRESH_COPY_OF_AN_OLD_ONE -> db.copiedBackupSnapshot(at, now.minus(Duration.ofDays(30)));
            case FAILED -> db.automatedSnapshot(at, "failed");
            case MANUAL -> db.manualSnapshot("by-hand", at);
            case IN_THE_MAKING -> db.automatedSnapshotInTheMaking();
            case OF_AN_EARLIER_INSTANCE -> {
                // added before
            }
        }
    }
}
