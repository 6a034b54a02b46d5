package dev.golive.examples.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/tutorial.md shows of what its steps print. */
final class TutorialPage {

    static final Path PAGE = Path.of("../docs/tutorial.md");

    /** Stands on the page for lines that are left out. */
    private static final String LEFT_OUT = "   ...";

    private static final Pattern BLOCK = Pattern.compile("<!-- \\S+/(\\w+)\\.java#\\w+ -->");

    private TutorialPage() {}

    /** The blocks after {@code <!-- printed by name -->}, one after the other. */
    static List<List<String>> blocks(String step) throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(PAGE);
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).equals("<!-- printed by " + step + " -->")) {
                assertThat(lines.get(i + 1)).startsWith("```");
                int end = i + 2;
                while (!lines.get(end).equals("```")) {
                    end++;
                }
                blocks.add(lines.subList(i + 2, end));
            }
        }
        return blocks;
    }

    /** What somebody has who types it: the files, each with the imports of the page, and with the braces that it lacks. */
    static Map<String, String> files() throws IOException {
        Map<String, StringBuilder> files = new LinkedHashMap<>();
        StringBuilder imports = new StringBuilder();
        List<String> lines = Files.readAllLines(PAGE);
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).equals("```java")) {
                continue;
            }
            Matcher named = BLOCK.matcher(lines.get(i - 1));
            StringBuilder text = named.matches()
                    ? files.computeIfAbsent(named.group(1), any -> new StringBuilder(imports))
                    : imports;
            while (!lines.get(++i).equals("```")) {
                text.append(lines.get(i)).append('\n');
            }
        }
        Map<String, String> whole = new LinkedHashMap<>();
        files.forEach((name, text) -> {
            long open = text.chars().filter(c -> c == '{').count()
                    - text.chars().filter(c -> c == '}').count();
            whole.put(name, text + "}".repeat((int) open));
        });
        return whole;
    }

    /** Requires that what a step prints begins as its first block does, and has everything of its blocks in their order. */
    static void requirePrinted(String step, String printed) throws IOException {
        List<List<String>> blocks = blocks(step);
        assertThat(blocks).as("what the page shows of " + step).isNotEmpty();
        List<String> lines = printed.lines().map(String::stripTrailing).toList();
        int next = 0;
        for (List<String> block : blocks) {
            boolean anywhere = block != blocks.get(0);
            for (String line : block) {
                if (line.equals(LEFT_OUT)) {
                    anywhere = true;
                    continue;
                }
                int found = anywhere ? indexOf(lines, line, next) : next;
                assertThat(found < 0 || found >= lines.size() ? "nothing" : lines.get(found))
                        .as("line " + (found + 1) + " of what " + step + " prints:\n" + printed)
                        .isEqualTo(line);
                next = found + 1;
                anywhere = false;
            }
        }
    }

    private static int indexOf(List<String> lines, String line, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).equals(line)) {
                return i;
            }
        }
        return -1;
    }
}
