package dev.golive.testkit.rehearsal;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.Verification;
import dev.golive.testkit.FakeJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A journal that says when the first of some actions begins, before the engine does anything about it. */
final class DrillJournal implements Journal {

    private final FakeJournal journal = FakeJournal.empty();
    private final Set<String> actions;
    private final Runnable beginning;
    private boolean begun;

    DrillJournal(Set<String> actions, Runnable beginning) {
        this.actions = actions;
        this.beginning = beginning;
    }

    @Override
    public List<Entry> append(List<Draft> drafts, boolean durable) {
        List<Entry> entries = journal.append(drafts, durable);
        if (!begun && entries.stream().anyMatch(this::begins)) {
            begun = true;
            beginning.run();
        }
        return entries;
    }

    private boolean begins(Entry entry) {
        return entry.type().equals("ActionStarted")
                && actions.stream().anyMatch(id -> entry.data().contains("\"launch:" + id + "\""));
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
