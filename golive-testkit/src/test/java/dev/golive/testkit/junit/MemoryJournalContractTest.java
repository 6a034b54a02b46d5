package dev.golive.testkit.junit;

import dev.golive.journal.Journal;
import dev.golive.journal.MemoryJournal;

class MemoryJournalContractTest extends JournalContract {

    @Override
    protected Journal create() {
        return Journal.inMemory();
    }

    @Override
    protected Journal reopen(Journal closed) {
        return ((MemoryJournal) closed).reopen();
    }
}
