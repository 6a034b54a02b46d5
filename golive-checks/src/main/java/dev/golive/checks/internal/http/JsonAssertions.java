package dev.golive.checks.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.golive.Capture;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Secret;
import dev.golive.checks.internal.json.JsonPlace;
import dev.golive.checks.internal.json.TooManyNodesException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Assertions about a JSON body. */
public final class JsonAssertions {

    private static final int LONGEST = 300;

    private JsonAssertions() {}

    /** Every value at a place, and at least one, is as expected. */
    public static <V> Assertion value(JsonPlace place, Expectation<V> expectation) {
        JsonTypes.require(expectation.type(), "expectation");
        return new Value<>(place, expectation);
    }

    /** There is no value at a place. */
    public static Assertion absent(JsonPlace place) {
        return new Absent(place);
    }

    /** There is null at a place. */
    public static Assertion isNull(JsonPlace place) {
        return new Null(place);
    }

    /** So many values are at a place; where only one can be, it is an array with so many elements. */
    public static Assertion count(JsonPlace place, Expectation<Integer> expectation) {
        return new Count(place, expectation);
    }

    /** Takes the one value at a place. */
    public static <V> Assertion capture(JsonPlace place, Capture<V> capture) {
        JsonTypes.requireCapturable(capture.type(), "capture");
        return new Taken<>(place, capture);
    }

    /** The values at a place; {@code null} after having told why they cannot be had. */
    private static Optional<List<JsonNode>> select(JsonPlace place, Response response, Judge judge) {
        if (!judge.hasBody(response)) {
            return Optional.empty();
        }
        Document document = judge.document(response);
        if (!document.problem().isEmpty()) {
            judge.failed("the body is not JSON: " + document.problem());
            judge.show(response);
            return Optional.empty();
        }
        try {
            return Optional.of(place.select(document.root()));
        } catch (TooManyNodesException e) {
            judge.unknown(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static String name(JsonPlace place) {
        String text = place.toString();
        return "JSON" + (text.isEmpty() ? "" : " " + text);
    }

    private static String shown(JsonNode node) {
        return Judge.shortened(node.toString(), LONGEST);
    }

    private record Value<V>(JsonPlace place, Expectation<V> expectation) implements Assertion {
        @Override
        public String sentence() {
            return name(place) + " " + Judge.phrase(expectation);
        }

        @Override
        public void judge(Response response, Judge judge) {
            Optional<List<JsonNode>> nodes = select(place, response, judge);
            if (nodes.isEmpty()) {
                return;
            }
            if (nodes.get().isEmpty()) {
                judge.failed(
                        name(place) + " was absent, expected " + expectation.sentence(),
                        new Fact(name(place), expectation.sentence(), "absent"));
                judge.show(response);
            }
            for (JsonNode node : nodes.get()) {
                Optional<V> value = JsonTypes.read(node, expectation.type());
                if (value.isPresent()) {
                    if (!judge.expect(name(place), expectation, value.get())) {
                        judge.show(response);
                    }
                } else {
                    judge.failed(
                            name(place) + " was " + shown(node) + ", expected " + expectation.sentence(),
                            new Fact(name(place), expectation.sentence(), shown(node)));
                }
            }
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }
    }

    private record Absent(JsonPlace place) implements Assertion {
        @Override
        public String sentence() {
            return name(place) + " is absent";
        }

        @Override
        public void judge(Response response, Judge judge) {
            select(place, response, judge).ifPresent(nodes -> {
                String found = nodes.isEmpty() ? "absent" : shown(nodes.get(0));
                Fact fact = new Fact(name(place), "absent", found);
                if (nodes.isEmpty()) {
                    judge.saw(fact);
                } else {
                    judge.failed(name(place) + " was " + found + ", expected to be absent", fact);
                }
            });
        }
    }

    private record Null(JsonPlace place) implements Assertion {
        @Override
        public String sentence() {
            return name(place) + " is null";
        }

        @Override
        public void judge(Response response, Judge judge) {
            select(place, response, judge).ifPresent(nodes -> {
                boolean met = !nodes.isEmpty() && nodes.stream().allMatch(JsonNode::isNull);
                String found = nodes.isEmpty() ? "absent" : shown(nodes.get(0));
                Fact fact = new Fact(name(place), "null", found);
                if (met) {
                    judge.saw(fact);
                } else {
                    judge.failed(name(place) + " was " + found + ", expected null", fact);
                }
            });
        }
    }

    private record Count(JsonPlace place, Expectation<Integer> expectation) implements Assertion {
        @Override
        public String sentence() {
            return "the count of " + name(place) + " " + Judge.phrase(expectation);
        }

        @Override
        public void judge(Response response, Judge judge) {
            select(place, response, judge).ifPresent(nodes -> {
                if (!place.singular()) {
                    judge.expect("the count of " + name(place), expectation, nodes.size());
                } else if (!nodes.isEmpty() && nodes.get(0).isArray()) {
                    judge.expect(
                            "the count of " + name(place),
                            expectation,
                            nodes.get(0).size());
                } else {
                    // nothing there is not an empty list, and null or a message is not a list of one
                    String found = nodes.isEmpty() ? "absent" : shown(nodes.get(0));
                    judge.failed(
                            name(place) + " was " + found + ", expected an array to count the elements of",
                            new Fact("the count of " + name(place), expectation.sentence(), found));
                    judge.show(response);
                }
            });
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }
    }

    private record Taken<V>(JsonPlace place, Capture<V> capture) implements Assertion {
        @Override
        public String sentence() {
            return name(place) + " is there to be kept as " + capture.name();
        }

        @Override
        public void judge(Response response, Judge judge) {
            select(place, response, judge).ifPresent(nodes -> {
                if (nodes.size() != 1) {
                    judge.failed(name(place) + " was " + (nodes.isEmpty() ? "absent" : nodes.size() + " values")
                            + ", expected one value to keep as " + capture.name());
                    judge.show(response);
                    return;
                }
                JsonNode node = nodes.get(0);
                Optional<V> value = capture.type() == Secret.class
                        ? JsonTypes.read(node, String.class)
                                .filter(text -> !text.isEmpty())
                                .map(text -> capture.type().cast(Secret.found(capture.name(), text)))
                        : JsonTypes.read(node, capture.type());
                if (value.isPresent()) {
                    judge.capture(capture, value.get());
                } else {
                    judge.failed(name(place) + " was not a " + capture.type().getSimpleName() + " to keep as "
                            + capture.name());
                }
            });
        }

        @Override
        public Set<Capture<?>> writes() {
            return Set.of(capture);
        }
    }
}
