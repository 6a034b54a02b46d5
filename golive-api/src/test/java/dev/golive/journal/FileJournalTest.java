package dev.golive.journal;

import static dev.golive.journal.Journals.draft;
import static dev.golive.journal.Journals.drafts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void name() {
        file = dir.resolve("shop.journal");
    }

    @Test
    void entries_come_back_after_reopening_with_the_next_epoch() {
        List<Entry> written = new ArrayList<>();
        for (int epoch = 1; epoch <= 3; epoch++) {
            try (FileJournal journal = Journal.file(file)) {
                assertThat(journal.epoch()).isEqualTo(epoch);
                assertThat(journal.tornBytes()).isZero();
                assertThat(journal.entries()).isEqualTo(written);
                written.addAll(journal.append(drafts(1, 3), epoch == 2));
                assertThat(journal.size()).isEqualTo(written.size());
                assertThat(journal.head())
                        .isEqualTo(written.get(written.size() - 1).hash());
            }
        }
        assertThat(Journal.read(file)).isEqualTo(written);
        assertThat(written).extracting(Entry::epoch).containsExactly(1, 1, 1, 2, 2, 2, 3, 3, 3);
        assertThat(Journal.verify(file))
                .isEqualTo(new Verification(true, 9, 0, "", written.get(8).hash()));
    }

    @Test
    void an_owner_that_appends_nothing_is_counted_too() {
        for (int epoch = 1; epoch <= 3; epoch++) {
            try (Journal journal = Journal.file(file)) {
                assertThat(journal.epoch()).isEqualTo(epoch);
            }
        }
        assertThat(Journal.verify(file)).isEqualTo(new Verification(true, 0, 0, "", Journal.GENESIS));
    }

    @Test
    void the_file_is_lines_of_json_as_documented() throws IOException {
        try (Journal journal = Journal.file(file)) {
            journal.append(List.of(draft(1, " { \"b\" : 1.50 , \"a\":[ ] } ")), true);
        }
        String covered = "{\"number\":1,\"at\":\"2027-03-02T09:00:01Z\",\"actor\":\"kim\",\"epoch\":1,"
                + "\"type\":\"type1\",\"data\":{\"b\":1.50,\"a\":[]},\"previous\":\"" + "0".repeat(64) + "\"}";
        assertThat(Files.readString(file))
                .isEqualTo("{\"journal\":\"golive\",\"version\":1,\"epoch\":1,\"previous\":\"" + "0".repeat(64)
                        + "\"}\n" + covered.substring(0, covered.length() - 1) + ",\"hash\":\""
                        + Canonical.sha256(covered.getBytes(StandardCharsets.UTF_8)) + "\"}\n");
    }

    /** With the command that the package documents, where there is a shell. */
    @Test
    void other_tools_find_the_same_hash() throws Exception {
        assumeShell();
        Entry entry;
        try (Journal journal = Journal.file(file)) {
            entry = journal.append(drafts(1, 9), true).get(6);
        }
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        "grep '^{\"number\":7,' shop.journal | sed 's/,\"hash\":\"[0-9a-f]*\"}$/}/' | tr -d '\\n'"
                                + " | sha256sum")
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(printed).startsWith(entry.hash());
    }

    private static void assumeShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
    }

    @Test
    void any_text_comes_back_as_it_was() {
        String odd = "\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028é€🚀\ud83d lone \ude80";
        String data =
                Canonical.string(odd, new StringBuilder("{\"x\":")).append("}").toString();
        List<Entry> written;
        try (Journal journal = Journal.file(file)) {
            written = journal.append(
                    List.of(
                            new Journal.Draft(Journals.AT, odd, odd, data),
                            draft(2, "{\"x\":\"\\ud83d\\uDE80\\u00e9\"}")),
                    true);
        }
        assertThat(Journal.read(file)).isEqualTo(written);
        assertThat(Journal.read(file).get(0).actor()).isEqualTo(odd);
        assertThat(Journal.read(file).get(1).data()).isEqualTo("{\"x\":\"🚀é\"}");
        assertThat(Journal.verify(file).intact()).isTrue();
    }

    @Test
    void a_second_opening_in_the_same_process_is_refused_until_the_first_is_closed() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link.journal"), file);
        try (Journal journal = Journal.file(file)) {
            for (Path name : List.of(file, dir.resolve("x/../shop.journal").normalize(), link)) {
                assertThatThrownBy(() -> Journal.file(name))
                        .isInstanceOf(JournalException.class)
                        .hasMessageContaining("is already open in this process");
            }
            journal.append(drafts(1, 1), true);
        }
        Journal.file(link).close();
        assertThat(Journal.read(file)).hasSize(1);
    }

    @Test
    void it_can_be_read_and_verified_while_it_is_open() {
        try (Journal journal = Journal.file(file)) {
            journal.append(drafts(1, 3), false);
            assertThat(Journal.read(file)).isEqualTo(journal.entries()).hasSize(3);
            assertThat(Journal.verify(file)).isEqualTo(journal.verify());
        }
    }

    @Test
    void a_reader_may_append_and_sees_what_was_there_when_it_began() {
        try (Journal journal = Journal.file(file)) {
            journal.append(drafts(1, 3), false);
            List<Entry> seen = new ArrayList<>();
            journal.read(entry -> {
                seen.add(entry);
                journal.append(drafts(9, 9), false);
            });
            assertThat(seen).hasSize(3);
            assertThat(journal.size()).isEqualTo(6);
        }
    }

    @Test
    void a_closed_journal_takes_nothing_and_can_still_be_read() {
        Journal journal = Journal.file(file);
        journal.append(drafts(1, 2), false);
        journal.close();
        journal.close();
        assertThatThrownBy(() -> journal.append(drafts(3, 3), false))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is closed");
        try (Journal next = Journal.file(file)) {
            next.append(drafts(3, 4), false);
            assertThat(journal.entries()).hasSize(2).isEqualTo(next.entries().subList(0, 2));
            assertThat(journal.verify().intact()).isTrue();
        }
    }

    @Test
    void an_interrupted_thread_appends_like_every_other() {
        Thread.currentThread().interrupt();
        try (Journal journal = Journal.file(file)) {
            journal.append(drafts(1, 2), true);
            assertThat(journal.entries()).hasSize(2);
            assertThat(Journal.verify(file).intact()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(Journal.read(file)).hasSize(2);
    }

    @Test
    void what_is_no_journal_is_refused_and_left_as_it_is() throws IOException {
        String owner = Chain.owner(1, Journal.GENESIS);
        for (String content : List.of(
                "hello",
                "hello\n",
                "{",
                "{}",
                "{}\n",
                "\n",
                "[1]\n",
                owner + " ",
                owner + "\r\n",
                owner + "\n\n",
                owner + "\n" + owner + "\n",
                owner + "\n{\"number\":2,",
                owner + "\nhello",
                "\ufeff" + owner + "\n")) {
            if (content.equals("{")) {
                continue; // the first byte of a journal is all that a crash may leave
            }
            Files.writeString(file, content);
            assertThatThrownBy(() -> Journal.file(file))
                    .as(content)
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("line ");
            assertThat(Files.readString(file)).isEqualTo(content);
            assertThat(Journal.verify(file).intact()).as(content).isFalse();
        }
    }

    @Test
    void another_version_is_refused_and_both_are_named() throws IOException {
        String newer = Chain.owner(1, Journal.GENESIS).replace("\"version\":1", "\"version\":2") + "\n{\"new\":1}\n";
        Files.writeString(file, newer);
        assertThatThrownBy(() -> Journal.file(file))
                .isInstanceOf(JournalException.class)
                .hasMessage("The journal " + file + " cannot be followed: line 1 has version 2 of the format,"
                        + " this release of golive knows version 1");
        assertThat(Files.readString(file)).isEqualTo(newer);
        assertThat(Journal.verify(file).because()).contains("version 2", "version 1");
        assertThatThrownBy(() -> Journal.read(file)).hasMessageContaining("version 2");
    }

    @Test
    void a_place_where_no_file_can_be_is_refused() {
        for (Path bad : List.of(dir, dir.resolve("no/shop.journal"))) {
            assertThatThrownBy(() -> Journal.file(bad))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining(bad.toString());
            assertThatThrownBy(() -> Journal.verify(bad)).isInstanceOf(JournalException.class);
        }
        assertThatThrownBy(() -> Journal.read(file)).isInstanceOf(JournalException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void somebody_else_who_changes_the_file_is_noticed() throws IOException {
        try (Journal journal = Journal.file(file)) {
            journal.append(drafts(1, 3), true);
            byte[] good = Files.readAllBytes(file);

            Files.writeString(file, "more\n", StandardOpenOption.APPEND);
            assertThat(journal.verify())
                    .isEqualTo(new Verification(
                            false, 3, 4, "5 bytes follow that this journal did not write", journal.head()));
            assertThatThrownBy(() -> journal.append(drafts(4, 4), true))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("somebody else changed the file");
            Files.write(file, good);
            assertThatThrownBy(() -> journal.append(drafts(4, 4), true))
                    .hasMessageContaining("takes no more entries until it is opened anew");
            assertThat(journal.entries()).hasSize(3);

            int lastLine = new String(good, StandardCharsets.UTF_8).indexOf("{\"number\":3");
            Files.write(
                    file,
                    Arrays.copyOf(
                            good,
                            new String(good, StandardCharsets.UTF_8)
                                    .substring(0, lastLine)
                                    .getBytes(StandardCharsets.UTF_8)
                                    .length));
            assertThat(journal.verify().firstBad()).isEqualTo(3);
            assertThatThrownBy(journal::entries).isInstanceOf(JournalException.class);
        }
    }

    @Test
    void a_chain_that_was_written_anew_is_not_the_one_that_the_owner_knows() throws IOException {
        try (Journal journal = Journal.file(file)) {
            journal.append(List.of(draft(1, "{\"said\":\"no!\"}")), true);
            Path forged = dir.resolve("forged");
            try (Journal other = Journal.file(forged)) {
                other.append(List.of(draft(1, "{\"said\":\"yes\"}")), true);
            }
            Files.write(file, Files.readAllBytes(forged));
            assertThat(Journal.verify(file).intact()).isTrue();
            assertThat(journal.verify().intact()).isFalse();
            assertThat(journal.verify().because()).contains("not the one that was written");
        }
    }

    @Test
    void an_entry_as_large_as_a_line_may_be_comes_back_and_a_larger_one_is_refused_with_its_batch() {
        for (Journal journal : List.of(Journal.file(file), Journal.inMemory())) {
            int around = Entry.of(draft(1, "{\"x\":\"\"}"), 1, 1, Journal.GENESIS)
                    .toJson()
                    .length();
            String largest = "{\"x\":\"" + "x".repeat(Lines.LONGEST - around) + "\"}";
            String larger = largest.replaceFirst("x\"}$", "é\"}");
            assertThatThrownBy(() -> journal.append(List.of(draft(1), draft(2, larger)), true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(
                            "drafts must each be at most 16777142 bytes as JSON, but one of type type2");
            assertThat(journal.size()).isZero();
            journal.append(List.of(draft(1, largest)), true);
            assertThat(journal.entries()).hasSize(1);
            journal.close();
        }
        assertThat(Journal.read(file)).hasSize(1);
    }

    @Test
    void a_line_longer_than_any_entry_is_damage() throws IOException {
        byte[] longer = new byte[Lines.LONGEST + 1000];
        Arrays.fill(longer, (byte) 'x');
        Files.write(file, longer);
        assertThat(Journal.verify(file).because()).isEqualTo("line 1 is longer than 16777216 bytes");
        assertThatThrownBy(() -> Journal.file(file)).hasMessageContaining("line 1 is longer");
    }

    @Test
    void whatever_is_accepted_can_be_read_again() {
        List<String> accepted = List.of(
                "{\"x\":".repeat(499) + "[]" + "}".repeat(499),
                "{\"x\":" + "1".repeat(1000) + "}",
                "{\"" + "n".repeat(50_000) + "\":-0.0e-999999999}",
                "{\"\":\"\",\"\\u0000\":\"\\ud800\"}");
        List<Entry> written = new ArrayList<>();
        try (Journal journal = Journal.file(file)) {
            for (String data : accepted) {
                written.addAll(journal.append(List.of(draft(1, data)), false));
            }
            for (Instant at : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH.minusNanos(1))) {
                written.addAll(journal.append(List.of(new Journal.Draft(at, "kim", "odd", "{}")), false));
            }
        }
        assertThat(Journal.read(file)).isEqualTo(written);
        assertThat(written).extracting(Entry::data).startsWith(accepted.toArray(String[]::new));
        for (String data : List.of(
                "{\"x\":".repeat(500) + "[]" + "}".repeat(500),
                "{\"x\":" + "1".repeat(1001) + "}",
                "{\"" + "n".repeat(50_001) + "\":1}",
                "[".repeat(100_000))) {
            assertThatThrownBy(() -> draft(1, data)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
