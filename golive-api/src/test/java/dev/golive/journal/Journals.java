package dev.golive.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Journals for tests. */
final class Journals {

    static final Instant AT = Instant.parse("2027-03-02T09:00:00Z");

    private Journals() {}

    static Journal.Draft draft(int number) {
        return draft(number, "{\"n\":" + number + ",\"who\":\"Zoë 🚀\"}");
    }

    static Journal.Draft draft(int number, String data) {
        return new Journal.Draft(AT.plusSeconds(number), "kim", "type" + number, data);
    }

    static List<Journal.Draft> drafts(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Journals::draft).toList();
    }

    /** The bytes of a file with so many entries, by two owners. */
    static byte[] bytes(Path dir, int entries) throws IOException {
        Path file = dir.resolve("sample.journal");
        Files.deleteIfExists(file);
        try (Journal journal = Journal.file(file)) {
            journal.append(drafts(1, entries / 2), false);
        }
        try (Journal journal = Journal.file(file)) {
            for (int i = entries / 2 + 1; i <= entries; i++) {
                journal.append(List.of(draft(i)), true);
            }
        }
        return Files.readAllBytes(file);
    }
}
