package dev.golive.testkit.junit;

import dev.golive.journal.Journal;
import dev.golive.journal.MemoryJournal;
import dev.golive.testkit.CrashingJournal;

/** As long as it does not crash, a crashing journal is a journal. */
class CrashingJournalContractTest extends JournalContract {

    private final MemoryJournal inner = Journal.inMemory();

    @Override
    protected Journal create() {
        return CrashingJournal.after(inner, 1000);
    }

    @Override
    protected Journal reopen(Journal closed) {
        return CrashingJournal.before(inner.reopen(), 1000);
    }
}
