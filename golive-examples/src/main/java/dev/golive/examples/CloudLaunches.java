package dev.golive.examples;

import static dev.golive.time.Offset.T;

import dev.golive.Checklist;
import dev.golive.aws.Aws;
import dev.golive.aws.Bucket;
import dev.golive.aws.Distribution;
import dev.golive.aws.RdsInstance;
import dev.golive.launch.LaunchPlan;
import dev.golive.launch.Moment;
import java.nio.file.Path;
import java.time.ZoneId;

/** What is done on the day: the shop's frontend is released, and is practised back. */
final class CloudLaunches {

    static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");

    private CloudLaunches() {}

    /** The shop's frontend, and a practice of both ways back: the former objects, and the database at an instant. */
    static LaunchPlan shop(Aws aws, Path frontend) {
        Bucket bucket = aws.bucket("tern-shop-frontend");
        Distribution cdn = aws.distribution("E1TERN");
        RdsInstance db = aws.rds("tern-shop-db");
        Checklist ready = Checklist.named("before")
                .require(bucket.isVersioned().as("B31-versions"))
                .require(cdn.isDeployed().as("B14-distribution"))
                .build();
        return LaunchPlan.named("The shop's frontend", ZONE)
                .role("owner", "says GO")
                .decision(T.minusMinutes(30), "owner")
                .moment(Moment.at(T.minusHours(1)).check(ready))
                .moment(Moment.at(T)
                        .then(bucket.sync(frontend, "").as("B19"))
                        .then(cdn.invalidate("/*").as("B19-cache")))
                .moment(Moment.at(T.plusMinutes(30))
                        .then(bucket.restorePrevious("").as("B31"))
                        .then(cdn.invalidate("/index.html").as("B31-cache")))
                .moment(Moment.at(T.plusHours(1))
                        .then(db.restoreToLatest("tern-shop-db-practice").as("B32"))
                        .losing("nothing: the restored database is a new one"))
                .build();
    }
}
