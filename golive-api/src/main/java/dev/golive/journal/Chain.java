package dev.golive.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows the chain of a journal through the lines of its file, and stops at the first one that does not fit. */
final class Chain {

    /** The version of the format that this release writes and reads. */
    static final int VERSION = 1;

    private static final String OWNER = "{\"journal\":\"golive\",\"version\":";
    private static final Pattern VERSIONED =
            Pattern.compile(Pattern.quote(OWNER) + "([1-9][0-9]{0,8}),.*", Pattern.DOTALL);

    private final Consumer<Entry> reader;

    private long line;
    private int epoch;
    private long entries;
    private String head = Journal.GENESIS;
    private @Nullable Entry last;
    private long good;
    private long torn;
    private boolean unended;
    private @Nullable String problem;

    private Chain(Consumer<Entry> reader) {
        this.reader = reader;
    }

    /** Follows so many bytes of a file, and hands over each entry that fits. */
    static Chain follow(InputStream in, long length, Consumer<Entry> reader) throws IOException {
        Chain chain = new Chain(reader);
        Lines lines = new Lines(in, length);
        while (chain.problem == null && lines.next()) {
            chain.line++;
            if (lines.isTooLong()) {
                chain.problem = "is longer than " + Lines.LONGEST + " bytes";
            } else if (lines.isEnded()) {
                byte[] bytes = lines.bytes();
                chain.problem = chain.accept(bytes);
                if (chain.problem == null) {
                    chain.good += bytes.length + 1;
                }
            } else {
                chain.end(lines.bytes());
            }
        }
        return chain;
    }

    /** The line by which a new owner begins. */
    static String owner(int epoch, String head) {
        return OWNER + VERSION + ",\"epoch\":" + epoch + ",\"previous\":\"" + head + "\"}";
    }

    /** The entries that drafts become behind an entry. */
    static List<Entry> batch(List<Journal.Draft> drafts, long after, int epoch, String head) {
        List<Entry> batch = new ArrayList<>();
        String previous = head;
        for (Journal.Draft draft : drafts) {
            Entry entry = Entry.of(draft, after + batch.size() + 1, epoch, previous);
            batch.add(entry);
            previous = entry.hash();
        }
        return List.copyOf(batch);
    }

    /** Takes a whole line; says what is wrong with it, or nothing. */
    private @Nullable String accept(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "is not UTF-8";
        }
        if (epoch == 0 || text.startsWith("{\"journal\":")) {
            return acceptOwner(text);
        }
        Entry entry;
        try {
            entry = Entry.fromJson(text);
        } catch (JournalException e) {
            return e.getMessage();
        }
        if (entry.number() != entries + 1) {
            return "is entry " + entry.number() + " where entry " + (entries + 1) + " must be";
        }
        if (!entry.previous().equals(head)) {
            return "does not name the hash of the entry before it";
        }
        if (entry.epoch() != epoch) {
            return "has epoch " + entry.epoch() + ", but the owner before it has " + epoch;
        }
        if (!entry.isIntact()) {
            return "does not have the hash that it names";
        }
        reader.accept(entry);
        entries++;
        head = entry.hash();
        last = entry;
        return null;
    }

    private @Nullable String acceptOwner(String text) {
        if (text.equals(owner(epoch + 1, head))) {
            epoch++;
            return null;
        }
        Matcher versioned = VERSIONED.matcher(text);
        if (versioned.matches() && Integer.parseInt(versioned.group(1)) != VERSION) {
            return "has version " + versioned.group(1) + " of the format, this release of golive knows version "
                    + VERSION;
        }
        return epoch == 0 ? "is not the first line of a golive journal" : "does not name the next owner";
    }

    /** Takes the last line, which has no line feed. */
    private void end(byte[] bytes) {
        int length = bytes.length;
        // after a power failure a file may have its new length, but not yet its new bytes
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        int whole = endOfObject(bytes, length);
        if (whole == length && length > 0) {
            problem = accept(Arrays.copyOf(bytes, length));
            if (problem == null) {
                good += length;
                unended = true;
            }
        } else if (whole > 0 || !isBeginning(bytes, length)) {
            problem = epoch == 0
                    ? "is not the first line of a golive journal"
                    : "has no end, and is not the beginning of entry " + (entries + 1);
        } else {
            torn = bytes.length;
        }
    }

    /** Whether bytes are what is left of a line that could stand here. */
    private boolean isBeginning(byte[] bytes, int length) {
        return agree(bytes, length, owner(epoch + 1, head))
                || epoch > 0 && agree(bytes, length, Entry.beginning(entries + 1));
    }

    private static boolean agree(byte[] bytes, int length, String expected) {
        byte[] wanted = expected.getBytes(StandardCharsets.UTF_8);
        int shorter = Math.min(length, wanted.length);
        return Arrays.equals(bytes, 0, shorter, wanted, 0, shorter);
    }

    /** After how many bytes the JSON object ends that they begin with; 0 if it does not. */
    private static int endOfObject(byte[] bytes, int length) {
        int depth = 0;
        boolean string = false;
        for (int i = 0; i < length; i++) {
            switch (bytes[i]) {
                case '"' -> string = !string;
                case '\\' -> i += string ? 1 : 0;
                case '{' -> depth += string ? 0 : 1;
                case '}' -> {
                    depth -= string ? 0 : 1;
                    if (depth <= 0 && !string) {
                        return i + 1;
                    }
                }
                default -> {
                    // neither begins nor ends anything
                }
            }
        }
        return 0;
    }

    /** What is wrong, with its line, or nothing. */
    @Nullable
    String problem() {
        return problem == null ? null : "line " + line + " " + problem;
    }

    int epoch() {
        return epoch;
    }

    long entries() {
        return entries;
    }

    String head() {
        return head;
    }

    @Nullable
    Entry last() {
        return last;
    }

    /** How many bytes, from the first on, are whole lines that fit. */
    long good() {
        return good;
    }

    /** How many bytes after them are an unfinished line. */
    long torn() {
        return torn;
    }

    /** Whether only the line feed of the last line is missing. */
    boolean isUnended() {
        return unended;
    }

    Verification verification() {
        String wrong = problem();
        if (wrong != null) {
            return new Verification(false, entries, entries + 1, wrong, head);
        }
        String remark = torn == 0 ? "" : "the last line is unfinished and does not count: " + torn + " bytes";
        return new Verification(true, entries, 0, remark, head);
    }
}
