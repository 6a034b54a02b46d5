package dev.golive.checks.internal.http;

import dev.golive.Capture;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Secret;
import dev.golive.checks.HttpVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Assertions about the status, the version and the header of a response. */
public final class HeadAssertions {

    private HeadAssertions() {}

    /** The status is as expected. */
    public static Assertion status(Expectation<Integer> expectation) {
        return new Status(expectation);
    }

    /** The response came in this version. */
    public static Assertion version(HttpVersion version) {
        return new Version(version);
    }

    /** A header is as expected, several lines of it as one list. */
    public static Assertion header(String name, Expectation<String> expectation) {
        return new Header(name, expectation, false);
    }

    /** Every line of a header, and at least one, is as expected. */
    public static Assertion everyHeader(String name, Expectation<String> expectation) {
        return new Header(name, expectation, true);
    }

    /** There is no such header. */
    public static Assertion noHeader(String name) {
        return new NoHeader(name);
    }

    /** A cookie of a name is set as expected. */
    public static Assertion cookie(String name, Expectation<String> expectation) {
        return new Cookie(name, expectation);
    }

    /** Takes the value of a header. */
    public static <V> Assertion capture(String name, Capture<V> capture) {
        if (capture.type() != String.class && capture.type() != Secret.class) {
            throw new IllegalArgumentException("capture must be of type String or Secret, which a header has, but is of"
                    + " type " + capture.type().getSimpleName());
        }
        return new Taken<>(name, capture);
    }

    /** The response does not come from a cache. */
    public static Assertion uncached() {
        return new Uncached();
    }

    private record Status(Expectation<Integer> expectation) implements Assertion {
        @Override
        public String sentence() {
            return "answers " + expectation.sentence();
        }

        @Override
        public void judge(Response response, Judge judge) {
            if (!judge.expect("status", expectation, response.status())) {
                if (response.redirects()) {
                    judge.saw(Fact.of("location", response.value("Location").orElse("")));
                }
                judge.show(response);
            }
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }
    }

    private record Version(HttpVersion version) implements Assertion {
        @Override
        public String sentence() {
            return "speaks " + version;
        }

        @Override
        public RequestPlan prepare(RequestPlan plan) {
            if (version != HttpVersion.HTTP_2) {
                return plan;
            }
            if (!plan.url().secure()) {
                throw new IllegalArgumentException("version must not be HTTP/2 without https: " + plan.url());
            }
            return plan.changed(draft -> draft.version = version);
        }

        @Override
        public void judge(Response response, Judge judge) {
            Fact fact = Fact.of("version", version, response.version());
            if (response.version() == version) {
                judge.saw(fact);
            } else {
                judge.failed("version was " + response.version() + ", expected " + version, fact);
            }
        }
    }

    private record Header(String name, Expectation<String> expectation, boolean every) implements Assertion {
        @Override
        public String sentence() {
            return (every ? "every header " : "header ") + name + " " + Judge.phrase(expectation);
        }

        @Override
        public void judge(Response response, Judge judge) {
            List<String> values = every
                    ? response.values(name)
                    : response.value(name).map(List::of).orElse(List.of());
            if (values.isEmpty()) {
                judge.failed(
                        "header " + name + " was absent, expected " + expectation.sentence(),
                        new Fact("header " + name, expectation.sentence(), "absent"));
            }
            values.forEach(value -> judge.expect("header " + name, expectation, value));
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }
    }

    private record NoHeader(String name) implements Assertion {
        @Override
        public String sentence() {
            return "header " + name + " is absent";
        }

        @Override
        public void judge(Response response, Judge judge) {
            Optional<String> value = response.value(name);
            Fact fact = new Fact("header " + name, "absent", value.orElse("absent"));
            if (value.isEmpty()) {
                judge.saw(fact);
            } else {
                judge.failed("header " + name + " was \"" + value.get() + "\", expected to be absent", fact);
            }
        }
    }

    private record Cookie(String name, Expectation<String> expectation) implements Assertion {
        @Override
        public String sentence() {
            return "cookie " + name + " " + Judge.phrase(expectation);
        }

        @Override
        public void judge(Response response, Judge judge) {
            List<String> lines = response.values("Set-Cookie").stream()
                    .filter(line -> line.substring(0, Math.max(0, line.indexOf('=')))
                            .strip()
                            .equals(name))
                    .toList();
            if (lines.isEmpty()) {
                judge.failed(
                        "cookie " + name + " was not set, expected " + expectation.sentence(),
                        new Fact("cookie " + name, expectation.sentence(), "not set"));
            }
            for (String line : lines) {
                // the value of a cookie is as good as a password
                String attributes = line.indexOf(';') < 0 ? "" : line.substring(line.indexOf(';'));
                String shown = name + "=***" + attributes;
                judge.saw(new Fact("cookie " + name, expectation.sentence(), shown));
                if (!expectation.accepts(line)) {
                    judge.failed("cookie " + name + " was \"" + shown + "\", expected " + expectation.sentence());
                }
            }
        }
    }

    private record Taken<V>(String name, Capture<V> capture) implements Assertion {
        @Override
        public String sentence() {
            return "header " + name + " is there to be kept as " + capture.name();
        }

        @Override
        public void judge(Response response, Judge judge) {
            String value = response.value(name).orElse("");
            if (value.isEmpty()) {
                judge.failed("header " + name + " was absent, expected a value to keep as " + capture.name());
            } else if (capture.type() == Secret.class) {
                judge.capture(capture, capture.type().cast(Secret.found(capture.name(), value)));
            } else {
                judge.capture(capture, capture.type().cast(value));
            }
        }

        @Override
        public Set<Capture<?>> writes() {
            return Set.of(capture);
        }
    }

    private record Uncached() implements Assertion {
        @Override
        public String sentence() {
            return "the answer comes from no cache";
        }

        @Override
        public void judge(Response response, Judge judge) {
            Caches.hit(response)
                    .ifPresent(hit -> judge.unknown("the answer came from a cache (" + hit
                            + "), so it does not show how the server itself is"));
        }
    }
}
