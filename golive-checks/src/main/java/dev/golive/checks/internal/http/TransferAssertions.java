package dev.golive.checks.internal.http;

import dev.golive.Capture;
import dev.golive.Expectation;
import dev.golive.Fact;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Set;

/** Assertions about where a response leads or came from, how long it took, and who sent it. */
public final class TransferAssertions {

    private TransferAssertions() {}

    /** The response leads to a URL, with a status as expected. */
    public static Assertion redirect(Url to, Expectation<Integer> status) {
        return new Redirect(to, status);
    }

    /** The redirects that were followed end at a URL. */
    public static Assertion finalUrl(Expectation<String> url) {
        return new FinalUrl(url);
    }

    /** So many redirects were followed. */
    public static Assertion redirects(Expectation<Integer> count) {
        return new Redirects(count);
    }

    /** All of it took as long as expected. */
    public static Assertion time(Expectation<Duration> span) {
        return new Time(span);
    }

    /** The certificate is yet valid as long as expected. */
    public static Assertion certificate(Expectation<Duration> left) {
        return new Certificate(left);
    }

    private static RequestPlan requireFollowing(RequestPlan plan) {
        if (!plan.following()) {
            throw new IllegalArgumentException(
                    "the request must say followingRedirects() for something to be asserted of where they end");
        }
        return plan;
    }

    private record Redirect(Url to, Expectation<Integer> status) implements Assertion {
        @Override
        public String sentence() {
            return "redirects to " + to + " with " + status.sentence();
        }

        @Override
        public RequestPlan prepare(RequestPlan plan) {
            if (plan.following()) {
                throw new IllegalArgumentException(
                        "redirectsTo asks for the redirect itself, so the request must not follow it; use finalUrl");
            }
            return plan;
        }

        @Override
        public void judge(Response response, Judge judge) {
            if (!judge.expect("status", status, response.status())) {
                judge.show(response);
            }
            String location = response.value("Location").orElse("");
            Fact fact = Fact.of("location", to, location.isEmpty() ? "absent" : location);
            if (location.isEmpty()) {
                judge.failed("there was no Location, expected " + to, fact);
                return;
            }
            Url found;
            try {
                found = response.url().resolve(location);
            } catch (IllegalArgumentException e) {
                judge.failed("the Location is not a URL, expected " + to, fact);
                return;
            }
            if (found.equals(to)) {
                judge.saw(fact);
            } else {
                judge.failed("the redirect led to " + found + ", expected " + to, fact);
            }
        }

        @Override
        public Set<Capture<?>> reads() {
            return status.reads();
        }
    }

    private record FinalUrl(Expectation<String> url) implements Assertion {
        @Override
        public String sentence() {
            return "final URL " + Judge.phrase(url);
        }

        @Override
        public RequestPlan prepare(RequestPlan plan) {
            return requireFollowing(plan);
        }

        @Override
        public void judge(Response response, Judge judge) {
            judge.expect("final URL", url, response.url().toString());
        }

        @Override
        public Set<Capture<?>> reads() {
            return url.reads();
        }
    }

    private record Redirects(Expectation<Integer> count) implements Assertion {
        @Override
        public String sentence() {
            return "number of redirects " + Judge.phrase(count);
        }

        @Override
        public RequestPlan prepare(RequestPlan plan) {
            return requireFollowing(plan);
        }

        @Override
        public void judge(Response response, Judge judge) {
            judge.expect("number of redirects", count, response.hops().size());
        }

        @Override
        public Set<Capture<?>> reads() {
            return count.reads();
        }
    }

    private record Time(Expectation<Duration> span) implements Assertion {
        @Override
        public String sentence() {
            return "total time " + Judge.phrase(span);
        }

        @Override
        public void judge(Response response, Judge judge) {
            judge.expect("total time", span, response.total());
        }

        @Override
        public Set<Capture<?>> reads() {
            return span.reads();
        }
    }

    private record Certificate(Expectation<Duration> left) implements Assertion {
        @Override
        public String sentence() {
            return "certificate is valid for " + left.sentence();
        }

        @Override
        public RequestPlan prepare(RequestPlan plan) {
            if (!plan.url().secure()) {
                throw new IllegalArgumentException("there is no certificate without https: " + plan.url());
            }
            return plan;
        }

        @Override
        public void judge(Response response, Judge judge) {
            X509Certificate certificate = response.certificate();
            if (certificate == null) {
                judge.failed("there was no certificate, since " + response.url() + " is not https");
                return;
            }
            judge.expect(
                    "validity left",
                    left,
                    Duration.between(response.at(), certificate.getNotAfter().toInstant()));
        }

        @Override
        public Set<Capture<?>> reads() {
            return left.reads();
        }
    }
}
