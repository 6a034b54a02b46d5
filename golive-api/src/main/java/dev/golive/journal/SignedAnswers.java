package dev.golive.journal;

import dev.golive.Answer;
import dev.golive.Answers;
import dev.golive.Assurance;
import dev.golive.GoLiveException;
import dev.golive.Question;
import dev.golive.internal.Arguments;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers that people signed with keys of their own. Those that verify are known as {@link Assurance#SIGNED}.
 *
 * <pre>{@code
 * Answers answers = SignedAnswers.of(Map.of("kim", kimsKey, "sam", samsKey))
 *         .entitled("kim", "product")
 *         .entitled("sam", "engineer")
 *         .inFile(Path.of("signed-answers.jsonl"));
 * }</pre>
 *
 * <ul>
 *   <li>An answer verifies if it is signed, as it is, with the key of the person that it names.
 *   <li>One that does not verify never counts. It makes the item it is about unknown, with a message that names it,
 *       rather than being left out: it may have been a refusal before somebody changed it.
 *   <li>A person who is {@linkplain #entitled(String, String...) entitled} to certain roles can answer in no other. One
 *       for whom nothing is said answers in whatever role the signed answer claims.
 * </ul>
 *
 * <p>A signature does not show that an answer is missing: whoever can write the file can take one out. Immutable and
 * thread-safe.
 */
public final class SignedAnswers implements Answers {

    private static final long LARGEST = 16 << 20;

    private final Map<String, VerifyingKey> keys;
    private final Map<String, Set<String>> entitled;
    private final List<SignedAnswer> included;
    private final @Nullable Path file;

    private SignedAnswers(
            Map<String, VerifyingKey> keys,
            Map<String, Set<String>> entitled,
            List<SignedAnswer> included,
            @Nullable Path file) {
        this.keys = keys;
        this.entitled = entitled;
        this.included = included;
        this.file = file;
    }

    /**
     * Answers of the people whose keys are known; no answers yet.
     *
     * @param keys the public key of each person, by the person's id as it stands in the answers
     * @return the port
     * @throws IllegalArgumentException if an id is blank, or two persons have the same key
     */
    public static SignedAnswers of(Map<String, VerifyingKey> keys) {
        Map<VerifyingKey, String> owners = new HashMap<>();
        Arguments.given(keys, "keys").forEach((person, key) -> {
            Arguments.text(person, "keys");
            String other = owners.put(Arguments.given(key, "keys"), person);
            if (other != null) {
                throw new IllegalArgumentException(
                        "keys must be different, but " + other + " and " + person + " have the same");
            }
        });
        return new SignedAnswers(Map.copyOf(keys), Map.of(), List.of(), null);
    }

    /**
     * The same, with the only roles in which a person can answer.
     *
     * @param personId the id of a person with a key
     * @param roles the roles, added to those that were named before
     * @return the port
     * @throws IllegalArgumentException if no key of the person is known, or a role is blank
     */
    public SignedAnswers entitled(String personId, String... roles) {
        if (!keys.containsKey(Arguments.text(personId, "personId"))) {
            throw new IllegalArgumentException("personId must be one whose key is known but was " + personId);
        }
        Set<String> all = new TreeSet<>(entitled.getOrDefault(personId, Set.of()));
        for (String role : Arguments.all(roles, "roles")) {
            all.add(Arguments.text(role, "roles"));
        }
        Map<String, Set<String>> more = new HashMap<>(entitled);
        more.put(personId, Set.copyOf(all));
        return new SignedAnswers(keys, Map.copyOf(more), included, file);
    }

    /**
     * The same, and these answers.
     *
     * @param answers the answers
     * @return the port
     */
    public SignedAnswers including(SignedAnswer... answers) {
        List<SignedAnswer> all = new ArrayList<>(included);
        all.addAll(Arguments.all(answers, "answers"));
        return new SignedAnswers(keys, entitled, List.copyOf(all), file);
    }

    /**
     * The same, and the answers in a file, in the place of another file. It holds one
     * {@linkplain SignedAnswer#toJson() signed answer} in each line, is at most 16 MiB large, and is read again for each
     * question; one that does not exist holds no answers.
     *
     * @param file the file
     * @return the port
     */
    public SignedAnswers inFile(Path file) {
        return new SignedAnswers(keys, entitled, included, Arguments.given(file, "file"));
    }

    /**
     * The answer that a person signed.
     *
     * @param signed the signed answer
     * @return the answer, known as {@link Assurance#SIGNED}
     * @throws GoLiveException if it does not verify; it names the answer
     */
    public Answer verified(SignedAnswer signed) {
        String problem = problem(Arguments.given(signed, "signed"));
        if (problem != null) {
            throw new GoLiveException(problem);
        }
        return SignedAnswer.known(signed.answer(), Assurance.SIGNED);
    }

    private @Nullable String problem(SignedAnswer signed) {
        Answer answer = signed.answer();
        String person = answer.by().id();
        String which = "The answer " + answer.kind() + " to " + answer.itemId() + " of " + answer.at() + " by " + person
                + " does not count: ";
        VerifyingKey key = keys.get(person);
        if (key == null) {
            return which + "no key of " + person + " is known";
        }
        if (!signed.verifies(key)) {
            return which
                    + (signed.keyId().equals(key.id())
                            ? "it is not what was signed with key " + key.id()
                            : "the key of " + person + " is " + key.id() + ", and not " + signed.keyId());
        }
        Set<String> allowed = entitled.get(person);
        if (allowed != null && !allowed.containsAll(answer.by().roles())) {
            return which + person + " may answer as " + allowed + ", and not as "
                    + answer.by().roles();
        }
        return null;
    }

    @Override
    public List<Answer> to(Question question) throws IOException {
        Arguments.given(question, "question");
        List<SignedAnswer> all = new ArrayList<>(included);
        all.addAll(fileContent());
        List<Answer> answers = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (SignedAnswer signed : all) {
            if (signed.answer().itemId().equals(question.itemId())) {
                String problem = problem(signed);
                if (problem == null) {
                    answers.add(SignedAnswer.known(signed.answer(), Assurance.SIGNED));
                } else {
                    problems.add(problem);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new GoLiveException(String.join("; ", problems));
        }
        return answers;
    }

    private List<SignedAnswer> fileContent() throws IOException {
        if (file == null || !Files.exists(file)) {
            return List.of();
        }
        if (Files.size(file) > LARGEST) {
            throw new GoLiveException("The answers file " + file + " is larger than 16 MiB");
        }
        List<SignedAnswer> answers = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    answers.add(parsed(line, number));
                }
            }
        }
        return answers;
    }

    private SignedAnswer parsed(String line, int number) {
        try {
            return SignedAnswer.fromJson(line);
        } catch (GoLiveException e) {
            throw new GoLiveException(
                    "The answers file " + file + " has a bad line " + number + ": " + e.getMessage(), e);
        }
    }
}
