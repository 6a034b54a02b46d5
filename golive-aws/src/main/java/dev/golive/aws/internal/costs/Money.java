package dev.golive.aws.internal.costs;

import dev.golive.provider.ApiProblem;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An amount of a currency.
 *
 * @param amount how much
 * @param currency of what, for example {@code USD}
 */
public record Money(BigDecimal amount, String currency) {

    /** The sum with another amount of the same currency. */
    Money plus(Money other) {
        return new Money(amount.add(other.in(currency)), currency);
    }

    /**
     * The amount in a currency.
     *
     * @throws ApiProblem if it is one in another
     */
    public BigDecimal in(String wanted) {
        if (!currency.equals(wanted)) {
            throw ApiProblem.undecided("AWS counts in " + currency + ", not in " + wanted);
        }
        return amount;
    }

    /** As people write it, rounded up, so that nothing looks cheaper than it is. */
    @Override
    public String toString() {
        return (amount.scale() > 2 ? amount.setScale(2, RoundingMode.CEILING) : amount).toPlainString() + " "
                + currency;
    }
}
