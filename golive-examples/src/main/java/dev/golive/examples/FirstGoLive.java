package dev.golive.examples;

import dev.golive.Answer;
import dev.golive.Answers;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.InvalidChecklistException;
import dev.golive.Person;
import dev.golive.Report;
import dev.golive.checks.Dns;
import dev.golive.report.ConsoleProgress;
import dev.golive.report.Reports;
import dev.golive.time.TimeSource;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first go-live, end to end.
 *
 * <p>Without arguments it sets a stage of fakes on loopback that plays a domain, and runs the whole list against it.
 * With {@code --break} one thing on the stage is broken. With the name of a real domain it runs the checks that suit any
 * domain against that; it writes nothing there. It prints its progress and the verdict, writes every report format, and
 * ends with the exit code of the verdict.
 */
public final class FirstGoLive {

    private static final String USAGE = """
            usage: [--break <fault>] [--trials] [<domain>]
              --help           prints this
              --break <fault>  breaks one thing on the stage, see below
              --trials         also logs in, which writes a session; on the stage that is always done
              <domain>         examines this domain instead of the stage

            faults:
            """;

    private FirstGoLive() {}

    /**
     * Runs it.
     *
     * @param args see the class
     */
    public static void main(String[] args) {
        System.exit(run(List.of(args), Path.of(System.getProperty("golive.reports", "target/golive")), System.out));
    }

    static int run(List<String> args, Path reports, PrintStream out) {
        Fault fault = null;
        boolean trials = false;
        String domain = null;
        List<String> words = new ArrayList<>(args);
        while (!words.isEmpty()) {
            String word = words.remove(0);
            if (word.equals("--help")) {
                return help(out, 0);
            } else if (word.equals("--trials")) {
                trials = true;
            } else if (word.equals("--break") && !words.isEmpty()) {
                String name = words.remove(0);
                fault = Fault.of(name).orElse(null);
                if (fault == null) {
                    return usage(out, "There is no fault " + name);
                }
            } else if (word.startsWith("-") || domain != null) {
                return usage(out, "What is " + word + "?");
            } else {
                domain = word;
            }
        }
        if (domain != null && fault != null) {
            return usage(out, "Only the stage can be broken");
        }
        return domain == null ? onStage(fault, reports, out) : forReal(domain, trials, reports, out);
    }

    private static int usage(PrintStream out, String problem) {
        out.println(problem);
        return help(out, 64);
    }

    private static int help(PrintStream out, int exit) {
        out.print(USAGE);
        out.println(Fault.all());
        return exit;
    }

    private static int onStage(@Nullable Fault fault, Path reports, PrintStream out) {
        TimeSource time = TimeSource.system();
        Environment environment =
                DomainLaunch.withPlatform(DomainLaunch.environment("production (played by fakes)", FirstStage.DOMAIN));
        out.println(
                fault == null
                        ? "The stage is set: fakes on loopback play " + FirstStage.DOMAIN
                        : "The stage is set, and " + fault.sentence());
        try (FirstStage stage = new FirstStage(time, fault);
                GoLive golive = GoLive.builder()
                        .network(stage.network())
                        .witness(Dns.of(FirstStage.PLATFORM_HOST).exists())
                        .answers(scripted(time))
                        .allowTrials(environment)
                        .listener(progress(out))
                        .build()) {
            return finish(golive.run(DomainLaunch.ofEverything(FirstStage.DOMAIN), environment), reports, out);
        }
    }

    /** Somebody from support has looked at the form, on this stage at least. */
    private static Answers scripted(TimeSource time) {
        return question -> List.of(new Answer(
                question.itemId(),
                Answer.Kind.CONFIRMED,
                Person.human("sam", "support"),
                time.now(),
                question.digest(),
                "opened from the account page"));
    }

    private static int forReal(String domain, boolean trials, Path reports, PrintStream out) {
        Environment environment = DomainLaunch.environment(domain, domain);
        Checklist list;
        try {
            list = DomainLaunch.of(domain);
            if (trials) {
                list = Checklist.named(list.name())
                        .include(list)
                        .require(DomainLaunch.login(domain))
                        .build();
            }
        } catch (IllegalArgumentException e) {
            return usage(out, e.getMessage() == null ? domain + " is no domain" : e.getMessage());
        }
        GoLive.Builder builder = GoLive.builder()
                .answers(Answers.onTerminal(
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                        new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true),
                        Person.human(System.getProperty("user.name", "operator")),
                        TimeSource.system()))
                .listener(progress(out));
        if (trials) {
            builder.allowTrials(environment);
        }
        try (GoLive golive = builder.build()) {
            return finish(golive.run(list, environment), reports, out);
        } catch (InvalidChecklistException e) {
            out.println(e.getMessage());
            return 64;
        }
    }

    /** A line that is redrawn where somebody watches, plain lines in a log or a pipe. */
    private static ConsoleProgress progress(PrintStream out) {
        ConsoleProgress lines = ConsoleProgress.on(out);
        return out.equals(System.out) && isWatched() ? lines.live().colours(System.getenv("NO_COLOR") == null) : lines;
    }

    @SuppressWarnings("SystemConsoleNull") // before JDK 22, no console means no terminal
    private static boolean isWatched() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static int finish(Report report, Path reports, PrintStream out) {
        Reports.writeAll(report, reports).forEach(file -> out.println("Wrote " + file));
        return report.exitCode();
    }
}
