package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages show is true: a sample of Java compiles, one that names a region of a source file is that region, and
 * links lead somewhere.
 */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#([^)]*))?\\)");
    private static final Pattern REGION = Pattern.compile("<!-- (\\S+)#(\\S+) -->");
    private static final Pattern TYPE = Pattern.compile("^(?:(?:public|final|abstract) )*(?:class|interface|record) ");

    /** What a sample may use without showing where it comes from. */
    private static final List<String> BEFORE_SAMPLE = List.of(
            "import static dev.golive.Assurance.*;",
            "import static dev.golive.Expect.*;",
            "import static dev.golive.checks.Headers.*;",
            "import static dev.golive.checks.RecordType.*;",
            "import static dev.golive.testkit.GoLiveAssertions.*;",
            "import static dev.golive.time.Offset.*;",
            "import static dev.golive.time.Spans.*;",
            "import dev.golive.*;",
            "import dev.golive.aws.*;",
            "import dev.golive.checks.*;",
            "import dev.golive.journal.*;",
            "import dev.golive.launch.*;",
            "import dev.golive.railway.*;",
            "import dev.golive.report.*;",
            "import dev.golive.rollback.*;",
            "import dev.golive.testkit.*;",
            "import dev.golive.testkit.aws.*;",
            "import dev.golive.testkit.junit.*;",
            "import dev.golive.testkit.railway.*;",
            "import dev.golive.testkit.rehearsal.*;",
            "import dev.golive.time.*;",
            "import java.nio.file.*;",
            "import java.time.*;",
            "import java.util.*;",
            "import java.util.stream.*;",
            "import org.junit.jupiter.api.*;");

    private static final List<String> SURROUNDINGS = List.of(
            "Checklist launch = null;",
            "Environment production = null;",
            "Environment staging = null;",
            "Network network = null;",
            "Report report = null;",
            "Readiness readiness = null;",
            "List<Report> reports = null;",
            "VirtualTime time = null;");

    @TempDir
    Path classes;

    /** A line of a page. */
    private record Line(int number, String text) {}

    /** A sample on a page, and the region that it is said to be. */
    private record Sample(Path page, int line, String region, List<Line> lines) {

        String text() {
            return String.join("\n", lines.stream().map(Line::text).toList());
        }

        @Override
        public String toString() {
            return ROOT.relativize(page) + ":" + line;
        }
    }

    @TestFactory
    Stream<DynamicTest> every_sample_compiles_or_is_the_region_that_it_names() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Path page : pages()) {
            samples.addAll(samples(page));
        }
        return samples.stream()
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> {
                    if (sample.region.isEmpty()) {
                        assertThat(problems(sample)).isEmpty();
                    } else {
                        assertThat(withoutSpace(sample.text()))
                                .as(sample + " and " + sample.region)
                                .isEqualTo(withoutSpace(region(sample.region)));
                    }
                }));
    }

    @Test
    void the_program_of_the_readme_has_twelve_lines() throws IOException {
        Sample program = samples(ROOT.resolve("README.md")).get(0);

        assertThat(program.region).endsWith("Shop.java#program");
        assertThat(program.lines).hasSize(12);
    }

    @Test
    void every_link_leads_to_a_file_and_its_heading() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                Path target = page.resolveSibling(link.group(1));
                if (!Files.exists(target)
                        || (link.group(2) != null && !headings(target).contains(link.group(2)))) {
                    broken.add(ROOT.relativize(page) + " -> " + link.group());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        assertThat(pages).contains(ROOT.resolve("README.md"));
        return pages;
    }

    /** The headings of a page, as a link names them. */
    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .toList();
    }

    private static List<Sample> samples(Path page) throws IOException {
        List<Sample> samples = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("```java")) {
                Matcher named = REGION.matcher(i == 0 ? "" : lines.get(i - 1));
                String region = named.matches() ? named.group(1) + "#" + named.group(2) : "";
                List<Line> inside = new ArrayList<>();
                int first = i + 2;
                while (!lines.get(++i).equals("```")) {
                    inside.add(new Line(i + 1, lines.get(i)));
                }
                samples.add(new Sample(page, first, region, inside));
            }
        }
        return samples;
    }

    private static String region(String named) throws IOException {
        String[] fileAndName = named.split("#", 2);
        StringBuilder text = new StringBuilder();
        boolean inside = false;
        for (String line : Files.readAllLines(ROOT.resolve(fileAndName[0]))) {
            if (line.strip().equals("// region " + fileAndName[1])) {
                inside = true;
            } else if (line.strip().equals("// endregion")) {
                inside = false;
            } else if (inside) {
                text.append(line).append('\n');
            }
        }
        assertThat(text.toString()).as("the region " + named).isNotEmpty();
        return text.toString();
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }

    /** What the compiler finds wrong, each with the place on the page. */
    private List<String> problems(Sample sample) {
        List<Line> source = new ArrayList<>();
        BEFORE_SAMPLE.forEach(line -> source.add(new Line(0, line)));
        sample.lines.stream().filter(line -> line.text.startsWith("import ")).forEach(source::add);
        boolean declaresTypes =
                sample.lines.stream().anyMatch(line -> TYPE.matcher(line.text).find());
        if (!declaresTypes) {
            source.add(new Line(0, "class Sample {"));
            SURROUNDINGS.forEach(line -> source.add(new Line(0, line)));
            source.add(new Line(0, "void sample() throws Exception {"));
        }
        sample.lines.stream().filter(line -> !line.text.startsWith("import ")).forEach(source::add);
        if (!declaresTypes) {
            source.add(new Line(0, "}}"));
        }
        String text = String.join("\n", source.stream().map(Line::text).toList());
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        ToolProvider.getSystemJavaCompiler()
                .getTask(
                        new StringWriter(),
                        null,
                        found,
                        List.of(
                                "--release",
                                "17",
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path")),
                        null,
                        List.of(
                                new SimpleJavaFileObject(
                                        URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
                                    @Override
                                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                                        return text;
                                    }
                                }))
                .call();
        return found.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(problem -> ROOT.relativize(sample.page) + ":"
                        + (problem.getLineNumber() < 1
                                ? sample.line
                                : source.get((int) problem.getLineNumber() - 1).number)
                        + " " + problem.getMessage(null))
                .toList();
    }
}
