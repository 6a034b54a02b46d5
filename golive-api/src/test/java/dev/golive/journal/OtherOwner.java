package dev.golive.journal;

import java.io.IOException;
import java.nio.file.Path;

/** What another process does with a journal: the program that {@link OtherProcessTest} starts. */
final class OtherOwner {

    private OtherOwner() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[1]);
        switch (args[0]) {
            case "own" -> own(file);
            case "read" ->
                System.out.println("read " + Journal.read(file).size() + " "
                        + Journal.verify(file).intact());
            case "many" -> many(file);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Holds the journal until there is nothing more to read, or it is killed. */
    private static void own(Path file) throws IOException {
        try (Journal journal = Journal.file(file)) {
            journal.append(Journals.drafts(1, 2), true);
            System.out.println("owns it in epoch " + journal.epoch());
            while (System.in.read() >= 0) {
                // goes on owning it
            }
        } catch (JournalException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void many(Path file) {
        try (Journal journal = Journal.file(file)) {
            for (int i = 0; i < 1000; i++) {
                journal.append(Journals.drafts(1, 100), false);
            }
        }
        long[] count = {0};
        try (Journal journal = Journal.file(file)) {
            journal.read(entry -> count[0]++);
        }
        System.out.println("read " + count[0]);
    }
}
