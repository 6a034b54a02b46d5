package dev.golive.aws;

import static dev.golive.Expect.atMost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostsTest extends OnFakeAws {

    private final Check month = aws.costs().monthToDate(atMost(new BigDecimal("50")));

    @Test
    void what_was_spent_this_month_is_judged() {
        fake.costs()
                .on(LocalDate.parse("2027-02-28"), "1000")
                .on(LocalDate.parse("2027-03-01"), "20.50")
                .on(LocalDate.parse("2027-03-02"), "29.50");

        Outcome outcome = examine(month);

        assertThat(outcome).matches(found -> found.finding() == Finding.PASSED);
        assertThat(outcome.facts())
                .extracting(Object::toString)
                .containsExactly("costs in USD: 50.00 (expected at most 50)", "days: 2027-03-01 to 2027-03-02");

        fake.costs().on(LocalDate.parse("2027-03-02"), "29.51");

        assertThat(examine(month)).matches(found -> found.finding() == Finding.FAILED);
    }

    @Test
    void on_the_first_and_on_the_last_day_of_a_month_it_is_that_month() throws InterruptedException {
        fake.costs().on(LocalDate.parse("2027-03-31"), "51").on(LocalDate.parse("2027-04-01"), "49");

        time.advance(Duration.between(time.now(), Instant.parse("2027-03-31T23:59:59Z")));
        assertThat(examine(month)).matches(outcome -> outcome.finding() == Finding.FAILED);

        time.advance(Duration.ofMinutes(1));
        assertThat(examine(month)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void last_month_is_the_whole_of_it() {
        fake.costs()
                .on(LocalDate.parse("2027-01-31"), "1000")
                .on(LocalDate.parse("2027-02-01"), "20")
                .on(LocalDate.parse("2027-02-28"), "30")
                .on(LocalDate.parse("2027-03-01"), "1000");

        assertThat(examine(aws.costs().lastMonth(atMost(new BigDecimal("50")))))
                .matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(examine(aws.costs().lastMonth(atMost(new BigDecimal("49.99")))))
                .matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_page_without_results_is_not_the_last() {
        fake.costs().on(LocalDate.parse("2027-03-01"), "60").emptyPages(2);

        assertThat(examine(month)).matches(outcome -> outcome.finding() == Finding.FAILED);
        assertThat(fake.requests("ce:GetCostAndUsage")).hasSize(3);
    }

    @Test
    void an_account_without_data_is_unknown() {
        fake.costs().availableFrom(LocalDate.parse("2027-03-02"));

        assertThat(examine(month)).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    @Test
    void another_currency_is_unknown() {
        fake.costs().currency("EUR");

        Outcome outcome = examine(month);

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).isEqualTo("AWS counts in EUR, not in USD");
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        assertThat(notUnknown("ce", month)).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.faultNext(2, "ce:GetCostAndUsage", AwsFault.throttled());

        assertThat(examine(month)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_budget_is_below_its_limit_and_not_at_it() throws InterruptedException {
        fake.budget("shop").limit("100").spent("99.99").spent("100.00", Instant.parse("2027-03-02T10:00:00Z"));
        Check below = aws.budget("shop").isBelowLimit();

        assertThat(examine(below)).matches(outcome -> outcome.finding() == Finding.PASSED);

        time.advance(Duration.ofHours(1));
        Outcome outcome = examine(below);

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("spent: 100.00 USD of 100 USD");
    }

    @Test
    void a_forecast_above_the_limit_fails_and_none_is_unknown() {
        fake.budget("shop").limit("100").spent("10");
        Check forecast = aws.budget("shop").isForecastBelowLimit();

        assertThat(examine(forecast)).matches(outcome -> outcome.finding() == Finding.UNKNOWN);

        fake.budget("shop").forecast("100.001");

        assertThat(examine(forecast)).matches(outcome -> outcome.finding() == Finding.FAILED);
        assertThat(examine(forecast).why()).isEqualTo("forecast: 100.01 USD of 100 USD");

        fake.budget("shop").forecast("60");

        assertThat(examine(forecast)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_budget_with_a_plan_has_the_limit_of_its_period() {
        fake.budget("shop")
                .planned(Instant.parse("2027-02-01T00:00:00Z"), "100")
                .planned(Instant.parse("2027-03-01T00:00:00Z"), "20")
                .planned(Instant.parse("2027-04-01T00:00:00Z"), "100")
                .spent("30");

        assertThat(examine(aws.budget("shop").isBelowLimit())).matches(outcome -> outcome.finding() == Finding.FAILED);
    }

    @Test
    void a_budget_of_which_the_limit_is_nothing_to_stay_below_says_nothing() {
        fake.budget("shop").limit("100").spent("1").forecast("2");
        Check below = aws.budget("shop").isBelowLimit();
        Check forecast = aws.budget("shop").isForecastBelowLimit();

        for (String type : List.of("RI_UTILIZATION", "RI_COVERAGE", "SAVINGS_PLANS_COVERAGE", "LATER")) {
            fake.budget("shop").type(type);

            assertThat(examine(below)).as(type).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
            assertThat(examine(below).why()).contains(type);
            assertThat(examine(forecast)).as(type).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
        }
        fake.budget("shop").type("USAGE");

        assertThat(examine(below)).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void no_time_is_told_that_is_not_the_one_of_the_amounts() {
        fake.budget("shop").spent("1");

        assertThat(examine(aws.budget("shop").isBelowLimit()).facts())
                .extracting(fact -> fact.name())
                .containsExactly("spent");
    }

    @Test
    void a_budget_that_has_ended_says_nothing() {
        fake.budget("shop").spent("1").endsAt(Instant.parse("2027-01-01T00:00:00Z"));

        assertThat(examine(aws.budget("shop").isBelowLimit())).matches(outcome -> outcome.finding() == Finding.UNKNOWN);
    }

    @Test
    void a_budget_that_is_not_there_fails() {
        Outcome outcome = examine(aws.budget("shop").isBelowLimit());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("there is no budget shop of 123456789012");
    }

    @Test
    void what_stands_between_us_and_a_budget_is_unknown() {
        fake.budget("shop").spent("1").forecast("2");

        for (Check check :
                List.of(aws.budget("shop").isBelowLimit(), aws.budget("shop").isForecastBelowLimit())) {
            assertThat(notUnknown("budgets", check)).as(check.sentence()).isEmpty();
        }
    }
}
