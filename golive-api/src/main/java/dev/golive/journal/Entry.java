package dev.golive.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.golive.internal.Arguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * One entry of a {@link Journal}: what happened, and its place in the chain. The canonical form and the hash are
 * described at the {@linkplain dev.golive.journal package}.
 *
 * @param number its place, counted from 1
 * @param at when it happened, as said by who wrote it
 * @param actor who did it
 * @param epoch which owner of the journal wrote it, counted from 1
 * @param type what kind of event it is
 * @param data one JSON object with everything else, as canonical text
 * @param previous the hash of the entry before, or {@link Journal#GENESIS}
 * @param hash the SHA-256 of all other fields in canonical form, 64 hexadecimal digits
 */
public record Entry(
        long number, Instant at, String actor, int epoch, String type, String data, String previous, String hash) {

    /** How many bytes the last member adds. */
    private static final int HASH_MEMBER = ",\"hash\":\"\"".length() + 64;

    /**
     * Refuses missing parts and numbers that do not count from 1. Whether the hash is right is not examined here.
     *
     * @param number its place, counted from 1
     * @param at when it happened, as said by who wrote it
     * @param actor who did it
     * @param epoch which owner of the journal wrote it, counted from 1
     * @param type what kind of event it is
     * @param data one JSON object with everything else; becomes canonical text
     * @param previous the hash of the entry before, or {@link Journal#GENESIS}
     * @param hash the SHA-256 of all other fields in canonical form, 64 hexadecimal digits
     * @throws IllegalArgumentException if {@code number} or {@code epoch} is less than 1, {@code data} is not one JSON
     *     object, or another part is blank
     */
    public Entry {
        if (number < 1) {
            throw new IllegalArgumentException("number must be at least 1 but was " + number);
        }
        Arguments.given(at, "at");
        Arguments.text(actor, "actor");
        if (epoch < 1) {
            throw new IllegalArgumentException("epoch must be at least 1 but was " + epoch);
        }
        Arguments.text(type, "type");
        data = Canonical.object(data, "data");
        Arguments.text(previous, "previous");
        Arguments.text(hash, "hash");
    }

    /**
     * The entry that a draft becomes at a place in the chain. Every journal refuses what is too large for a line of a
     * file: a rehearsal in memory must not pass where the launch would not.
     */
    static Entry of(Journal.Draft draft, long number, int epoch, String previous) {
        String covered = covered(number, draft.at(), draft.actor(), epoch, draft.type(), draft.data(), previous);
        byte[] bytes = covered.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > Lines.LONGEST - HASH_MEMBER) {
            throw new IllegalArgumentException("drafts must each be at most " + (Lines.LONGEST - HASH_MEMBER)
                    + " bytes as JSON, but one of type " + draft.type() + " has " + bytes.length);
        }
        return new Entry(
                number,
                draft.at(),
                draft.actor(),
                epoch,
                draft.type(),
                draft.data(),
                previous,
                Canonical.sha256(bytes));
    }

    /**
     * Whether the hash is that of the other fields.
     *
     * @return {@code false} if any field is not as it was written
     */
    public boolean isIntact() {
        return Canonical.sha256(covered().getBytes(StandardCharsets.UTF_8)).equals(hash);
    }

    private String covered() {
        return covered(number, at, actor, epoch, type, data, previous);
    }

    /** What the hash covers. */
    private static String covered(
            long number, Instant at, String actor, int epoch, String type, String data, String previous) {
        StringBuilder text = new StringBuilder(256 + data.length());
        text.append(beginning(number)).append(at).append("\",\"actor\":");
        Canonical.string(actor, text).append(",\"epoch\":").append(epoch).append(",\"type\":");
        Canonical.string(type, text).append(",\"data\":").append(data).append(",\"previous\":");
        return Canonical.string(previous, text).append('}').toString();
    }

    /** How the line of an entry begins. */
    static String beginning(long number) {
        return "{\"number\":" + number + ",\"at\":\"";
    }

    /**
     * The entry as the line that a journal in a file holds, without the line feed.
     *
     * @return one JSON object
     */
    public String toJson() {
        String covered = covered();
        StringBuilder line = new StringBuilder(covered.length() + 80).append(covered);
        line.setLength(line.length() - 1);
        return Canonical.string(hash, line.append(",\"hash\":")).append('}').toString();
    }

    /**
     * Reads what {@link #toJson()} wrote. Whether the hash is right is not examined here.
     *
     * @param json the line of one entry
     * @return the entry
     * @throws JournalException if it is not an entry in canonical form
     */
    public static Entry fromJson(String json) {
        Arguments.given(json, "json");
        Entry entry;
        try (JsonParser parser = Canonical.JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JournalException("is no entry: it is not a JSON object");
            }
            member(parser, "number", JsonToken.VALUE_NUMBER_INT);
            long number = parser.getLongValue();
            Instant at = Instant.parse(text(parser, "at"));
            String actor = text(parser, "actor");
            member(parser, "epoch", JsonToken.VALUE_NUMBER_INT);
            int epoch = parser.getIntValue();
            String type = text(parser, "type");
            member(parser, "data", JsonToken.START_OBJECT);
            StringBuilder data = new StringBuilder();
            Canonical.copy(parser, data);
            String previous = text(parser, "previous");
            entry = new Entry(number, at, actor, epoch, type, data.toString(), previous, text(parser, "hash"));
        } catch (JsonProcessingException e) {
            throw new JournalException("is no entry: it is not JSON, " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("a string can always be read", e);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new JournalException("is no entry: " + e.getMessage(), e);
        }
        if (!entry.toJson().equals(json)) {
            throw new JournalException("is no entry: it is not in canonical form");
        }
        return entry;
    }

    private static String text(JsonParser parser, String name) throws IOException {
        member(parser, name, JsonToken.VALUE_STRING);
        return parser.getText();
    }

    private static void member(JsonParser parser, String name, JsonToken value) throws IOException {
        if (parser.nextToken() != JsonToken.FIELD_NAME || !parser.currentName().equals(name)) {
            throw new JournalException("is no entry: \"" + name + "\" is not where it must be");
        }
        if (parser.nextToken() != value) {
            throw new JournalException("is no entry: \"" + name + "\" is of another kind");
        }
    }
}
