package dev.golive.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.MemoryJournal;
import dev.golive.journal.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each bad journal breaks the rule that is meant for it. */
class JournalContractTest {

    /** A good journal, of which each test spoils something. */
    private static class Spoilt implements Journal {
        final MemoryJournal inner;

        Spoilt(MemoryJournal inner) {
            this.inner = inner;
        }

        Journal next() {
            return new Spoilt(inner.reopen());
        }

        @Override
        public List<Entry> append(List<Draft> drafts, boolean durable) {
            return inner.append(drafts, durable);
        }

        @Override
        public void read(Consumer<Entry> reader) {
            inner.read(reader);
        }

        @Override
        public Optional<Entry> last() {
            return inner.last();
        }

        @Override
        public long size() {
            return inner.size();
        }

        @Override
        public String head() {
            return inner.head();
        }

        @Override
        public boolean isDurable() {
            return inner.isDurable();
        }

        @Override
        public int epoch() {
            return inner.epoch();
        }

        @Override
        public Verification verify() {
            return inner.verify();
        }

        @Override
        public Optional<Path> file() {
            return inner.file();
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    static class Good extends JournalContract {
        @Override
        protected Journal create() {
            return new Spoilt(Journal.inMemory());
        }

        @Override
        protected Journal reopen(Journal closed) {
            return ((Spoilt) closed).next();
        }
    }

    static class Forgets extends Good {
        @Override
        protected Journal reopen(Journal closed) {
            return new Spoilt(Journal.inMemory());
        }
    }

    static class StaysOpen extends Good {
        @Override
        protected Journal create() {
            return new Spoilt(Journal.inMemory()) {
                @Override
                public void close() {
                    // stays open
                }
            };
        }
    }

    static class TakesHalfABatch extends Good {
        @Override
        protected Journal create() {
            return new Spoilt(Journal.inMemory()) {
                @Override
                public List<Entry> append(List<Draft> drafts, boolean durable) {
                    List<Entry> entries = new ArrayList<>();
                    for (Draft draft : drafts) {
                        entries.addAll(inner.append(Collections.singletonList(draft), durable));
                    }
                    return entries;
                }
            };
        }
    }

    static class ReadsOnlyOnce extends Good {
        @Override
        protected Journal create() {
            return new Spoilt(Journal.inMemory()) {
                @Override
                public void read(Consumer<Entry> reader) {
                    for (long read = 0; read < inner.size(); read++) {
                        reader.accept(inner.entries().get((int) read));
                        if (inner.size() > 20) {
                            return;
                        }
                    }
                }
            };
        }
    }

    static class HashesInAnotherWay extends Good {
        @Override
        protected Journal create() {
            return new Spoilt(Journal.inMemory()) {
                @Override
                public List<Entry> append(List<Draft> drafts, boolean durable) {
                    return inner.append(drafts, durable).stream()
                            .map(e -> new Entry(
                                    e.number(),
                                    e.at(),
                                    e.actor(),
                                    e.epoch(),
                                    e.type(),
                                    e.data(),
                                    e.previous(),
                                    e.hash().toUpperCase(java.util.Locale.ROOT)))
                            .toList();
                }
            };
        }
    }

    static class StopsForAnInterruption extends Good {
        @Override
        protected Journal create() {
            return new Spoilt(Journal.inMemory()) {
                @Override
                public List<Entry> append(List<Draft> drafts, boolean durable) {
                    return Thread.interrupted() ? List.of() : inner.append(drafts, durable);
                }
            };
        }
    }

    static class SwallowsWhatAReaderThrows extends Good {
        @Override
        protected Journal create() {
            return new Spoilt(Journal.inMemory()) {
                @Override
                public void read(Consumer<Entry> reader) {
                    inner.read(entry -> {
                        try {
                            reader.accept(entry);
                        } catch (RuntimeException ignored) {
                            // swallowed
                        }
                    });
                }
            };
        }
    }

    private static List<String> broken(Class<?> type) {
        return List.copyOf(Launched.run(type).failures().keySet());
    }

    @Test
    void a_good_journal_keeps_it() {
        assertThat(Launched.run(Good.class).results()).hasSize(10);
        assertThat(Launched.run(Good.class).failures()).isEmpty();
    }

    @Test
    void a_bad_one_breaks_the_rule_that_is_meant_for_it() {
        assertThat(broken(Forgets.class))
                .containsExactlyInAnyOrder("has everything for the next owner", "refuses to append when it is closed");
        assertThat(broken(StaysOpen.class)).containsExactly("refuses to append when it is closed");
        assertThat(broken(TakesHalfABatch.class))
                .contains("takes a batch as a whole or not at all")
                .doesNotContain("is empty at first");
        assertThat(broken(ReadsOnlyOnce.class)).contains("can be appended to while it is read");
        assertThat(broken(HashesInAnotherWay.class))
                .contains("has the documented hashes", "keeps what is appended, in order and chained");
        assertThat(broken(StopsForAnInterruption.class)).containsExactly("appends from an interrupted thread");
        assertThat(broken(SwallowsWhatAReaderThrows.class)).containsExactly("lets a reader stop");
    }
}
