package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.costs.CostPort;
import dev.golive.aws.internal.costs.Money;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;

/**
 * What an account costs, in US dollars, as Cost Explorer tells it. A {@linkplain Aws#budget budget} tells less, and for
 * nothing.
 *
 * <ul>
 *   <li>AWS takes 0.01 USD for each request, so that a check costs that much each time that it is examined.
 *   <li>Cost Explorer is brought up to date up to three times a day: what was spent in the last hours is missing, and the
 *       first days of a month tell little.
 *   <li>The account that pays for an organization is told the costs of all accounts of it. Months are those of UTC.
 *   <li>Costs in another currency are unknown.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class Costs {

    private static final String CURRENCY = "USD";

    private final Aws aws;

    Costs(Aws aws) {
        this.aws = aws;
    }

    /**
     * What was spent in this month so far, today included as far as it is known.
     *
     * @param expected what the amount in US dollars should be
     * @return the check
     */
    public Check monthToDate(Expectation<BigDecimal> expected) {
        return spent("this month so far", expected, today -> today.withDayOfMonth(1), today -> today.plusDays(1));
    }

    /**
     * What was spent in the whole month before this one.
     *
     * @param expected what the amount in US dollars should be
     * @return the check
     */
    public Check lastMonth(Expectation<BigDecimal> expected) {
        return spent(
                "last month",
                expected,
                today -> today.withDayOfMonth(1).minusMonths(1),
                today -> today.withDayOfMonth(1));
    }

    private Check spent(
            String when,
            Expectation<BigDecimal> expected,
            Function<LocalDate, LocalDate> first,
            Function<LocalDate, LocalDate> end) {
        Given.notNull(expected, "expected");
        return AwsCheck.of(
                        aws,
                        Service.COST_EXPLORER,
                        "the costs of " + aws.account() + " in USD " + when + " are " + expected.sentence(),
                        calls -> {
                            LocalDate today = calls.context()
                                    .time()
                                    .now()
                                    .atOffset(ZoneOffset.UTC)
                                    .toLocalDate();
                            LocalDate from = first.apply(today);
                            LocalDate to = end.apply(today);
                            Money spent = CostPort.of(calls).spent(from, to);
                            return Judge.value("costs in USD", expected, spent.in(CURRENCY), calls.context())
                                    .with(Fact.of("days", from + " to " + to.minusDays(1)));
                        })
                .reading(expected)
                .needing("ce:GetCostAndUsage", "*");
    }

    /**
     * What it is.
     *
     * @return for example {@code costs of 123456789012}
     */
    @Override
    public String toString() {
        return "costs of " + aws.account();
    }
}
