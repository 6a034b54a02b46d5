package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of scenarios in docs/rollback.md is that of the tests. */
class ScenarioTableTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("void (scenario_\\d+\\w*)\\(");
    private static final Pattern NUMBERS = Pattern.compile("^scenario((?:_(?:and_|to_)?\\d+)+)_(.*)$");

    /** Burn rates, and what concerns more than one process. */
    private static final Set<Integer> LATER = Set.of(15, 16, 34, 37, 61, 63, 64, 65, 69);

    @Test
    void the_table_shows_every_scenario_with_its_tests() throws IOException {
        Map<Integer, List<String>> rows = rows();
        List<Integer> expected = IntStream.rangeClosed(1, 95)
                .filter(number -> !LATER.contains(number))
                .boxed()
                .toList();
        assertThat(rows.keySet()).containsAll(expected);
        StringBuilder table = new StringBuilder("| scenario | shown by |\n|---|---|\n");
        rows.forEach((number, tests) -> table.append("| ")
                .append(number)
                .append(" | ")
                .append(String.join("<br>", tests))
                .append(" |\n"));
        assertThat(Files.readString(ROOT.resolve("docs/rollback.md"))).endsWith("\n" + table);
    }

    private static Map<Integer, List<String>> rows() throws IOException {
        Map<Integer, Set<String>> rows = new TreeMap<>();
        for (String module : List.of("golive-api", "golive-testkit")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(one -> one.toString().endsWith("Test.java"))
                        .sorted()
                        .toList()) {
                    read(file, rows);
                }
            }
        }
        Map<Integer, List<String>> lists = new TreeMap<>();
        rows.forEach((number, tests) -> lists.put(number, List.copyOf(tests)));
        return lists;
    }

    private static void read(Path file, Map<Integer, Set<String>> rows) throws IOException {
        String type = file.getFileName().toString().replace(".java", "");
        Matcher tests = TEST.matcher(Files.readString(file));
        while (tests.find()) {
            Matcher parts = NUMBERS.matcher(tests.group(1));
            assertThat(parts.matches()).as(tests.group(1)).isTrue();
            for (int number : numbers(parts.group(1))) {
                rows.computeIfAbsent(number, any -> new TreeSet<>())
                        .add("`" + type + "` " + parts.group(2).replace('_', ' '));
            }
        }
    }

    /** {@code _4_and_67} is two, {@code _21_to_24} four. */
    private static List<Integer> numbers(String text) {
        List<Integer> numbers = new ArrayList<>();
        boolean range = false;
        for (String word : text.substring(1).split("_")) {
            if (word.equals("to")) {
                range = true;
            } else if (!word.equals("and")) {
                int number = Integer.parseInt(word);
                int from = range ? numbers.get(numbers.size() - 1) + 1 : number;
                IntStream.rangeClosed(from, number).forEach(numbers::add);
                range = false;
            }
        }
        return numbers;
    }
}
