package dev.golive.launch;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a launch writes into its journal, and how it is read: step by step, each as a whole or not at all.
 *
 * <p>One step of a launch may be several entries, and a crash may leave the first of them without the others: a command
 * that was accepted and not carried out, a gate that failed without the rollback that follows from it. Effects are begun
 * only once all of a step is written, so nothing has followed from such a beginning. It stays in the journal and does not
 * count; what led to it is found again by the next process. Every entry that is not the last of its step says so.
 */
final class Replay {

    private Replay() {}

    /** An event as it is written; {@code goesOn} if more entries belong to the same step. */
    static Journal.Draft draft(Event event, Instant at, boolean goesOn) {
        String json = EventJson.write(event);
        if (goesOn) {
            json = "{\"" + EventJson.GOES_ON + "\":true" + (json.equals("{}") ? "}" : "," + json.substring(1));
        }
        return new Journal.Draft(at, event.actor(), EventJson.type(event), json);
    }

    /** Hands over the entries of a launch that count. */
    static void read(Journal journal, Consumer<Entry> reader) {
        journal.read(new Steps(reader));
    }

    /** Hands on the entries of a launch that count, of those that it is given in their order. */
    static Consumer<Entry> counting(Consumer<Entry> reader) {
        return new Steps(reader);
    }

    /** Holds back the entries of a step until its last one has come. */
    private static final class Steps implements Consumer<Entry> {
        private final Consumer<Entry> reader;
        private final List<Entry> begun = new ArrayList<>();

        Steps(Consumer<Entry> reader) {
            this.reader = reader;
        }

        @Override
        public void accept(Entry entry) {
            if (!begun.isEmpty() && begun.get(0).epoch() != entry.epoch()) {
                // its process died before it had written the rest
                begun.clear();
            }
            begun.add(entry);
            if (!EventJson.goesOn(entry)) {
                begun.forEach(reader);
                begun.clear();
            }
        }
    }
}
