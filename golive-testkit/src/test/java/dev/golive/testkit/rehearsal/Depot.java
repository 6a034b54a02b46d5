package dev.golive.testkit.rehearsal;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.testkit.Asked;
import dev.golive.testkit.Fake;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.VirtualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A fake of a service that knows of things only whether they are in order. */
final class Depot implements Fake {

    private final String plays;
    private final VirtualTime time;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Set<String> spoilt = new LinkedHashSet<>();
    private final Set<String> silent = new LinkedHashSet<>();
    private final List<Trouble> further = new ArrayList<>();

    Depot(String plays, VirtualTime time) {
        this.plays = plays;
        this.time = time;
    }

    /** A thing that may be spoilt. */
    Depot holding(String thing, String... about) {
        further.add(drift(thing).about(about));
        return this;
    }

    Depot with(Trouble trouble) {
        further.add(trouble);
        return this;
    }

    Trouble drift(String thing) {
        return Trouble.drift(
                thing + " spoilt", "the " + thing + " is not as it was", thing::equals, () -> spoil(thing));
    }

    synchronized void spoil(String thing) {
        spoilt.add(thing);
    }

    private synchronized void silence(String thing) {
        silent.add(thing);
    }

    synchronized boolean isInOrder(String thing) throws IOException {
        asked.add(new Asked(thing, false, time.now()));
        if (silent.contains(thing)) {
            throw new IOException("no answer about the " + thing);
        }
        return !spoilt.contains(thing);
    }

    @Override
    public String plays() {
        return plays;
    }

    @Override
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized List<Trouble> troubles(Set<String> questions) {
        List<Trouble> all = new ArrayList<>(further);
        for (String thing : questions) {
            Predicate<String> concerns = thing::equals;
            all.add(Trouble.fault(
                    thing + " silent", "nothing is said about the " + thing, concerns, () -> silence(thing)));
        }
        return all;
    }

    /** A check that a thing is in order. */
    Check says(String thing, String sentence) {
        return new Says(this, thing, sentence);
    }

    /** What a check makes of what it is told. */
    private record Says(Depot depot, String thing, String sentence) implements Check {
        @Override
        public Outcome examine(CheckContext context) throws IOException {
            return depot.isInOrder(thing) ? Outcome.passed() : Outcome.failed("something is wrong");
        }
    }

    /** A check that asks, and passes whatever it is told. */
    Check shrugsAt(String thing) {
        return new Shrugs(this, thing);
    }

    private record Shrugs(Depot depot, String thing) implements Check {
        @Override
        public String sentence() {
            return "somebody asked about the " + thing;
        }

        @Override
        public Outcome examine(CheckContext context) {
            try {
                depot.isInOrder(thing);
            } catch (IOException e) {
                return Outcome.passed();
            }
            return Outcome.passed();
        }
    }

    /** A check that takes silence for bad news. */
    Check panicsAt(String thing) {
        return new Panics(this, thing);
    }

    private record Panics(Depot depot, String thing) implements Check {
        @Override
        public String sentence() {
            return "the " + thing + " is there";
        }

        @Override
        public Outcome examine(CheckContext context) {
            try {
                return depot.isInOrder(thing) ? Outcome.passed() : Outcome.failed("the " + thing + " is gone");
            } catch (IOException e) {
                return Outcome.failed("the " + thing + " is gone");
            }
        }
    }
}
