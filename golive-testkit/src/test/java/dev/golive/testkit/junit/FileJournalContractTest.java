package dev.golive.testkit.junit;

import dev.golive.journal.Journal;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileJournalContractTest extends JournalContract {

    @TempDir
    Path dir;

    @Override
    protected Journal create() {
        return Journal.file(dir.resolve("shop.journal"));
    }

    @Override
    protected Journal reopen(Journal closed) {
        return Journal.file(closed.file().orElseThrow());
    }
}
