package dev.golive.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed in a journal is found, and the first bad entry is named. */
class TamperingTest {

    @TempDir
    Path dir;

    /** A journal in its file form; owners change where a number of entries says so. */
    private static List<String> lines(List<Journal.Draft> drafts, List<Integer> owners) {
        List<String> lines = new ArrayList<>();
        String head = Journal.GENESIS;
        int epoch = 0;
        for (int i = 0; i <= drafts.size(); i++) {
            int number = i;
            long changes =
                    i == 0 ? 1 : owners.stream().filter(at -> at == number).count();
            for (long change = 0; change < changes; change++) {
                epoch++;
                lines.add(Chain.owner(epoch, head));
            }
            if (i < drafts.size()) {
                Entry entry = Entry.of(drafts.get(i), i + 1, epoch, head);
                lines.add(entry.toJson());
                head = entry.hash();
            }
        }
        return lines;
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static Verification verify(byte[] bytes) {
        try {
            return Chain.follow(new ByteArrayInputStream(bytes), bytes.length, entry -> {})
                    .verification();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verification verify(List<String> lines) {
        return verify(bytes(lines));
    }

    /** Which entry stands in a line, or will be the next after an owner. */
    private static int entryAt(List<String> lines, int index) {
        return 1
                + (int) lines.subList(0, index).stream()
                        .filter(line -> line.startsWith("{\"number\":"))
                        .count();
    }

    @Provide
    Arbitrary<List<String>> journals() {
        Arbitrary<String> texts =
                Arbitraries.strings().ofMinLength(1).ofMaxLength(8).filter(text -> !text.isBlank());
        Arbitrary<String> data = texts.map(text -> Canonical.string(text, new StringBuilder("{\"x\":"))
                .append(",\"y\":[1.0,true,null,{}]}")
                .toString());
        Arbitrary<Journal.Draft> drafts = Combinators.combine(
                        Arbitraries.longs().between(0, 4_000_000_000L), texts, texts, data)
                .as((at, actor, type, json) ->
                        new Journal.Draft(Instant.ofEpochSecond(at, at % 1000), actor, type, json));
        return Combinators.combine(
                        drafts.list().ofMinSize(1).ofMaxSize(8),
                        Arbitraries.integers().between(1, 8).list().ofMaxSize(3))
                .as(TamperingTest::lines);
    }

    @Property(tries = 200)
    void what_was_not_changed_is_intact(@ForAll("journals") List<String> lines) {
        assertThat(verify(lines).because()).isEmpty();
        assertThat(verify(lines).intact()).isTrue();
        assertThat(verify(lines).entries()).isEqualTo(entryAt(lines, lines.size()) - 1);
    }

    @Property(tries = 1000)
    void a_byte_that_was_changed_is_found(
            @ForAll("journals") List<String> lines,
            @ForAll @IntRange(min = 0, max = 1_000_000) int where,
            @ForAll @IntRange(min = 1, max = 255) int by) {
        byte[] bytes = bytes(lines);
        int position = where % bytes.length;
        int line =
                (int) IntStream.range(0, position).filter(i -> bytes[i] == '\n').count();
        bytes[position] ^= (byte) by;
        Verification verification = verify(bytes);
        if (position == bytes.length - 1 && bytes[position] == 0) {
            // nothing that was said is lost with the last line feed
            assertThat(verification.entries()).isEqualTo(entryAt(lines, lines.size()) - 1);
        } else {
            assertThat(verification.intact()).as("byte %s", position).isFalse();
            assertThat(verification.firstBad()).as("byte %s", position).isEqualTo(entryAt(lines, line));
        }
    }

    @Property(tries = 300)
    void a_byte_that_was_taken_out_or_put_in_is_found(
            @ForAll("journals") List<String> lines,
            @ForAll @IntRange(min = 0, max = 1_000_000) int where,
            @ForAll byte value) {
        byte[] bytes = bytes(lines);
        int position = where % (bytes.length - 1);
        int line =
                (int) IntStream.range(0, position).filter(i -> bytes[i] == '\n').count();
        byte[] without = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, without, 0, position);
        System.arraycopy(bytes, position + 1, without, position, without.length - position);
        assertThat(verify(without).firstBad()).isEqualTo(entryAt(lines, line));

        byte[] with = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, with, 0, position);
        with[position] = value;
        System.arraycopy(bytes, position, with, position + 1, bytes.length - position);
        assertThat(verify(with).intact()).isFalse();
    }

    @Property(tries = 300)
    void a_line_that_was_taken_out_is_found(
            @ForAll("journals") List<String> lines, @ForAll @IntRange(min = 0, max = 1000) int which) {
        int index = which % lines.size();
        List<String> without = new ArrayList<>(lines);
        without.remove(index);
        if (index == lines.size() - 1) {
            assertThat(verify(without).intact())
                    .as("the end can only be known from elsewhere")
                    .isEqualTo(index > 0);
        } else {
            assertThat(verify(without).firstBad()).isEqualTo(entryAt(lines, index));
        }
    }

    @Property(tries = 300)
    void a_line_that_stands_twice_is_found(
            @ForAll("journals") List<String> lines,
            @ForAll @IntRange(min = 0, max = 1000) int which,
            @ForAll @IntRange(min = 0, max = 1000) int where) {
        int from = which % lines.size();
        int to = where % (lines.size() + 1);
        List<String> with = new ArrayList<>(lines);
        with.add(to, lines.get(from));
        assertThat(verify(with).intact()).isFalse();
        // a copy in front of itself is the line itself, and what follows is the copy
        assertThat(verify(with).firstBad()).isEqualTo(entryAt(lines, to == from ? to + 1 : to));
    }

    @Property(tries = 300)
    void lines_that_changed_places_are_found(
            @ForAll("journals") List<String> lines,
            @ForAll @IntRange(min = 0, max = 1000) int one,
            @ForAll @IntRange(min = 0, max = 1000) int other) {
        int a = one % lines.size();
        int b = other % lines.size();
        if (a != b) {
            List<String> swapped = new ArrayList<>(lines);
            Collections.swap(swapped, a, b);
            assertThat(verify(swapped).firstBad()).isEqualTo(entryAt(lines, Math.min(a, b)));
        }
    }

    @Property(tries = 300)
    void entries_of_another_journal_are_found(
            @ForAll("journals") List<String> lines,
            @ForAll("journals") List<String> others,
            @ForAll @IntRange(min = 0, max = 1000) int which) {
        int index = which % Math.min(lines.size(), others.size());
        if (!lines.get(index).equals(others.get(index))) {
            List<String> mixed = new ArrayList<>(lines);
            mixed.set(index, others.get(index));
            Verification verification = verify(mixed);
            boolean last = index == lines.size() - 1;
            assertThat(verification.intact() && !last).isFalse();
        }
    }

    @Property(tries = 300)
    void whatever_is_in_a_file_the_answer_is_a_verification(
            @ForAll("journals") List<String> lines, @ForAll byte[] noise, @ForAll String text) {
        int entries = entryAt(lines, lines.size()) - 1;
        byte[] good = bytes(lines);
        for (String tail : List.of(
                new String(noise, StandardCharsets.ISO_8859_1),
                text,
                Entry.beginning(entries + 1) + text,
                Entry.beginning(entries + 1) + "2027-03-02T09:00:00Z\",\"actor\":\"" + text + "\"}\n",
                "{\"journal\":" + text + "\n")) {
            byte[] more = tail.getBytes(StandardCharsets.UTF_8);
            assertThat(verify(more).entries()).isZero();
            byte[] both = Arrays.copyOf(good, good.length + more.length);
            System.arraycopy(more, 0, both, good.length, more.length);
            assertThat(verify(both).entries()).isEqualTo(entries);
            if (tail.endsWith("\n")) {
                assertThat(verify(both).firstBad()).isEqualTo(entries + 1);
            }
        }
    }

    /** Each field with another value, and all else as it was. */
    private static Map<String, UnaryOperator<Entry>> changes() {
        Map<String, UnaryOperator<Entry>> changes = new LinkedHashMap<>();
        changes.put("number", e -> copy(e, e.number() + 1, e.at(), e.actor(), e.epoch(), e.type(), e.data(), e));
        changes.put("at", e -> copy(e, e.number(), e.at().plusNanos(1), e.actor(), e.epoch(), e.type(), e.data(), e));
        changes.put("actor", e -> copy(e, e.number(), e.at(), "eve", e.epoch(), e.type(), e.data(), e));
        changes.put("epoch", e -> copy(e, e.number(), e.at(), e.actor(), e.epoch() + 1, e.type(), e.data(), e));
        changes.put("type", e -> copy(e, e.number(), e.at(), e.actor(), e.epoch(), "other", e.data(), e));
        changes.put("data", e -> copy(e, e.number(), e.at(), e.actor(), e.epoch(), e.type(), "{}", e));
        changes.put(
                "previous",
                e -> new Entry(e.number(), e.at(), e.actor(), e.epoch(), e.type(), e.data(), "1".repeat(64), e.hash()));
        changes.put(
                "hash",
                e -> new Entry(
                        e.number(), e.at(), e.actor(), e.epoch(), e.type(), e.data(), e.previous(), "1".repeat(64)));
        return changes;
    }

    private static Entry copy(
            Entry entry, long number, Instant at, String actor, int epoch, String type, String data, Entry chained) {
        return new Entry(number, at, actor, epoch, type, data, chained.previous(), entry.hash());
    }

    private static Entry rehashed(Entry e) {
        return Entry.of(new Journal.Draft(e.at(), e.actor(), e.type(), e.data()), e.number(), e.epoch(), e.previous());
    }

    @Test
    void each_field_of_each_entry_is_covered() {
        List<String> lines = lines(Journals.drafts(1, 9), List.of(4, 4, 7));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("{\"number\":")) {
                continue;
            }
            Entry entry = Entry.fromJson(lines.get(i));
            int at = i;
            changes().forEach((field, change) -> {
                Entry changed = change.apply(entry);
                List<String> tampered = new ArrayList<>(lines);
                tampered.set(at, changed.toJson());
                assertThat(verify(tampered).firstBad())
                        .as("%s of entry %s", field, entry.number())
                        .isEqualTo(entry.number());
                assertThat(verify(tampered).because()).startsWith("line " + (at + 1) + " ");

                tampered.set(at, rehashed(changed).toJson());
                boolean fits = List.of("at", "actor", "type", "data").contains(field);
                if (fits && entry.number() < 9) {
                    assertThat(verify(tampered).firstBad())
                            .as("%s of entry %s, with its own hash made anew", field, entry.number())
                            .isEqualTo(entry.number() + 1);
                } else if (!fits && !field.equals("hash")) {
                    assertThat(verify(tampered).firstBad()).isEqualTo(entry.number());
                }
            });
        }
    }

    @Test
    void another_way_to_write_the_same_entry_is_found() {
        List<String> lines = lines(Journals.drafts(1, 3), List.of());
        String entry = lines.get(2);
        for (String other : List.of(
                entry.replace("{\"n\"", "{ \"n\""),
                entry.replace("ë", "\\u00eb"),
                entry.replace("Z\"", "+00:00\""),
                entry.replace(":02Z", ":02.0Z"),
                entry.replace("\"number\":2", "\"number\":02"),
                entry.replace("\"number\":2", "\"number\":\"2\""),
                entry.replace("\"number\":2,", "\"number\":2,\"number\":2,"),
                entry.replace("\"epoch\":1", "\"epoch\":1.0"),
                entry.replace("\"n\":2", "\"n\":2,\"n\":2"),
                entry + " ",
                entry + "\r",
                " " + entry,
                entry + entry,
                entry.replace("}", ",\"more\":1}"))) {
            assertThat(other).isNotEqualTo(entry);
            List<String> tampered = new ArrayList<>(lines);
            tampered.set(2, other);
            assertThat(verify(tampered).firstBad()).as(other).isEqualTo(2);
        }
    }

    @Test
    void a_damaged_file_is_not_opened_and_gives_only_what_stands_before_the_damage() throws IOException {
        List<String> lines = lines(Journals.drafts(1, 9), List.of(4));
        lines.set(6, lines.get(6).replace("kim", "eve"));
        Path file = dir.resolve("shop.journal");
        Files.write(file, bytes(lines));

        assertThat(Journal.verify(file))
                .isEqualTo(new Verification(
                        false,
                        4,
                        5,
                        "line 7 does not have the hash that it names",
                        Entry.fromJson(lines.get(4)).hash()));
        assertThatThrownBy(() -> Journal.file(file))
                .isInstanceOf(JournalException.class)
                .hasMessage("The journal " + file + " cannot be followed: line 7 does not have the hash that it names");
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes(lines));
        List<Entry> seen = new ArrayList<>();
        assertThatThrownBy(() -> Journal.read(file, seen::add)).hasMessageContaining("line 7");
        assertThat(seen).hasSize(4);
    }
}
