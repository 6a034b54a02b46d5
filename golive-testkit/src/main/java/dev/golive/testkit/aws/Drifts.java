package dev.golive.testkit.aws;

import dev.golive.testkit.Trouble;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The drifts of what {@link FakeAws} holds, while they are listed. Listing them takes place within the lock and changes
 * nothing; each of them happens outside of it, by way of the same methods that tests call.
 */
final class Drifts {

    /** Questions that tell no more of a resource than that it is there, and how it is. */
    private static final Set<String> OVERVIEWS = Set.of("apprunner:ListServices");

    private final Set<String> asked;
    private final Instant now;
    private final Map<String, Trouble> all = new LinkedHashMap<>();

    /**
     * An empty list.
     *
     * @param asked what is going to be asked
     * @param now when it is listed
     */
    Drifts(Set<String> asked, Instant now) {
        this.asked = asked;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** Whether a service is going to be asked anything. */
    boolean asks(String service) {
        return asked.stream().anyMatch(question -> question.startsWith(service + ":"));
    }

    List<Trouble> all() {
        return List.copyOf(all.values());
    }

    /**
     * The drifts of a resource.
     *
     * @param service the signing name of its service
     * @param name its name, which its ids begin with and which an item must tell to blame it
     * @param words what sentences call it: {@code secret shop/db}
     * @param others what else it is called, in questions or by an item
     */
    Of of(String service, String name, String words, String... others) {
        return new Of(service, name, words, others);
    }

    /** The drifts of one resource. */
    final class Of {
        private final String service;
        private final String name;
        private final String words;
        private final String[] others;

        private Of(String service, String name, String words, String... others) {
            this.service = service;
            this.name = name;
            this.words = words;
            this.others = others.clone();
        }

        /**
         * It is otherwise.
         *
         * @param what the rest of the id: {@code public}
         * @param sentence the rest of the sentence: {@code is publicly accessible}
         * @param happening makes it so, outside of the lock
         * @param about names of what is otherwise, besides that of the resource
         */
        Of add(String what, String sentence, Runnable happening, String... about) {
            return add(what, sentence, question -> !isOverview(question) && concerns(question), happening, about);
        }

        /** It is otherwise in a way that an overview tells as well. */
        Of addSeenByAll(String what, String sentence, Runnable happening) {
            return add(what, sentence, this::concerns, happening);
        }

        /** It is otherwise in a way that only these operations meet, and only if one of them is going to be asked. */
        Of addTo(List<String> operations, String what, String sentence, Runnable happening) {
            Predicate<String> concerned =
                    question -> operations.contains(Questions.operation(question)) && concerns(question);
            return asked.stream().anyMatch(concerned) ? add(what, sentence, concerned, happening) : this;
        }

        /** It is otherwise in a way that some operations of other services meet as well. */
        Of addAlsoTo(List<String> operations, String what, String sentence, Runnable happening, String... about) {
            return add(
                    what,
                    sentence,
                    question -> operations.contains(Questions.operation(question)) || concerns(question),
                    happening,
                    about);
        }

        private Of add(String what, String sentence, Predicate<String> concerns, Runnable happening, String... about) {
            String id = service + " " + name + " " + what;
            all.putIfAbsent(
                    id,
                    Trouble.drift(id, words + " " + sentence, concerns, happening)
                            .about(name)
                            .about(others)
                            .about(about));
            return this;
        }

        /** Whether a question is about it; one that names nothing may be about anything. */
        private boolean concerns(String question) {
            if (!question.startsWith(service + ":")) {
                return false;
            }
            String resource = Questions.resource(question).toLowerCase(Locale.ROOT);
            if (resource.isEmpty() || resource.contains(name.toLowerCase(Locale.ROOT))) {
                return true;
            }
            for (String other : others) {
                if (resource.contains(other.toLowerCase(Locale.ROOT))) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isOverview(String question) {
            return OVERVIEWS.contains(Questions.operation(question));
        }
    }

    /** Another value than the one there is: the other one of two, or one that nobody would have meant. */
    static String otherThan(String value) {
        return switch (value) {
            case "true" -> "false";
            case "false" -> "true";
            default -> value + "-otherwise";
        };
    }

    /** Another image than the one there is: of the same repository, under another tag. */
    static String otherImage(String image) {
        int digest = image.indexOf('@');
        String tagged = digest < 0 ? image : image.substring(0, digest);
        int tag = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
        return (tag < 0 ? tagged : tagged.substring(0, tag)) + ":of-somebody-else";
    }
}
