package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What components, actions and channels were asked, and what may go wrong with them. */
@Timeout(60)
class LaunchTroublesTest {

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final FakeChannel room = FakeChannel.named("#launch", time);
    private final FakeAction warmUp = FakeAction.named("warm-up", time);
    private final FakeComponent web = FakeComponent.named("web", time).releases("39", "40");
    private final Perform perform = Perform.on(time).key("k");

    private static List<String> ids(Fake fake, String... asked) {
        return fake.troubles(Set.of(asked)).stream().map(Trouble::id).toList();
    }

    private static void happen(Fake fake, String id, String... asked) {
        fake.troubles(Set.of(asked)).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + ids(fake, asked)))
                .happen();
    }

    @Test
    void they_know_what_they_were_asked() throws Exception {
        perform.post(room, "web is live");
        perform.apply(warmUp);
        perform.observe(warmUp);
        perform.apply(web.deploy("41"));
        assertThat(room.asked()).containsExactly(new Asked("post to #launch", true, time.now()));
        assertThat(warmUp.asked()).extracting(Asked::what).containsExactly("apply warm-up", "observe warm-up");
        assertThat(warmUp.asked()).extracting(Asked::changes).containsExactly(true, false);
        assertThat(web.asked()).extracting(Asked::what).containsExactly("apply web");
        assertThat(Stream.of(room, warmUp, web).map(Fake::plays)).containsExactly("#launch", "warm-up", "web");
    }

    @Test
    void what_is_not_asked_has_no_troubles() {
        for (Fake fake : List.of(room, warmUp, web)) {
            assertThat(fake.troubles(Set.of())).isEmpty();
            assertThat(ids(fake, "post to #other", "apply api", "GET web/")).isEmpty();
        }
        assertThat(ids(web, "live web"))
                .contains("web refuses every call", "web never answers every call")
                .noneMatch(id -> id.contains("observe") || id.contains("pruned") || id.contains("lost"));
        assertThat(ids(warmUp, "observe warm-up"))
                .contains("warm-up refuses observe")
                .noneMatch(id -> id.endsWith("apply"));
    }

    @Test
    void a_channel_that_is_down_holds_nothing_up() {
        assertThat(room.troubles(Set.of("post to #launch")))
                .hasSize(3)
                .allMatch(Trouble::isHarmless)
                .allMatch(one -> one.kind() == Trouble.Kind.FAULT)
                .allMatch(one -> one.about().equals(Set.of("#launch")));
        happen(room, "#launch refuses every call", "post to #launch");
        assertThatThrownBy(() -> perform.post(room, "a")).isInstanceOf(IOException.class);
    }

    @Test
    void a_secret_is_shown_only_where_there_is_one() {
        String[] asked = {"apply web", "observe web"};
        assertThat(ids(web, asked)).noneMatch(id -> id.contains("secret"));
        web.secret(Secret.found("token", "a-very-secret-token"));
        happen(web, "web refuses every call and shows the secret", asked);
        assertThatThrownBy(() -> perform.apply(web.deploy("41"))).hasMessageContaining("a-very-secret-token");
    }

    @Test
    void the_release_that_is_gone_is_the_one_to_go_back_to() throws Exception {
        happen(web, "web has pruned 40", "available web");
        assertThat(ids(FakeComponent.named("new", time), "available new")).noneMatch(id -> id.contains("pruned"));
        perform.apply(web.deploy("41"));
        time.advance(Duration.ofMinutes(2));
        assertThat(web.liveNow()).isPresent();
    }

    @Test
    void every_trouble_happens_to_a_fake_of_its_own() {
        String[] asked = {"apply web", "observe web", "live web", "previous web", "available web", "holds web"};
        List<String> ids = ids(web, asked);
        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(14).isEqualTo(ids(web, asked));
        assertThat(web.calls()).isEmpty();
        for (String id : ids) {
            happen(FakeComponent.named("web", time).releases("39", "40"), id, asked);
        }
        assertThat(web.troubles(Set.of(asked)))
                .allMatch(one -> Stream.of(asked).anyMatch(one::concerns))
                .noneMatch(one -> one.concerns("apply api"))
                .allMatch(one -> one.about().equals(Set.of("web")));
    }

    @Test
    void an_operation_may_fail() throws Exception {
        String[] asked = {"apply warm-up", "observe warm-up"};
        happen(warmUp, "warm-up accepts and then fails: the health check of the new release failed", asked);
        perform.apply(warmUp);
        time.advance(Duration.ofHours(1));
        assertThat(warmUp.isAtTarget()).isFalse();
    }
}
