package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator does in JShell: docs/golive.jsh, and the session of docs/jshell.md line by line. */
@Timeout(60) // a shell that hangs is named, and holds up nothing
class JShellTest {

    private static final Path DOCS = Path.of("..", "docs");

    /** What {@code --startup DEFAULT} imports on 17. */
    private static final List<String> DEFAULT = List.of(
            "java.io.*",
            "java.math.*",
            "java.net.*",
            "java.nio.file.*",
            "java.util.*",
            "java.util.concurrent.*",
            "java.util.function.*",
            "java.util.prefs.*",
            "java.util.regex.*",
            "java.util.stream.*");

    private final PrintStream systemOut = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final JShell shell = JShell.builder().executionEngine("local").build();

    @BeforeEach
    void start() throws IOException {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        for (String entry : System.getProperty("java.class.path").split(System.getProperty("path.separator"))) {
            shell.addToClasspath(entry);
        }
        DEFAULT.forEach(packages -> evaluate("import " + packages + ";"));
        evaluate(Files.readString(DOCS.resolve("golive.jsh")));
    }

    @AfterEach
    void stop() {
        shell.close();
        System.setOut(systemOut);
    }

    @Test
    void every_snippet_of_the_startup_is_valid() {
        assertThat(shell.snippets()
                        .filter(snippet -> shell.status(snippet) != Status.VALID
                                || shell.diagnostics(snippet).findAny().isPresent()))
                .isEmpty();
        assertThat(shell.methods()).extracting(method -> method.name()).contains("ask", "run", "save", "show");
        assertThat(shell.variables()).extracting(variable -> variable.name()).contains("network", "answers");
    }

    @Test
    void the_session_of_the_page_gives_a_verdict() throws IOException {
        List<String> session = session();
        String last = "";
        for (String line : session) {
            last = evaluate(line);
        }

        assertThat(session).hasSize(10);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("GO: 1 passed", "NO GO: 1 failed", "expires in at least 21 d");
        assertThat(last).contains("NO_GO");
    }

    @Test
    void facts_of_what_passed_are_shown() {
        evaluate("Report sum = ask(Check.that(\"two and two are four\","
                + " context -> Outcome.passed(Fact.of(\"sum\", 4, 4))))");
        evaluate("show(sum)");

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("GO: 1 passed", "two and two are four", "sum");
    }

    /** The lines that the page tells to type. */
    private static List<String> session() throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(DOCS.resolve("jshell.md"))) {
            if (line.startsWith("```")) {
                inside = line.equals("```jshell");
            } else if (inside && !line.isBlank()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Evaluates snippets one by one, as the tool does; gives the value of the last. */
    private String evaluate(String source) {
        String rest = source;
        String value = "";
        while (!rest.isBlank()) {
            CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            assertThat(next.completeness().isComplete()).as(rest).isTrue();
            for (SnippetEvent event : shell.eval(next.source() == null ? rest : next.source())) {
                assertThat(event.exception()).as(event.snippet().source()).isNull();
                assertThat(event.status())
                        .as(() -> event.snippet().source()
                                + shell.diagnostics(event.snippet())
                                        .map(problem -> problem.getMessage(null))
                                        .toList())
                        .isEqualTo(Status.VALID);
                value = event.value() == null ? "" : event.value();
            }
            rest = next.remaining();
        }
        return value;
    }
}
