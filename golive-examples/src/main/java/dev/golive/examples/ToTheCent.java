package dev.golive.examples;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** An amount that was answered is what it must be, reckoned again from other amounts that were answered; to the cent. */
final class ToTheCent implements Check {

    private final String sentence;
    private final Capture<BigDecimal> answered;
    private final List<Capture<BigDecimal>> others;
    private final Function<List<BigDecimal>, BigDecimal> reckoned;

    ToTheCent(
            String sentence,
            Capture<BigDecimal> answered,
            List<Capture<BigDecimal>> others,
            Function<List<BigDecimal>, BigDecimal> reckoned) {
        this.sentence = sentence;
        this.answered = answered;
        this.others = List.copyOf(others);
        this.reckoned = reckoned;
    }

    /** So many percent of an amount, rounded as the books are. */
    static BigDecimal percent(int percent, BigDecimal of) {
        return of.multiply(BigDecimal.valueOf(percent, 2)).setScale(2, RoundingMode.HALF_UP);
    }

    @Override
    public String sentence() {
        return sentence;
    }

    @Override
    public Set<Capture<?>> reads() {
        Set<Capture<?>> all = new LinkedHashSet<>(others);
        all.add(answered);
        return all;
    }

    @Override
    public Outcome examine(CheckContext context) {
        BigDecimal found = context.read(answered);
        BigDecimal right = reckoned.apply(others.stream().map(context::read).toList());
        Fact fact = Fact.of(answered.name(), right.toPlainString(), found.toPlainString());
        return found.compareTo(right) == 0
                ? Outcome.passed(fact)
                : Outcome.failed("it is off by " + found.subtract(right).toPlainString(), fact);
    }

    @Override
    public String toString() {
        return sentence;
    }
}
