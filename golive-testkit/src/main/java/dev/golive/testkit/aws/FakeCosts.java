package dev.golive.testkit.aws;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the account of {@link FakeAws} costs, as Cost Explorer tells it: nothing, unless said otherwise.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeCosts {

    private final FakeAws aws;
    private final TreeMap<LocalDate, BigDecimal> days = new TreeMap<>();
    private String currency = "USD";
    private int emptyPages;
    private @Nullable LocalDate availableFrom;

    FakeCosts(FakeAws aws) {
        this.aws = aws;
    }

    /**
     * What a day costs.
     *
     * @param day the day, in UTC
     * @param amount the amount, for example {@code 12.34}
     * @return this
     */
    public FakeCosts on(LocalDate day, String amount) {
        Objects.requireNonNull(day, "day must not be null");
        BigDecimal value = new BigDecimal(amount);
        return aws.within(() -> {
            days.put(day, value);
            return this;
        });
    }

    /**
     * What it is counted in; {@code USD} unless said otherwise.
     *
     * @param unit the currency
     * @return this
     */
    public FakeCosts currency(String unit) {
        Objects.requireNonNull(unit, "unit must not be null");
        return aws.within(() -> {
            currency = unit;
            return this;
        });
    }

    /**
     * How many pages without results come first; none unless said otherwise.
     *
     * @param pages how many
     * @return this
     */
    public FakeCosts emptyPages(int pages) {
        return aws.within(() -> {
            emptyPages = pages;
            return this;
        });
    }

    /**
     * Lets there be no data of earlier days, as in a new account.
     *
     * @param day the first day with data
     * @return this
     */
    public FakeCosts availableFrom(LocalDate day) {
        Objects.requireNonNull(day, "day must not be null");
        return aws.within(() -> {
            availableFrom = day;
            return this;
        });
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise, if anything was said of costs. */
    void drifts(Drifts drifts) {
        if (days.isEmpty()) {
            return;
        }
        LocalDate today = drifts.now().atOffset(ZoneOffset.UTC).toLocalDate();
        drifts.of("ce", "costs", "costs")
                .add("high", "of this month are higher by 1000000", () -> on(today, "1000000"))
                .add(
                        "high last month",
                        "of last month were higher by 1000000",
                        () -> on(today.minusMonths(1), "1000000"));
    }

    BigDecimal between(LocalDate from, LocalDate to) {
        return days.subMap(from, to).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    String currency() {
        return currency;
    }

    int emptyPages() {
        return emptyPages;
    }

    @Nullable
    LocalDate availableFrom() {
        return availableFrom;
    }
}
