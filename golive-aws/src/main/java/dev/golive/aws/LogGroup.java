package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.logs.LogsPort;
import dev.golive.aws.internal.logs.LogsPort.Event;
import dev.golive.aws.internal.logs.LogsPort.Group;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import dev.golive.provider.JoinedCheck;
import dev.golive.provider.Judge;
import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A log group of CloudWatch.
 *
 * <pre>{@code
 * LogGroup log = aws.logGroup("/aws/apprunner/shop-web/1a2b/application");
 *
 * log.isStreaming(minutes(2), Http.get("https://shop.example/api/health").status(200));
 * log.hasNoMatch("?ERROR ?Exception", minutes(30));
 * log.retentionDays(atLeast(90));
 * }</pre>
 *
 * <ul>
 *   <li>Lines of a log may hold secrets and personal data: none is ever shown, only how many there are, when the first was
 *       written, and in which stream.
 *   <li>An idle service logs nothing. So silence proves that logging is broken only after a request that certainly was
 *       served, and it never proves that there are no errors.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class LogGroup {

    /**
     * By how much the clock that dates an event may be behind ours, whichever of them is wrong. AWS refuses requests of a
     * clock that is wrong by 5 minutes.
     */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** So many matches are enough to know that there are many. */
    private static final int MANY = 1000;

    private final Aws aws;
    private final String name;

    LogGroup(Aws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Whether it is there.
     *
     * @return the check
     */
    public Check exists() {
        return describing(this + " exists", (calls, group) -> Outcome.passed(retention(group.retentionDays())));
    }

    /**
     * For how many days it keeps what is logged. One that keeps it for ever has as many as an {@code int} can hold.
     *
     * @param expected what the number should be
     * @return the check
     */
    public Check retentionDays(Expectation<Integer> expected) {
        Given.notNull(expected, "expected");
        return describing("the retention of " + this + " in days is " + expected.sentence(), (calls, group) -> {
                    Integer days = group.retentionDays();
                    Expectation<Integer> resolved = expected.resolved(calls.context());
                    String found = days == null ? "for ever" : days + " days";
                    return Judge.holds(
                            resolved.accepts(days == null ? Integer.MAX_VALUE : days),
                            "it keeps what is logged " + (days == null ? "" : "for ") + found,
                            Fact.of("retention", resolved.sentence(), found));
                })
                .reading(expected);
    }

    private static Fact retention(@Nullable Integer days) {
        return Fact.of("retention", days == null ? "for ever" : days + " days");
    }

    /**
     * Whether something was logged lately. If nothing was, the check is unknown: an idle service logs nothing.
     *
     * @param within how long ago at most
     * @return the check
     * @throws IllegalArgumentException if {@code within} is not longer than zero
     */
    public Check isStreaming(Duration within) {
        Given.positive(within, "within");
        return filtering(this + " has an event of the last " + Spans.text(within), calls -> {
            Instant now = calls.context().time().now();
            AtomicReference<@Nullable Event> seen = new AtomicReference<>();
            if (!LogsPort.of(calls).events(name, null, now.minus(within), null, event -> {
                seen.set(event);
                return true;
            })) {
                return missing();
            }
            Event event = seen.get();
            if (event == null) {
                throw ApiProblem.undecided("nothing was logged within " + Spans.text(within)
                        + ", which an idle service does not do either");
            }
            return Outcome.passed(facts(event));
        });
    }

    /**
     * Whether a request that is made now is followed by an event that arrives in the group.
     *
     * <ul>
     *   <li>It is noted first what arrived last. What is new arrives later than that by the clock of CloudWatch, which is
     *       never compared with another one.
     *   <li>The provocation is examined then, once, whatever retries its timing states. Unless it passes nobody knows
     *       whether there was anything to log, and the check is unknown.
     *   <li>Then the group is looked at every 5 seconds. It has failed if nothing has arrived by the end of the time, and
     *       passed as soon as anything has, be it of another request.
     *   <li>What the provocation captures is lost; it must not change anything.
     * </ul>
     *
     * @param within how long an event may take to arrive after the provocation has passed
     * @param provocation makes the service log something, for example a request to it
     * @return the check, which takes as long as both may
     * @throws IllegalArgumentException if {@code within} is not longer than zero
     */
    public Check isStreaming(Duration within, Check provocation) {
        Given.positive(within, "within");
        Given.notNull(provocation, "provocation");
        String sentence = this + " has a new event within " + Spans.text(within) + " after " + provocation.sentence();
        AwsCheck check = filtering(sentence, calls -> Outcome.passed());
        Duration longest = provocation
                .timing()
                .timeout()
                .plus(within)
                .plus(check.timing().timeout().multipliedBy(2));
        return JoinedCheck.of(check, provocation, context -> {
                    Instant from = context.time().now().minus(CLOCKS);
                    AtomicReference<Instant> last = new AtomicReference<>(Instant.MIN);
                    Outcome noted = filtering(sentence, calls -> noted(calls, from, last))
                            .examine(context);
                    if (!noted.finding().good()) {
                        return noted;
                    }
                    Outcome provoked = provocation.examine(context);
                    if (!provoked.finding().good()) {
                        return Outcome.unknown("nothing was provoked that could be logged: " + provoked.why())
                                .with(provoked.facts());
                    }
                    Instant until = context.time().now().plus(within);
                    return filtering(sentence, calls -> awaited(calls, from, last.get(), until, within))
                            .examine(context);
                })
                .timeout(longest);
    }

    /** Notes when the event arrived that arrived last, if there is any. */
    private Outcome noted(Calls calls, Instant from, AtomicReference<Instant> last) throws Exception {
        LogsPort.of(calls).events(name, null, from, null, event -> {
            if (event.arrivedAt().isAfter(last.get())) {
                last.set(event.arrivedAt());
            }
            return false;
        });
        // a group that is not there may be made when something is logged first
        return Outcome.passed();
    }

    private Outcome awaited(Calls calls, Instant from, Instant last, Instant until, Duration within) throws Exception {
        TimeSource time = calls.context().time();
        LogsPort logs = LogsPort.of(calls);
        AtomicReference<@Nullable Event> seen = new AtomicReference<>();
        while (true) {
            Instant now = time.now();
            boolean there = logs.events(name, null, from, null, event -> {
                // CloudWatch dates arrivals; when it took place is told by a clock that nobody vouches for
                if (!event.arrivedAt().isAfter(last)) {
                    return false;
                }
                seen.set(event);
                return true;
            });
            Event event = seen.get();
            if (!there) {
                return missing();
            } else if (event != null) {
                return Outcome.passed(facts(event));
            } else if (!now.isBefore(until)) {
                return Outcome.failed(
                        "nothing arrived within " + Spans.text(within),
                        Fact.of("event", last.equals(Instant.MIN) ? "any" : "one that arrived after " + last, "none"));
            }
            Instant next = now.plus(PAUSE);
            time.sleepUntil(next.isBefore(until) ? next : until);
        }
    }

    private static Fact[] facts(Event event) {
        return new Fact[] {
            Fact.of("event", event.at()), Fact.of("arrived", event.arrivedAt()), Fact.of("stream", event.stream())
        };
    }

    /**
     * Whether nothing that was logged lately matches a pattern. If nothing at all was logged, the check is unknown.
     *
     * @param filterPattern a pattern of CloudWatch, for example {@code ?ERROR ?Exception} for lines with one of two words,
     *     or {@code { $.level = "ERROR" }}
     * @param window how far back; what was logged in the last seconds may not have arrived yet
     * @return the check, which needs more time than others if much was logged
     * @throws IllegalArgumentException if the window is not longer than zero
     */
    public Check hasNoMatch(String filterPattern, Duration window) {
        Given.text(filterPattern, "filterPattern");
        Given.positive(window, "window");
        AwsCheck check = filtering(
                this + " has nothing that matches " + filterPattern + " within " + Spans.text(window), calls -> {
                    Instant now = calls.context().time().now();
                    return matches(calls, filterPattern, now.minus(window), now);
                });
        return check.timeout(check.timing().timeout().multipliedBy(4));
    }

    private Outcome matches(Calls calls, String filterPattern, Instant from, Instant to) throws Exception {
        LogsPort logs = LogsPort.of(calls);
        AtomicInteger count = new AtomicInteger();
        AtomicReference<@Nullable Event> first = new AtomicReference<>();
        boolean there = logs.events(name, filterPattern, from, to, event -> {
            Event known = first.get();
            if (known == null || event.at().isBefore(known.at())) {
                first.set(event);
            }
            return count.incrementAndGet() >= MANY;
        });
        if (!there) {
            return missing();
        }
        String found = count.get() >= MANY ? MANY + " or more" : String.valueOf(count.get());
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("matches", "0", found));
        facts.add(Fact.of("window", from + " to " + to));
        Event earliest = first.get();
        if (earliest != null) {
            facts.add(Fact.of("first", earliest.at()));
            facts.add(Fact.of("stream", earliest.stream()));
            return Outcome.failed(found + (count.get() == 1 ? " event matches" : " events match"))
                    .with(facts);
        }
        AtomicReference<@Nullable Event> any = new AtomicReference<>();
        boolean still = logs.events(name, null, from, to, event -> {
            any.set(event);
            return true;
        });
        if (!still) {
            return missing();
        }
        return any.get() == null
                ? Outcome.unknown("nothing at all was logged, so that nothing can be told")
                        .with(facts)
                : Outcome.passed().with(facts);
    }

    /** What is asked of a group that is there. */
    @FunctionalInterface
    private interface Question {
        Outcome of(Calls calls, Group group) throws Exception;
    }

    private AwsCheck describing(String sentence, Question question) {
        return AwsCheck.of(aws, Service.CLOUD_WATCH_LOGS, sentence, calls -> {
                    Optional<Group> group = LogsPort.of(calls).group(name);
                    return group.isEmpty() ? missing() : question.of(calls, group.get());
                })
                .needing("logs:DescribeLogGroups", aws.arn("logs", "log-group:*"));
    }

    private AwsCheck filtering(String sentence, Calls.Asking<Outcome> judge) {
        return AwsCheck.of(aws, Service.CLOUD_WATCH_LOGS, sentence, judge)
                .needing("logs:FilterLogEvents", aws.arn("logs", "log-group:" + name + ":*"));
    }

    private Outcome missing() {
        return Outcome.failed("there is no " + this);
    }

    /**
     * What it is.
     *
     * @return for example {@code log group /aws/apprunner/shop-web/1a2b/application in eu-north-1}
     */
    @Override
    public String toString() {
        return "log group " + name + " in " + aws.region();
    }
}
