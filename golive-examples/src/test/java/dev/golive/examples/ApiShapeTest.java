package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples of the API compile against what is delivered, and against the signatures of what is not yet. */
class ApiShapeTest {

    private static final Path SHAPE = Path.of("src", "test", "shape");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) (\\w+)");

    @TempDir
    Path classes;

    @Test
    void the_samples_and_the_made_up_provider_compile() throws IOException {
        List<JavaFileObject> sources = new ArrayList<>(future());
        sources.add(source("samples.Samples", Files.readString(SHAPE.resolve("Samples.java"))));
        sources.add(source("samples.Lighthouse", Files.readString(SHAPE.resolve("Lighthouse.java"))));

        assertThat(problems(sources)).isEmpty();
    }

    @Test
    void what_should_not_compile_does_not() throws IOException {
        assertRefused("Checklist.named(\"x\").require(Http.get(\"https://shop.example/\"));", "an unasserted request");
        assertRefused(
                "Checklist.named(\"x\").require(Approval.named(\"a\").by(\"ceo\"));", "an approval without freshness");
        assertRefused("Trial trial = null; trial.as(\"t\").freshFor(null).retrying(3);", "a retried trial");
        assertRefused("Expectation<Integer> status = Expect.is(\"200\");", "an expectation of another type");
    }

    private void assertRefused(String statement, String what) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>(future());
        sources.add(source(
                "samples.Refused",
                "package samples; import dev.golive.*; import dev.golive.checks.*;"
                        + " final class Refused { void refused() { " + statement + " } }"));
        assertThat(problems(sources)).as(what).isNotEmpty();
    }

    private List<String> problems(List<JavaFileObject> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        compiler.getTask(
                        new StringWriter(),
                        null,
                        found,
                        List.of(
                                "--release",
                                "17",
                                "-proc:none",
                                "-Xlint:all,-try,-processing,-classfile",
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path")),
                        null,
                        sources)
                .call();
        return found.getDiagnostics().stream()
                .filter(d -> d.getKind() != Diagnostic.Kind.NOTE)
                .map(Object::toString)
                .toList();
    }

    private static List<JavaFileObject> future() throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        String section = "";
        for (String line : Files.readAllLines(SHAPE.resolve("future.txt"))) {
            if (line.startsWith("=== ")) {
                section = line.substring(4).strip();
            } else if (line.startsWith("public ")) {
                Matcher type = TYPE.matcher(line);
                assertThat(type.find()).as(line).isTrue();
                sources.add(
                        source(section + "." + type.group(1), "package " + section + ";\n" + imports(section) + line));
            }
        }
        return sources;
    }

    private static String imports(String section) {
        StringBuilder imports = new StringBuilder("import java.time.Duration;\n");
        for (String other : List.of("dev.golive", "dev.golive.time", "dev.golive.rollback", "dev.golive.journal")) {
            imports.append(other.equals(section) ? "" : "import " + other + ".*;\n");
        }
        return imports.toString();
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
