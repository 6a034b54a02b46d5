package dev.golive.testkit.rehearsal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A line of the page that a plan came from.
 *
 * @param id what the page or the team calls it: {@code C17}
 * @param kind what it is there, in a word: {@code check}, {@code manual}, {@code action}
 * @param systems what it touches; empty if only people
 */
public record Requirement(String id, String kind, Set<String> systems) {

    private static final String HEAD = "id,kind,systems";

    /**
     * Refuses blank texts.
     *
     * @param id what the page or the team calls it
     * @param kind what it is there, in a word
     * @param systems what it touches; empty if only people
     */
    public Requirement {
        if (Objects.requireNonNull(id, "id must not be null").isBlank()) {
            throw new IllegalArgumentException("id must not be blank");
        }
        if (Objects.requireNonNull(kind, "kind must not be null").isBlank()) {
            throw new IllegalArgumentException("kind must not be blank");
        }
        Set<String> copy = new LinkedHashSet<>();
        for (String system : systems) {
            if (Objects.requireNonNull(system, "systems must not hold null").isBlank()) {
                throw new IllegalArgumentException("systems must not hold a blank one");
            }
            copy.add(system);
        }
        systems = Collections.unmodifiableSet(copy);
    }

    /**
     * Reads lines of comma-separated values: {@code id,kind,systems}, which is also the first line; systems are separated
     * by semicolons. Lines that begin with {@code #} and empty lines say nothing.
     *
     * @param csv UTF-8; stays the caller's to close
     * @return the requirements in their order
     * @throws IllegalArgumentException naming the line, if one is something else, or an id is there twice
     * @throws UncheckedIOException if it cannot be read
     */
    public static List<Requirement> read(InputStream csv) {
        Objects.requireNonNull(csv, "csv must not be null");
        List<Requirement> all = new ArrayList<>();
        Set<String> ids = new LinkedHashSet<>();
        boolean begun = false;
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (!begun) {
                    if (!line.strip().equals(HEAD)) {
                        throw new IllegalArgumentException("the first line must be " + HEAD + " but was " + line);
                    }
                    begun = true;
                    continue;
                }
                Requirement one = of(line);
                if (!ids.add(one.id)) {
                    throw new IllegalArgumentException(one.id + " is there twice");
                }
                all.add(one);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(all);
    }

    private static Requirement of(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != 3 || cells[0].isBlank() || cells[1].isBlank()) {
            throw new IllegalArgumentException("a line must be " + HEAD + " but was " + line);
        }
        Set<String> systems = new LinkedHashSet<>();
        Arrays.stream(cells[2].split(";", -1))
                .map(String::strip)
                .filter(system -> !system.isEmpty())
                .forEach(systems::add);
        return new Requirement(cells[0].strip(), cells[1].strip(), systems);
    }

    @Override
    public String toString() {
        return id + " (" + kind + (systems.isEmpty() ? "" : ": " + String.join(", ", systems)) + ")";
    }
}
