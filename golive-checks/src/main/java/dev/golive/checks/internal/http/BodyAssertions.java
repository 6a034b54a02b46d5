package dev.golive.checks.internal.http;

import dev.golive.Capture;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.Fact;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** Assertions about the body of a response. */
public final class BodyAssertions {

    private BodyAssertions() {}

    /** The body as text is as expected. */
    public static Assertion text(Expectation<String> expectation) {
        return new Text(expectation);
    }

    /** The body is exactly this. */
    public static Assertion bytes(byte[] expected) {
        return new Bytes(expected);
    }

    /** The hash of the body is this. */
    public static Assertion sha256(String hex) {
        return new Hash(Expect.is(hex.toLowerCase(Locale.ROOT)));
    }

    /** The size of the body is as expected. */
    public static Assertion size(Expectation<Long> expectation) {
        return new Size(expectation);
    }

    /** The body came compressed. */
    public static Assertion compressed() {
        return new Compressed();
    }

    private record Text(Expectation<String> expectation) implements Assertion {
        @Override
        public String sentence() {
            return "body " + Judge.phrase(expectation);
        }

        @Override
        public void judge(Response response, Judge judge) {
            if (judge.hasBody(response)) {
                judge.expectBody(expectation, response);
            }
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }
    }

    private static final class Bytes implements Assertion {
        private final byte[] expected;

        Bytes(byte[] expected) {
            this.expected = expected;
        }

        @Override
        public String sentence() {
            return "body is exactly " + expected.length + " given bytes";
        }

        @Override
        public void judge(Response response, Judge judge) {
            if (!judge.hasBody(response)) {
                return;
            }
            byte[] found = response.body().bytes();
            int differs = Arrays.mismatch(expected, found);
            if (differs >= 0) {
                judge.failed(
                        "the body differs from what was expected at byte " + differs,
                        Fact.of("body size", expected.length, found.length));
                judge.show(response);
            }
        }
    }

    private record Hash(Expectation<String> expectation) implements Assertion {
        @Override
        public String sentence() {
            return "SHA-256 of the body " + Judge.phrase(expectation);
        }

        @Override
        public void judge(Response response, Judge judge) {
            if (judge.hasBody(response)) {
                judge.expect("sha-256", expectation, hash(response.body().bytes()));
            }
        }

        private static String hash(byte[] bytes) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    private record Size(Expectation<Long> expectation) implements Assertion {
        @Override
        public String sentence() {
            return "body size " + Judge.phrase(expectation);
        }

        @Override
        public void judge(Response response, Judge judge) {
            if (judge.hasBody(response)) {
                judge.expect("body size", expectation, (long) response.body().bytes().length);
            }
        }

        @Override
        public Set<Capture<?>> reads() {
            return expectation.reads();
        }
    }

    private record Compressed() implements Assertion {
        @Override
        public String sentence() {
            return "body is compressed";
        }

        @Override
        public RequestPlan prepare(RequestPlan plan) {
            return plan.changed(draft -> draft.compressed = true);
        }

        @Override
        public void judge(Response response, Judge judge) {
            Body body = response.body();
            String coding = body.coding().isEmpty() ? "none" : body.coding();
            Fact fact = Fact.of("compression", "gzip or deflate", coding);
            if (body.broken()) {
                judge.failed("the body cannot be unpacked: " + body.problem(), fact);
            } else if (body.coding().isEmpty()) {
                judge.failed("the body was not compressed, expected gzip or deflate", fact);
            } else {
                judge.saw(fact);
                judge.saw(Fact.of("received", body.wireBytes() + " bytes"));
            }
        }
    }
}
