package dev.golive;

import dev.golive.internal.Arguments;
import dev.golive.time.TimeSource;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a run finds what people said about its confirmations and approvals.
 *
 * <p>An implementation that talks to a chat or a ticket system is one method. It may block up to the run's deadline; an
 * exception makes the item unknown. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Answers {

    /**
     * Everything that was ever said about an item, also what was taken back.
     *
     * @param question what people were asked, with the digest that an answer must quote to count
     * @return the answers in any order
     * @throws Exception if they cannot be had; the item is then unknown
     */
    List<Answer> to(Question question) throws Exception;

    /**
     * Nobody said anything.
     *
     * @return no answers
     */
    static Answers none() {
        return question -> List.of();
    }

    /**
     * Answers that are already there.
     *
     * @param answers the answers
     * @return the port
     */
    static Answers of(Answer... answers) {
        List<Answer> all = Arguments.all(answers, "answers");
        return question ->
                all.stream().filter(a -> a.itemId().equals(question.itemId())).toList();
    }

    /**
     * Answers in a JSON file: an array of objects with {@code item}, {@code kind} ({@code CONFIRMED},
     * {@code APPROVED}, {@code REFUSED}, {@code WITHDRAWN}), {@code by}, {@code roles}, {@code known}, {@code at} (an
     * ISO instant), {@code digest} and {@code comment}. Persons named in a file are {@link Assurance#ASSERTED} at best:
     * whoever can write the file can write any name. The file is read again for each question; one that does not exist
     * holds no answers.
     *
     * @param file the file
     * @return the port
     */
    static Answers fromFile(Path file) {
        return new AnswersFile(Arguments.given(file, "file"));
    }

    /**
     * Asks the person at a terminal, one question after the other. The person answers {@code yes} or {@code no} with a
     * reason; anything else leaves the item pending.
     *
     * @param in what the person types
     * @param out where the questions go
     * @param person who sits at the terminal
     * @param time dates the answers
     * @return the port
     */
    static Answers onTerminal(BufferedReader in, PrintWriter out, Person person, TimeSource time) {
        return new TerminalAnswers(
                Arguments.given(in, "in"),
                Arguments.given(out, "out"),
                Arguments.given(person, "person"),
                Arguments.given(time, "time"));
    }

    /**
     * These answers and others.
     *
     * @param others where else to look
     * @return a port that gives the answers of both
     */
    default Answers and(Answers others) {
        Arguments.given(others, "others");
        return question -> {
            List<Answer> all = new ArrayList<>(to(question));
            all.addAll(others.to(question));
            return all;
        };
    }
}
