package dev.golive.rollback;

import java.math.BigDecimal;

/**
 * A share of a whole.
 *
 * @param value the percentage, between 0 and 100
 */
public record Percent(double value) {

    /**
     * Refuses what is no share.
     *
     * @param value the percentage, between 0 and 100
     */
    public Percent {
        if (!(value >= 0 && value <= 100)) {
            throw new IllegalArgumentException("value must be between 0 and 100 but was " + value);
        }
    }

    /**
     * So many of a hundred.
     *
     * @param value the percentage, between 0 and 100
     * @return the share
     */
    public static Percent percent(double value) {
        return new Percent(value);
    }

    /** The decimal number that was written, so that 5 of 100 is exactly 5 %. */
    BigDecimal exact() {
        return BigDecimal.valueOf(value);
    }

    @Override
    public String toString() {
        return exact().stripTrailingZeros().toPlainString() + " %";
    }
}
