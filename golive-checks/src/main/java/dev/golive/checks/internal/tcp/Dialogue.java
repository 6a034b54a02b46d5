package dev.golive.checks.internal.tcp;

import dev.golive.Capture;
import dev.golive.CheckContext;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.checks.internal.net.Connection;
import dev.golive.checks.internal.net.Connector;
import dev.golive.checks.internal.net.Endpoint;
import dev.golive.checks.internal.net.Failures;
import dev.golive.time.TimeSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said to a port and what it should answer, line by line.
 *
 * @param endpoint the port
 * @param steps what is said and expected, in order
 */
public record Dialogue(Endpoint endpoint, List<Step> steps) {

    /** The longest line that is read. */
    public static final int LONGEST_LINE = 8 * 1024;

    /** Something said, or something expected. */
    public sealed interface Step permits Say, Hear {}

    /** Bytes to send. */
    public record Say(String text) implements Step {}

    /** A line to receive. */
    public record Hear(Expectation<String> line) implements Step {}

    /** Copies the list. */
    public Dialogue {
        steps = List.copyOf(steps);
    }

    /** The same with one more step. */
    public Dialogue then(Step step) {
        List<Step> all = new ArrayList<>(steps);
        all.add(step);
        return new Dialogue(endpoint, all);
    }

    /** What is asked. */
    public String sentence() {
        return "TCP " + Reachability.text(endpoint) + " "
                + steps.stream()
                        .map(step -> step instanceof Say say
                                ? "told " + Expect.text(say.text().strip())
                                : "answers " + ((Hear) step).line().sentence())
                        .collect(Collectors.joining(", "));
    }

    /** The captures that are needed. */
    public Set<Capture<?>> reads() {
        Set<Capture<?>> all = new LinkedHashSet<>();
        for (Step step : steps) {
            if (step instanceof Hear hear) {
                all.addAll(hear.line().reads());
            }
        }
        return all;
    }

    /** Connects and talks. */
    public Outcome run(CheckContext context) throws Exception {
        Port port = Port.ask(context, endpoint);
        Connection connection = port.connection();
        if (connection == null) {
            return port.outcome();
        }
        List<Fact> facts = new ArrayList<>();
        try (connection;
                TimeSource.Alarm hook = context.onCancel(connection::close)) {
            Outcome outcome = context.time()
                    .within(Connector.due(context), connection::close, () -> talk(context, connection, facts));
            return outcome.with(facts).with(port.outcome().facts());
        }
    }

    private Outcome talk(CheckContext context, Connection connection, List<Fact> facts) {
        String who = Reachability.text(endpoint);
        int heard = 0;
        try {
            InputStream in = new BufferedInputStream(connection.raw().getInputStream());
            for (Step step : steps) {
                if (step instanceof Say say) {
                    connection.raw().getOutputStream().write(say.text().getBytes(StandardCharsets.UTF_8));
                    continue;
                }
                heard++;
                Expectation<String> expected = ((Hear) step).line().resolved(context);
                String line = line(in);
                facts.add(new Fact("line " + heard, expected.sentence(), line));
                if (!expected.accepts(line)) {
                    return Outcome.failed(who + " answered " + Expect.text(line) + ", expected " + expected.sentence());
                }
            }
            return Outcome.passed();
        } catch (LineTooLongException e) {
            return Outcome.failed(who + " sent a line of more than " + LONGEST_LINE + " bytes");
        } catch (IOException e) {
            return Outcome.unreachable(
                    Failures.isClosedByUs(e)
                            ? who + " did not send the line that was expected in time"
                            : who + " broke off the connection: " + Failures.text(e));
        }
    }

    private static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** A line without its end; the last one may lack it. */
    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (bytes.size() == 0) {
                    throw new IOException("the connection was closed");
                }
                break;
            }
            if (bytes.size() == LONGEST_LINE) {
                throw new LineTooLongException();
            }
            bytes.write(b);
        }
        String line = bytes.toString(StandardCharsets.UTF_8);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
