package dev.golive.railway;

import static dev.golive.Expect.lessThan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Finding;
import dev.golive.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RailwayCostsTest extends OnFakeRailway {

    private final Railway workspace = Railway.workspaceToken(fake.workspaceToken(), "shop", "production");

    private static BigDecimal amount(String text) {
        return new BigDecimal(text);
    }

    /** Half a gigabyte of memory and a tenth of a processor all month, and twenty gigabytes sent: 5 + 2 + 1 USD. */
    private void small() {
        fake.estimated("MEMORY_USAGE_GB", 21_600).estimated("CPU_USAGE", 4_320).estimated("NETWORK_TX_GB", 20);
    }

    @Test
    void the_estimate_is_reckoned_with_a_formula_that_is_shown() {
        small();

        Outcome outcome = examine(workspace.costs().estimatedThisMonth(lessThan(amount("8.01"))));

        assertThat(outcome.finding()).isEqualTo(Finding.PASSED);
        assertThat(outcome.facts().toString())
                .contains("21600.00 min x GB of memory x 10 USD / 43200 min = 5.00 USD")
                .contains("20.00 GB sent x 0.05 USD = 1.00 USD")
                .contains("not told, so that it is not used");
        assertThat(examine(workspace.costs().estimatedThisMonth(lessThan(amount("8.00"))))
                        .finding())
                .isEqualTo(Finding.FAILED);
    }

    @Test
    void another_currency_is_converted_at_a_rate_that_is_said() {
        small();
        RailwayCosts euros = workspace.costs().convertedTo("EUR", amount("0.9"));

        Outcome outcome = examine(euros.estimatedThisMonth(lessThan(amount("7.21"))));

        assertThat(outcome.finding()).isEqualTo(Finding.PASSED);
        assertThat(outcome.facts().toString()).contains("7.20").contains("1 USD = 0.9 EUR");
        assertThat(euros.estimatedThisMonth(lessThan(amount("25"))).sentence()).contains("EUR (1 USD = 0.9 EUR)");
    }

    @Test
    void without_memory_and_processors_the_estimate_proves_nothing() {
        fake.estimated("CPU_USAGE", 10);

        assertThat(examine(workspace.costs().estimatedThisMonth(lessThan(amount("25"))))
                        .finding())
                .isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void an_estimate_that_cannot_be_proves_nothing() {
        small();
        fake.estimated("DISK_USAGE_GB", -1);

        assertThat(examine(workspace.costs().estimatedThisMonth(lessThan(amount("25"))))
                        .finding())
                .isEqualTo(Finding.UNKNOWN);
    }

    @Test
    void what_the_workspace_has_spent_is_told() {
        fake.spent(12.345);

        assertThat(examine(workspace.costs().spentByWorkspace(lessThan(amount("12.36"))))
                        .finding())
                .isEqualTo(Finding.PASSED);
        assertThat(examine(workspace.costs().spentByWorkspace(lessThan(amount("12.35"))))
                        .finding())
                .isEqualTo(Finding.FAILED);
    }

    @Test
    void a_usage_limit_is_kept_or_broken_and_must_be_there() {
        assertThat(examine(workspace.costs().isWithinUsageLimit()).finding()).isEqualTo(Finding.FAILED);

        fake.spent(5).usageLimit(10, 20);
        assertThat(examine(workspace.costs().isWithinUsageLimit()).finding()).isEqualTo(Finding.PASSED);

        fake.spent(30);
        assertThat(examine(workspace.costs().isWithinUsageLimit()).finding()).isEqualTo(Finding.FAILED);
    }

    @Test
    void a_project_token_does_not_open_the_workspace() {
        Outcome outcome = examine(railway.costs().spentByWorkspace(lessThan(amount("100"))));

        assertThat(outcome.finding()).isEqualTo(Finding.UNKNOWN);
        assertThat(outcome.why()).contains("does not reach that far");
    }

    @Test
    void whatever_keeps_it_from_an_answer_is_unknown() {
        small();

        assertThat(notUnknown(workspace.costs().estimatedThisMonth(lessThan(amount("25")))))
                .isEmpty();
        assertThat(notUnknown(workspace.costs().isWithinUsageLimit())).isEmpty();
    }

    @Test
    void a_rate_must_be_more_than_zero() {
        assertThatThrownBy(() -> workspace.costs().convertedTo("EUR", BigDecimal.ZERO))
                .hasMessage("rate must be more than zero but was 0");
    }

    @Test
    void what_was_used_in_a_window_is_reckoned_the_same_way() {
        fake.service("api")
                .used("MEMORY_USAGE_GB", time.now().minusSeconds(3600), 4_320)
                .used("CPU_USAGE", time.now().minusSeconds(3600), 2_160)
                .used("CPU_USAGE", time.now().minusSeconds(40L * 24 * 3600), 1_000_000);

        Outcome outcome = examine(workspace.costs().ofTheLast(Duration.ofDays(30), lessThan(amount("2.01"))));

        assertThat(outcome.finding()).as("%s", outcome).isEqualTo(Finding.PASSED);
        assertThat(examine(workspace.costs().ofTheLast(Duration.ofDays(30), lessThan(amount("2.00"))))
                        .finding())
                .isEqualTo(Finding.FAILED);
        assertThat(notUnknown(workspace.costs().ofTheLast(Duration.ofDays(30), lessThan(amount("25")))))
                .isEmpty();
    }
}
