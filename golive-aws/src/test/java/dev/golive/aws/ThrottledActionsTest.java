package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Observation.State;
import dev.golive.testkit.aws.AwsFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every action waits when AWS is busy, and is then done once. */
class ThrottledActionsTest extends OnFakeAws {

    @TempDir
    Path folder;

    private void busyThenDone(String write, Action action) throws Exception {
        fake.faultNext(2, write, AwsFault.throttled());

        assertThat(toTheEnd(action).state()).as(action.sentence()).isEqualTo(State.AT_TARGET);
        assertThat(fake.requests(write)).as(action.sentence()).hasSize(3);
    }

    @Test
    void a_snapshot_and_a_restore() throws Exception {
        fake.rds("shop-db").backupRetentionDays(7).restoresIn(Duration.ofMinutes(5));
        time.advance(Duration.ofHours(1));

        busyThenDone("rds:CreateDBSnapshot", aws.rds("shop-db").snapshot("before"));
        busyThenDone("rds:RestoreDBInstanceToPointInTime", aws.rds("shop-db").restoreToLatest("shop-db-restored"));
    }

    @Test
    void an_invalidation() throws Exception {
        fake.distribution("E1SHOP");

        busyThenDone("cloudfront:CreateInvalidation", aws.distribution("E1SHOP").invalidate("/*"));
    }

    @Test
    void an_upload_and_its_way_back() throws Exception {
        fake.bucket("shop-web").versioned().object("index.html", "old");
        Files.writeString(folder.resolve("index.html"), "new");

        busyThenDone("s3:PutObject", aws.bucket("shop-web").sync(folder, ""));
    }

    @Test
    void a_pause_and_a_resumption() throws Exception {
        fake.appRunner("shop-web");

        busyThenDone("apprunner:PauseService", aws.appRunner("shop-web").pause());
        busyThenDone("apprunner:ResumeService", aws.appRunner("shop-web").resume());
    }
}
