package dev.golive;

import dev.golive.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Asks the person at a terminal; the monitor makes concurrent questions wait for each other. */
final class TerminalAnswers implements Answers {

    private final BufferedReader in;
    private final PrintWriter out;
    private final Person person;
    private final TimeSource time;

    TerminalAnswers(BufferedReader in, PrintWriter out, Person person, TimeSource time) {
        this.in = in;
        this.out = out;
        this.person = person;
        this.time = time;
    }

    @Override
    public synchronized List<Answer> to(Question question) throws IOException {
        out.printf(
                "%n%s %s%n  %s%n  digest %s%n  %s [yes/no/later] ",
                question.isApproval() ? "Approve" : "Confirm",
                question.itemId(),
                question.sentence(),
                question.digest(),
                person);
        out.flush();
        String line = in.readLine();
        String word = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
        if (word.equals("yes") || word.equals("y")) {
            return List.of(answer(question, question.isApproval() ? Answer.Kind.APPROVED : Answer.Kind.CONFIRMED, ""));
        }
        if (word.equals("no") || word.equals("n")) {
            out.print("  reason: ");
            out.flush();
            String reason = in.readLine();
            return List.of(answer(question, Answer.Kind.REFUSED, reason == null ? "" : reason.strip()));
        }
        return List.of();
    }

    private Answer answer(Question question, Answer.Kind kind, String comment) {
        return new Answer(question.itemId(), kind, person, time.now(), question.digest(), comment);
    }
}
