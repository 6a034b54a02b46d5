package dev.golive.examples.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who types what docs/tutorial.md shows, and nothing else, has a program that compiles. */
class TutorialTest {

    @TempDir
    Path classes;

    @Test
    void the_blocks_of_the_page_are_four_files_that_compile() throws IOException {
        Map<String, String> files = TutorialPage.files();

        assertThat(files.keySet()).containsExactlyInAnyOrder("TernLists", "TernTest", "TernPlan", "TernStage");
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<JavaFileObject> sources = new ArrayList<>();
        files.forEach((name, text) -> sources.add(source(name, text)));
        boolean compiles = ToolProvider.getSystemJavaCompiler()
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
                        sources)
                .call();
        assertThat(compiles).as(found.getDiagnostics().toString()).isTrue();
    }

    @Test
    void every_step_is_on_the_page_with_what_it_prints() throws IOException {
        for (var method : TernTest.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                assertThat(TutorialPage.blocks(method.getName()))
                        .as(method.getName())
                        .isNotEmpty();
            }
        }
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
