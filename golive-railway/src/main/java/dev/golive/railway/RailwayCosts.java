package dev.golive.railway;

import dev.golive.Check;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import dev.golive.provider.Place;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.CostPort;
import dev.golive.railway.internal.CostPort.Bill;
import dev.golive.railway.internal.CostPort.Priced;
import dev.golive.railway.internal.Operation;
import dev.golive.time.Spans;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a project costs, in US dollars unless converted.
 *
 * <pre>{@code
 * shop.costs().convertedTo("EUR", new BigDecimal("0.92")).estimatedThisMonth(lessThan(new BigDecimal(25)));
 * }</pre>
 *
 * <ul>
 *   <li>The estimate is reckoned from what Railway expects to be used until the end of the billing period, with the prices
 *       that its command line tool reckons with: 10 USD for a GB of memory and 20 USD for a vCPU a month, 0.15 USD for a GB
 *       of disk or backups a month, 0.05 USD for a GB sent. A month has 43200 minutes. Each term is shown as a fact.
 *   <li>It is what is used, in all environments of the project: neither what a plan includes nor taxes are reckoned in.
 *   <li>Memory and processors must be told; what else is not told is not used, and shown as such.
 *   <li>What the workspace pays needs a token that opens the workspace; with a project token it is unknown.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class RailwayCosts {

    private static final String DOLLARS = "USD";

    private final Railway railway;
    private final String currency;
    private final BigDecimal perDollar;

    RailwayCosts(Railway railway) {
        this(railway, DOLLARS, BigDecimal.ONE);
    }

    private RailwayCosts(Railway railway, String currency, BigDecimal perDollar) {
        this.railway = railway;
        this.currency = currency;
        this.perDollar = perDollar;
    }

    /**
     * The same in another currency, at a rate that stands in the sentence.
     *
     * @param code the currency, for example {@code EUR}
     * @param rate how much of it a US dollar is, more than zero
     * @return the new costs
     * @throws IllegalArgumentException if the rate is not more than zero
     */
    public RailwayCosts convertedTo(String code, BigDecimal rate) {
        Given.text(code, "code");
        if (Given.notNull(rate, "rate").signum() <= 0) {
            throw new IllegalArgumentException("rate must be more than zero but was " + rate);
        }
        return new RailwayCosts(railway, code, rate);
    }

    /**
     * What the project will have cost at the end of the billing period.
     *
     * @param expected what the amount should be
     * @return the check
     */
    public Check estimatedThisMonth(Expectation<BigDecimal> expected) {
        Given.notNull(expected, "expected");
        return check(
                "the estimated monthly costs of the project of " + railway + in() + " are " + expected.sentence(),
                calls ->
                        reckoned("estimated costs", expected, CostPort.of(calls).estimate(), calls),
                expected,
                Operation.ESTIMATED_USAGE);
    }

    /**
     * What the project has cost in a window that ends now.
     *
     * @param window how long it is, longer than zero
     * @param expected what the amount should be
     * @return the check
     * @throws IllegalArgumentException if the window is not longer than zero
     */
    public Check ofTheLast(Duration window, Expectation<BigDecimal> expected) {
        Given.positive(window, "window");
        Given.notNull(expected, "expected");
        return check(
                "the costs of the project of " + railway + " in the last " + Spans.text(window) + in() + " are "
                        + expected.sentence(),
                calls -> {
                    Instant now = calls.context().time().now();
                    return reckoned("costs", expected, CostPort.of(calls).used(now.minus(window), now), calls);
                },
                expected,
                Operation.USAGE);
    }

    /** What was used, times the prices; each term is a fact. */
    private Outcome reckoned(String name, Expectation<BigDecimal> expected, Map<Priced, BigDecimal> used, Calls calls) {
        BigDecimal dollars = BigDecimal.ZERO;
        List<Fact> terms = new ArrayList<>();
        for (Priced priced : Priced.values()) {
            BigDecimal amount = used.get(priced);
            if (amount == null && priced.isAlwaysThere()) {
                throw ApiProblem.incomplete("Railway", "anything of " + priced);
            } else if (amount == null) {
                terms.add(Fact.of(priced.name(), "not told, so that it is not used"));
            } else {
                BigDecimal costs = priced.costs(amount);
                dollars = dollars.add(costs);
                terms.add(Fact.of(priced.name(), priced.formula(amount) + " = " + rounded(costs) + " USD"));
            }
        }
        return judged(name, expected, dollars, calls).with(terms);
    }

    /**
     * What the workspace of the project has used in this billing period so far. Railway tells it from a cache.
     *
     * @param expected what the amount should be
     * @return the check
     */
    public Check spentByWorkspace(Expectation<BigDecimal> expected) {
        Given.notNull(expected, "expected");
        return check(
                "the costs of the workspace of " + railway + in() + " so far are " + expected.sentence(),
                calls -> judged("costs so far", expected, bill(calls).spent(), calls),
                expected,
                Operation.WORKSPACE);
    }

    /**
     * Whether the workspace has a usage limit and has not gone over it. Over a hard limit, Railway stops what runs.
     *
     * @return the check
     */
    public Check isWithinUsageLimit() {
        return railway.check(
                "the workspace of " + railway + " is within its usage limit",
                calls -> {
                    Boolean over = bill(calls).overLimit().orElse(null);
                    return over == null
                            ? Outcome.failed("the workspace has no usage limit")
                            : Judge.holds(!over, "the workspace is over its usage limit", Fact.of("over limit", over));
                },
                Operation.WORKSPACE);
    }

    private static Bill bill(Calls calls) throws InterruptedException {
        return CostPort.of(calls)
                .bill()
                .orElseThrow(() -> ApiProblem.undecided("Railway did not tell which workspace the project is in"));
    }

    private Check check(
            String sentence,
            Place.Asking<Calls, Outcome> judge,
            Expectation<BigDecimal> expected,
            Operation operation) {
        return railway.check(sentence, judge, operation).reading(expected);
    }

    /** Rounded up, so that nothing looks cheaper than it is. */
    private Outcome judged(String name, Expectation<BigDecimal> expected, BigDecimal dollars, Calls calls) {
        Outcome outcome =
                Judge.value(name + " in " + currency, expected, rounded(dollars.multiply(perDollar)), calls.context());
        return currency.equals(DOLLARS)
                ? outcome
                : outcome.with(Fact.of("rate", "1 USD = " + perDollar.toPlainString() + " " + currency));
    }

    private static BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.CEILING);
    }

    private String in() {
        return currency.equals(DOLLARS)
                ? " in USD"
                : " in " + currency + " (1 USD = " + perDollar.toPlainString() + " " + currency + ")";
    }

    /**
     * What it is.
     *
     * @return for example {@code costs of Railway shop/production}
     */
    @Override
    public String toString() {
        return "costs of " + railway;
    }
}
