package dev.golive.launch;

import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Release;
import java.util.List;
import org.junit.jupiter.api.Test;

class BreakGlassTest {

    private final Going going = Going.of(new Shop().plan().build());

    private List<String> card() {
        return BreakGlass.card(going.course, going.state).lines().toList();
    }

    @Test
    void it_holds_what_a_person_needs_to_go_back_by_hand() {
        assertThat(card())
                .containsExactly(
                        "BREAK GLASS: Shop 1.0 in staging",
                        "Launch " + Commands.launchId(going.state)
                                + ", operated by ann, T Tue 2027-03-02 10:00 +01:00 = 2027-03-02T09:00:00Z",
                        "Approved by: incident-commander; what destroys something: cto",
                        "",
                        "THE WAY BACK, in this order",
                        "1. If migrate-orders was done: perform unmigrate-orders (DESTRUCTIVE)",
                        "2. web: back to 40; live when armed: 40; launched: not yet",
                        "   by hand: console > web > rollback > 40",
                        "   first stop what would undo it: a push to main deploys",
                        "3. api: back to 7, commit c0ffee, image sha256:12; live when armed: 7; launched: not yet",
                        "   by hand: console > api > rollback > 7",
                        "4. Then: perform purge-cache",
                        "5. If switch-on-payment was done: perform switch-off-payment",
                        "Left as it is:",
                        "- mail-customers: a mail cannot be called back",
                        "VERIFY",
                        "- GET https://shop.example/health answers 200",
                        "REPORT, here and to the operator: who did what when, the release that is live now, and what was"
                                + " verified. Tell the launch too (hold, or roll back now), so that it does not act"
                                + " against you.")
                .hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void once_it_is_known_it_names_what_was_launched() {
        going.after(
                minutes(1), new Event.ActionEnded("launch:deploy-web", ActionStatus.DONE, "", Release.of("web", "41")));
        assertThat(card()).contains("2. web: back to 40; live when armed: 40; launched: 41");
    }

    @Test
    void it_is_the_same_each_time() {
        assertThat(card()).isEqualTo(card());
    }

    @Test
    void a_plan_without_a_way_back_says_so_and_what_was_live() {
        Shop shop = new Shop();
        Going bare = Going.of(LaunchPlan.named("Shop", Shop.ZONE)
                .moment(Moment.at(dev.golive.time.Offset.T).then(shop.deployWeb))
                .build());
        assertThat(BreakGlass.card(bare.course, bare.state))
                .contains("The plan has no way back", "- web: back to 40; live when armed: 40");
    }
}
