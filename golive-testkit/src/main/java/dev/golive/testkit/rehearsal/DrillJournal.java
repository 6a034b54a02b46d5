package dev.golive.testkit.rehearsal;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.Verification;
import dev.golive.testkit.FakeJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A journal that says when an action begins, before the engine does anything about it, and when its step is over. */
final class DrillJournal implements Journal {

    private final FakeJournal journal = FakeJournal.empty();
    private final Consumer<Boolean> performing;

    DrillJournal(Consumer<Boolean> performing) {
        this.performing = performing;
    }

    @Override
    public List<Entry> append(List<Draft> drafts, boolean durable) {
        List<Entry> entries = journal.append(drafts, durable);
        for (Entry entry : entries) {
            if (entry.type().equals("ActionStarted")) {
                performing.accept(true);
            } else if (entry.type().equals("StepEnded")) {
                performing.accept(false);
            }
        }
        return entries;
    }

    @Override
    public void read(Consumer<Entry> reader) {
        journal.read(reader);
    }

    @Override
    public Optional<Entry> last() {
        return journal.last();
    }

    @Override
    public long size() {
        return journal.size();
    }

    @Override
    public String head() {
        return journal.head();
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public int epoch() {
        return journal.epoch();
    }

    @Override
    public Verification verify() {
        return journal.verify();
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public void close() {
        journal.close();
    }
}
