package dev.golive.testkit.aws;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A budget in {@link FakeAws}.
 *
 * <p>It has a limit of 100 US dollars, nothing spent, and no forecast. Options change this object and return it.
 * Thread-safe.
 */
public final class FakeBudget {

    private final FakeAws aws;
    private final String name;
    private final TreeMap<Instant, BigDecimal> spent = new TreeMap<>();
    private final TreeMap<Instant, BigDecimal> planned = new TreeMap<>();
    private String type = "COST";
    private BigDecimal limit = new BigDecimal("100");
    private @Nullable BigDecimal forecast;
    private @Nullable Instant endsAt;

    FakeBudget(FakeAws aws, String name) {
        this.aws = aws;
        this.name = name;
        spent.put(Instant.EPOCH, BigDecimal.ZERO);
    }

    /**
     * What it is for; {@code COST} unless said otherwise.
     *
     * @param inItsWords for example {@code USAGE} or {@code SAVINGS_PLANS_UTILIZATION}
     * @return this
     */
    public FakeBudget type(String inItsWords) {
        Objects.requireNonNull(inItsWords, "inItsWords must not be null");
        return aws.within(() -> {
            type = inItsWords;
            return this;
        });
    }

    /**
     * How much may be spent.
     *
     * @param amount the amount in US dollars, for example {@code 250.00}
     * @return this
     */
    public FakeBudget limit(String amount) {
        BigDecimal value = new BigDecimal(amount);
        return aws.within(() -> {
            limit = value;
            return this;
        });
    }

    /**
     * How much may be spent from an instant on, in a budget with a plan, which has no other limit.
     *
     * @param from the beginning of the period
     * @param amount the amount in US dollars
     * @return this
     */
    public FakeBudget planned(Instant from, String amount) {
        Objects.requireNonNull(from, "from must not be null");
        BigDecimal value = new BigDecimal(amount);
        return aws.within(() -> {
            planned.put(from, value);
            return this;
        });
    }

    /**
     * How much was spent, as of now.
     *
     * @param amount the amount in US dollars
     * @return this
     */
    public FakeBudget spent(String amount) {
        return spent(amount, aws.time().now());
    }

    /**
     * How much was spent, as of an instant.
     *
     * @param amount the amount in US dollars
     * @param at since when it is so
     * @return this
     */
    public FakeBudget spent(String amount, Instant at) {
        Objects.requireNonNull(at, "at must not be null");
        BigDecimal value = new BigDecimal(amount);
        return aws.within(() -> {
            spent.put(at, value);
            return this;
        });
    }

    /**
     * How much will be spent in the period.
     *
     * @param amount the amount in US dollars
     * @return this
     */
    public FakeBudget forecast(String amount) {
        BigDecimal value = new BigDecimal(amount);
        return aws.within(() -> {
            forecast = value;
            return this;
        });
    }

    /**
     * When it ends.
     *
     * @param at the instant
     * @return this
     */
    public FakeBudget endsAt(Instant at) {
        Objects.requireNonNull(at, "at must not be null");
        return aws.within(() -> {
            endsAt = at;
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        BigDecimal most = planned.values().stream().reduce(limit, BigDecimal::max);
        String beyond = most.add(most).add(BigDecimal.ONE).toPlainString();
        drifts.of("budgets", name, "budget " + name)
                .add("gone", "does not exist", gone)
                .add("spent", "is spent twice over", () -> spent(beyond))
                .add("forecast", "is forecast to be spent twice over", () -> forecast(beyond));
    }

    String name() {
        return name;
    }

    String type() {
        return type;
    }

    /** The limit of a budget without a plan. */
    @Nullable
    BigDecimal limit() {
        return planned.isEmpty() ? limit : null;
    }

    Map<Instant, BigDecimal> planned() {
        return planned;
    }

    Map.Entry<Instant, BigDecimal> spentAt(Instant now) {
        return Objects.requireNonNull(spent.floorEntry(now));
    }

    @Nullable
    BigDecimal forecast() {
        return forecast;
    }

    @Nullable
    Instant endsAt() {
        return endsAt;
    }
}
