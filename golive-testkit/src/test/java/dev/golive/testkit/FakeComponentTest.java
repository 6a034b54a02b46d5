package dev.golive.testkit;

import static dev.golive.Observation.State.AT_TARGET;
import static dev.golive.Observation.State.NOT_AT_TARGET;
import static dev.golive.Observation.State.UNDER_WAY;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Action;
import dev.golive.Component;
import dev.golive.Deploy;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Release;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeComponentTest {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final Instant start = time.now();
    private final FakeComponent web = FakeComponent.named("web", time)
            .releases("39", "40")
            .deploysIn(minutes(2))
            .rollsBackIn(seconds(20));
    private final Perform perform = Perform.on(time);

    private static Release release(String id) {
        return Release.of("web", id);
    }

    private Action back(String id) {
        return web.driver().backTo(release(id));
    }

    private void pass(Duration span) throws InterruptedException {
        time.advance(span);
    }

    @Test
    void a_deployment_is_accepted_at_once_and_live_after_its_time() throws Exception {
        Deploy deploy = web.deploy("41");
        assertThat(deploy.id()).isEqualTo("deploy-web-41");
        assertThat(perform.observe(deploy).state()).isEqualTo(NOT_AT_TARGET);

        Receipt receipt = perform.apply(deploy);
        assertThat(receipt.id()).isEqualTo("web-1");
        assertThat(time.now()).isEqualTo(start);
        assertThat(perform.observe(deploy).state()).isEqualTo(UNDER_WAY);
        assertThat(web.liveNow()).contains(release("40"));

        pass(minutes(2).minusMillis(1));
        assertThat(perform.observe(deploy).state()).isEqualTo(UNDER_WAY);
        pass(Duration.ofMillis(1));
        Observation live = perform.observe(deploy);
        assertThat(live.state()).isEqualTo(AT_TARGET);
        assertThat(live.yielded()).contains(release("41"));
        assertThat(perform.ask(web, Component.Driver::live)).contains(release("41"));
        assertThat(perform.ask(web, Component.Driver::previous)).contains(release("40"));
    }

    @Test
    void a_rollback_after_it_takes_its_own_time() throws Exception {
        perform.toTheEnd(web.deploy("41"));
        assertThat(time.now()).isEqualTo(start.plus(minutes(2)));
        Perform launched = perform.launched(release("41"));
        assertThat(launched.observe(back("40")).state()).isEqualTo(NOT_AT_TARGET);
        assertThat(launched.toTheEnd(back("40")).state()).isEqualTo(AT_TARGET);
        assertThat(time.now()).isEqualTo(start.plus(minutes(2)).plus(seconds(20)));
        assertThat(web.changes()).hasSize(2);
    }
}
