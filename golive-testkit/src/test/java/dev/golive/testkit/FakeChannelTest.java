package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeChannelTest {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final Instant start = time.now();
    private final FakeChannel room = FakeChannel.named("#launch", time);
    private final Perform perform = Perform.on(time).key("k");

    @Test
    void a_text_is_posted_with_its_key_and_its_instant() throws Exception {
        time.advance(Duration.ofMinutes(1));
        Receipt receipt = perform.post(room, "web is live");
        assertThat(receipt).isEqualTo(Receipt.of("#launch-1"));
        assertThat(room.posts())
                .containsExactly(new FakeChannel.Post("web is live", "k", start.plus(Duration.ofMinutes(1))));
    }

    @Test
    void a_text_under_the_same_key_is_posted_once() throws Exception {
        Receipt receipt = perform.post(room, "web is live");
        perform.key("other").post(room, "web is live");
        assertThat(perform.post(room, "web is live")).isEqualTo(receipt);
        assertThat(room.texts()).containsExactly("web is live", "web is live");
        assertThat(room.calls()).hasSize(3);
    }

    @Test
    void without_idempotency_it_is_posted_each_time() throws Exception {
        room.withoutIdempotency();
        perform.post(room, "web is live");
        perform.post(room, "web is live");
        assertThat(room.texts()).containsExactly("web is live", "web is live");
    }

    @Test
    void it_can_be_down_for_some_posts_or_until_it_is_mended() throws Exception {
        room.faultNext(1, LaunchFault.refuses());
        assertThatThrownBy(() -> perform.post(room, "a")).isInstanceOf(IOException.class);
        perform.post(room, "a");
        room.fault(LaunchFault.refuses());
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> perform.key("b").post(room, "b")).hasMessage("503: #launch cannot answer now");
        }
        room.mend();
        perform.key("b").post(room, "b");
        assertThat(room.texts()).containsExactly("a", "b");
    }

    @Test
    void a_post_whose_answer_is_lost_is_there_and_not_posted_again() throws Exception {
        room.faultNext(1, LaunchFault.failsAfterEffect());
        assertThatThrownBy(() -> perform.post(room, "a")).isInstanceOf(SocketTimeoutException.class);
        perform.post(room, "a");
        assertThat(room.texts()).containsExactly("a");
    }

    @Test
    void it_can_hang() {
        room.fault(LaunchFault.hangs());
        assertThatThrownBy(() -> perform.within(Duration.ofSeconds(10)).post(room, "a"))
                .isInstanceOf(TimeoutException.class);
        assertThat(time.now()).isEqualTo(start.plusSeconds(10));
        assertThat(room.texts()).isEmpty();
    }

    @Test
    void it_can_show_the_secret_it_was_given() {
        assertThatIllegalStateException().isThrownBy(() -> room.fault(LaunchFault.leaks()));
        Secret token = Secret.found("token", "a-very-secret-token");
        room.secret(token).touching(Subject.host("chat.example")).faultNext(1, LaunchFault.leaks());
        assertThat(room.secrets()).containsExactly(token);
        assertThat(room.touches()).containsExactly(Subject.host("chat.example"));
        assertThatThrownBy(() -> perform.post(room, "a")).hasMessageContaining("a-very-secret-token");
        assertThat(room.texts()).isEmpty();
    }

    @Test
    void it_shares_a_log() throws Exception {
        CallLog log = new CallLog();
        room.logging(log);
        FakeAction action = FakeAction.named("warm-up", time).logging(log);
        perform.post(room, "begins");
        perform.key("a").apply(action);
        perform.key("b").post(room, "ended");
        assertThat(log.writes())
                .extracting(Call::toString)
                .containsExactly("#launch post begins", "warm-up apply", "#launch post ended");
    }

    @Test
    void bad_arguments_are_refused_at_once() {
        assertThatIllegalArgumentException().isThrownBy(() -> FakeChannel.named("", time));
        assertThatIllegalArgumentException().isThrownBy(() -> room.faultNext(0, LaunchFault.refuses()));
        assertThatThrownBy(() -> perform.post(room, " ")).isInstanceOf(IllegalArgumentException.class);
    }
}
