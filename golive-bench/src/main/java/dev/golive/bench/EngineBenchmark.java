package dev.golive.bench;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Item;
import dev.golive.Outcome;
import dev.golive.Report;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the engine itself costs: lists of checks that do nothing, independent of each other or each after the one before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EngineBenchmark {

    /** How many checks a list has. */
    @Param({"1000", "10000", "100000"})
    public int checks = 1000;

    private final Environment environment = Environment.named("benchmark");
    private Checklist independent = Checklist.named("one").require(noOp(0)).build();
    private Checklist chained = independent;
    private GoLive golive = GoLive.create();

    /** Builds the lists. */
    @Setup
    public void build() {
        golive.close();
        golive = GoLive.create();
        Checklist.Builder free = Checklist.named("independent");
        Checklist.Builder chain = Checklist.named("chained");
        Item before = null;
        for (int i = 0; i < checks; i++) {
            Item item = noOp(i);
            free.require(item);
            item = before == null ? item : item.after(before);
            chain.require(item);
            before = item;
        }
        independent = free.build();
        chained = chain.build();
    }

    private static Item noOp(int i) {
        return Check.that("check " + i + " does nothing", context -> Outcome.passed())
                .as("c" + i);
    }

    /**
     * Nothing waits for anything.
     *
     * @return the report
     */
    @Benchmark
    public Report independent() {
        return golive.run(independent, environment);
    }

    /**
     * Each check waits for the one before.
     *
     * @return the report
     */
    @Benchmark
    public Report chained() {
        return golive.run(chained, environment);
    }

    /** Ends the threads. */
    @TearDown
    public void close() {
        golive.close();
    }
}
