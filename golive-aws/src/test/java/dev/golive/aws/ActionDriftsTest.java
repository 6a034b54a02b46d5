package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Observation;
import dev.golive.testkit.Perform;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.aws.FakeAws;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only somebody meets who changes something, as the real actions see it. */
class ActionDriftsTest {

    private static final Set<String> ASKED = Set.of(
            "apprunner:UpdateService",
            "ecs:UpdateService worker",
            "ecs:UpdateExpressGatewayService",
            "rds:CreateDBSnapshot shop-db",
            "rds:RestoreDBInstanceToPointInTime shop-db");

    private static FakeAws stage(VirtualTime time) {
        FakeAws fake = FakeAws.start(time);
        fake.ecr("shop").image("1", "sha256:" + "a1".repeat(32)).image("2", "sha256:" + "b2".repeat(32));
        fake.appRunner("shop-web").image(fake.ecr("shop").uri("1"));
        fake.ecs("live", "worker").image(fake.ecr("shop").uri("1")).circuitBreaker();
        fake.expressService("front").image(fake.ecr("shop").uri("1"));
        fake.rds("shop-db").dailySnapshots();
        return fake;
    }

    private static Action action(String id, FakeAws fake) {
        Aws aws = Aws.account(fake.account(), fake.region()).credentials(fake.accessKeyId(), fake.secretAccessKey());
        String image = fake.ecr("shop").uri("2");
        if (id.startsWith("apprunner ") || id.startsWith("ecr ")) {
            return aws.appRunner("shop-web").deploy(image);
        } else if (id.startsWith("ecs live/worker ")) {
            return aws.ecs("live", "worker").deployImage(image);
        } else if (id.startsWith("ecs front ")) {
            return aws.expressService("front").deploy(image);
        }
        return id.endsWith("restorable")
                ? aws.rds("shop-db").restoreToLatest("shop-db-2")
                : aws.rds("shop-db").snapshot("before-launch");
    }

    private static String end(String id, Function<FakeAws, Trouble> trouble) {
        VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        try (FakeAws fake = stage(time)) {
            Trouble happened = trouble.apply(fake);
            happened.happen();
            Observation end = Perform.on(time)
                    .through(fake.network())
                    .within(Duration.ofHours(1))
                    .toTheEnd(action(id, fake));
            return end.state().name();
        } catch (Exception e) {
            // an action may also say at once that it cannot
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apprunner shop-web failing",
                "apprunner shop-web failing for good",
                "apprunner shop-web slow",
                "ecr shop 2 gone",
                "ecs live/worker failing",
                "ecs front failing",
                "rds shop-db no new snapshot",
                "rds shop-db quota",
                "rds shop-db slow snapshot",
                "rds shop-db not restorable"
            })
    void what_fails_does_not_arrive(String id) {
        Trouble nothing = Trouble.drift("nothing", "nothing is otherwise", asked -> false, () -> {});

        assertThat(end(id, fake -> nothing)).isEqualTo("AT_TARGET");
        assertThat(end(
                        id,
                        fake -> fake.troubles(ASKED).stream()
                                .filter(one -> one.id().equals(id))
                                .findFirst()
                                .orElseThrow()))
                .isNotEqualTo("AT_TARGET");
    }
}
