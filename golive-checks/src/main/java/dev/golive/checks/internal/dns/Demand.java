package dev.golive.checks.internal.dns;

import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Expectation;
import java.util.Set;

/** What an answer should be. Immutable; judges without any way to the world. */
public interface Demand {

    /** What {@link #subject()} is where the aliases themselves are to be followed, one by one. */
    int ALIASES = -1;

    /** The number of the type that is to be asked for, or {@link #ALIASES}. */
    int subject();

    /** What is demanded, to follow the name: "has A records". Blank if another demand says it too. */
    String clause();

    /** What is expected, beside what is found. */
    String expected();

    /** Judges a definite answer; where {@link #judgesErrors()}, any answer. */
    Ruling judge(Answer answer);

    /** Whether an error code is an answer for this demand, rather than a lack of one. */
    default boolean judgesErrors() {
        return false;
    }

    /** Whether private addresses are expected, so that finding some is no sign of a wrong view. */
    default boolean expectsPrivate() {
        return false;
    }

    /** The captured values that this reads. */
    default Set<Capture<?>> reads() {
        return Set.of();
    }

    /** The same with captured values filled in. */
    default Demand resolved(CheckContext context) {
        return this;
    }

    /** Judges by an expectation. */
    @FunctionalInterface
    interface Judge<V> {
        /** Judges an answer. */
        Ruling judge(Answer answer, Expectation<V> expectation);
    }

    /** A demand that an expectation is part of. */
    record Expecting<V>(
            int subject,
            String beginning,
            String end,
            Expectation<V> expectation,
            boolean judgesErrors,
            boolean expectsPrivate,
            Judge<V> judge)
            implements Demand {

        @Override
        public String clause() {
            return beginning + expectation.sentence() + end;
        }

        @Override
        public String expected() {
            return expectation.sentence();
        }

        @Override
        public Ruling judge(Answer answer) {
            return judge.judge(answer, expectation);
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }

        @Override
        public Demand resolved(CheckContext context) {
            return reads().isEmpty()
                    ? this
                    : new Expecting<>(
                            subject,
                            beginning,
                            end,
                            expectation.resolved(context),
                            judgesErrors,
                            expectsPrivate,
                            judge);
        }
    }
}
