package dev.golive.launch;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.Answers;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.GoLiveException;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Observation;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Report;
import dev.golive.Secret;
import dev.golive.Status;
import dev.golive.Subject;
import dev.golive.Verdict;
import dev.golive.Waiver;
import dev.golive.internal.Ids;
import dev.golive.rollback.MetricSource;
import dev.golive.rollback.Probe;
import dev.golive.rollback.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs effects on the threads of a {@link GoLive} and hands their results over as inputs. Everything is run as a
 * checklist of its own, so that limits of time, hosts that may be touched, cancellation and redaction are those of every
 * check.
 */
final class Performer {

    private static final Duration CALL = Duration.ofSeconds(30);

    private final Course course;
    private final GoLive golive;
    private final Environment environment;
    private final Consumer<Input> results;
    private final Supplier<Duration> shift;
    private final Map<String, Checklist> probeLists = new HashMap<>();

    /** {@code shift} is how far the launch's time is ahead of the clock. */
    Performer(
            Course course, GoLive golive, Environment environment, Consumer<Input> results, Supplier<Duration> shift) {
        this.course = course;
        this.golive = golive;
        this.environment = environment;
        this.results = results;
        this.shift = shift;
    }

    void perform(Effect effect, State state, String head) {
        if (effect instanceof Effect.Examine examine) {
            examine(examine, state);
        } else if (effect instanceof Effect.Observe observe) {
            call(
                    observe.action().sentence() + " is observed",
                    Needed.by(observe.action()),
                    limit(observe.action()),
                    context -> observe.action().observe(context(context, state, observe.id(), observe.action())),
                    (seen, why) -> results.accept(
                            new Input.Observed(effect.key(), seen == null ? Observation.unknown(why) : cleaned(seen))));
        } else if (effect instanceof Effect.Apply apply) {
            call(
                    apply.action().sentence() + " is sent",
                    Needed.by(apply.action()),
                    limit(apply.action()),
                    context -> apply.action().apply(context(context, state, apply.id(), apply.action())),
                    (receipt, why) -> results.accept(
                            receipt == null
                                    ? new Input.ApplyFailed(effect.key(), why)
                                    : new Input.Applied(effect.key(), cleaned(receipt))));
        } else if (effect instanceof Effect.Post post) {
            String text = golive.redacted(post.text()).replace("{head}", post.withHead() ? head : "");
            post(effect.key(), post.key(), post.channel(), text, state);
        } else if (effect instanceof Effect.Beat beat) {
            // each sign of life is one of its own, also for a channel that knows what it was sent before
            String once = beat.key() + "@" + golive.time().now();
            post(effect.key(), once, beat.channel(), golive.redacted(beat.text()), state);
        } else if (effect instanceof Effect.Take take) {
            take(take, state);
        } else if (effect instanceof Effect.Measure measure) {
            measure(measure);
        } else if (effect instanceof Effect.Look look) {
            look(
                    look.component(),
                    (live, why) -> results.accept(new Input.Looked(
                            effect.key(),
                            look.component().name(),
                            live == null ? null : live.orElse(null),
                            live == null ? why : live.isEmpty() ? "nothing is live" : "")));
        }
    }

    private static Duration limit(Action action) {
        Duration deadline = action.conduct().deadline();
        return deadline.compareTo(CALL) < 0 ? deadline : CALL;
    }

    // ---- lists

    private void examine(Effect.Examine effect, State state) {
        List<Effect.Listed> lists = effect.lists();
        if (lists.isEmpty()) {
            results.accept(new Input.Examined(effect.key(), List.of()));
            return;
        }
        Input.ListResult[] gathered = new Input.ListResult[lists.size()];
        AtomicInteger left = new AtomicInteger(lists.size());
        for (int i = 0; i < lists.size(); i++) {
            int at = i;
            Effect.Listed listed = lists.get(i);
            Consumer<Input.ListResult> done = result -> {
                gathered[at] = result;
                if (left.decrementAndGet() == 0) {
                    results.accept(new Input.Examined(effect.key(), List.of(gathered)));
                }
            };
            try {
                runner(state, effect.key(), listed)
                        .start(
                                listed.list(),
                                environment,
                                releaseFor(state, listed.step()),
                                report -> done.accept(result(listed, report)));
            } catch (GoLiveException e) {
                String why = golive.redacted(String.valueOf(e.getMessage()));
                done.accept(new Input.ListResult(
                        listed.step(),
                        listed.list().name(),
                        Verdict.UNDECIDED,
                        List.of(listed.list().name() + " NOT_RUN"),
                        List.of(listed.list().name() + " could not be run: " + why),
                        false,
                        ""));
            }
        }
    }

    /** A runner that knows what people said and how far the launch has come. */
    private GoLive runner(State state, String key, Effect.Listed listed) {
        GoLive.Builder builder = golive.derive()
                .launchAt(state.planned.atZone(course.plan().zone()))
                .performed(performed(state));
        Answers answers = question -> state.answers.stream()
                .filter(answer -> answer.itemId().equals(question.itemId()))
                .toList();
        builder.answersAlso(answers);
        for (Event.Waived waived : state.waived) {
            builder.waivers(Waiver.of(waived.item(), waived.by(), waived.reason(), waived.until()));
        }
        if (state.h != null) {
            builder.launchedAt(state.h);
        }
        boolean identity = key.startsWith(Steps.IDENTITY);
        course.deploys().forEach((component, deploy) -> {
            Release release = state.launched.get(component);
            if (release != null && (identity || state.proven.contains(component))) {
                builder.given(deploy.release(), release);
            }
        });
        State.ListState last = state.lists.get(listed.step());
        boolean trials = listed.list().items().stream().anyMatch(item -> item.kind() == Item.Kind.TRIAL);
        if (trials && last != null && !last.report().isEmpty()) {
            builder.evidence(Report.fromJson(last.report()));
        }
        return builder.build();
    }

    private static List<String> performed(State state) {
        List<String> ids = new ArrayList<>();
        state.actions.forEach((key, action) -> {
            if (key.startsWith(Course.LAUNCH) && action.isGood()) {
                ids.add(key.substring(Course.LAUNCH.length()));
            }
        });
        return ids;
    }

    /** What is examined after the deployment is examined for the deployed release, and what comes before for none. */
    private @Nullable Release releaseFor(State state, String stepId) {
        if (state.launched.size() != 1) {
            return null;
        }
        Release launched = state.launched.values().iterator().next();
        boolean deployed = false;
        for (Course.Step step : course.steps()) {
            if (step.id().equals(stepId)) {
                return deployed ? launched : null;
            }
            deployed |= step.deploys();
        }
        return stepId.equals(Course.RECOVERY_POINT_ITEM) ? null : launched;
    }

    private static Input.ListResult result(Effect.Listed listed, Report report) {
        List<String> open = new ArrayList<>();
        List<String> details = new ArrayList<>();
        boolean waits = report.verdict() == Verdict.UNDECIDED;
        for (ItemResult result : report.results()) {
            if (result.status() == Status.PASSED || result.status() == Status.NOT_APPLICABLE || result.isNotYetDue()) {
                continue;
            }
            open.add(result.id() + " " + result.status());
            details.add(
                    result.id() + " " + result.status() + (result.why().isBlank() ? "" : " (" + result.why() + ")"));
            waits &= result.status() == Status.PENDING
                    || result.status() == Status.STALE
                    || result.status() == Status.WARNED
                    || result.status() == Status.WAIVED
                    || !result.isRequired();
        }
        if (report.results().isEmpty() || (report.verdict() == Verdict.UNDECIDED && open.isEmpty())) {
            open.add(listed.list().name() + " NOT_EXAMINED");
            details.add(listed.list().name() + ": nothing was examined");
        }
        return new Input.ListResult(
                listed.step(), listed.list().name(), report.verdict(), open, details, waits, report.toJson());
    }

    // ---- samples

    private void take(Effect.Take take, State state) {
        Probe probe = take.probe();
        Duration ahead = shift.get();
        Instant now = golive.time().now();
        Checklist list = probeLists.computeIfAbsent(
                probe.id(),
                id -> Checklist.named("probe " + id).require(probe.as(id)).build());
        Effect.Listed listed = new Effect.Listed("probe", list);
        Consumer<Report> ended = report -> results.accept(new Input.Sampled(
                take.key(), sample(take, report.result(probe.id()).orElseThrow(), now, ahead)));
        try {
            GoLive runner = probe.reads().isEmpty() ? golive : runner(state, take.key(), listed);
            runner.start(list, environment, null, ended);
        } catch (GoLiveException e) {
            results.accept(new Input.Sampled(
                    take.key(),
                    Sample.of(
                            probe.id(),
                            take.slot(),
                            now.plus(ahead),
                            now.plus(ahead),
                            Outcome.unknown(golive.redacted(String.valueOf(e.getMessage()))))));
        }
    }

    private static Sample sample(Effect.Take take, ItemResult result, Instant began, Duration ahead) {
        Outcome outcome = switch (result.status()) {
            case PASSED, WARNED -> Outcome.passed();
            case FAILED -> Outcome.failed(result.why());
            default -> Outcome.unknown(result.why());
        };
        Instant start = result.startedAt().orElse(began).plus(ahead);
        return Sample.of(take.probe().id(), take.slot(), start, start.plus(result.took()), outcome);
    }

    private void measure(Effect.Measure measure) {
        MetricSource source = measure.source();
        Duration ahead = shift.get();
        Needed needed = new Needed(source.secrets(), source.touches(), source.permissions());
        call(
                "the counts of " + source.id(),
                needed,
                CALL,
                context ->
                        source.between(measure.from().minus(ahead), measure.to().minus(ahead), context),
                (counts, why) -> {
                    Duration slot = Duration.between(measure.from(), measure.to());
                    results.accept(new Input.Sampled(
                            measure.key(),
                            counts != null
                                    ? Sample.counts(source.id(), measure.from(), slot, counts)
                                    : Sample.of(
                                            source.id(),
                                            measure.from(),
                                            measure.from(),
                                            measure.to(),
                                            Outcome.unknown(why))));
                });
    }

    // ---- components and channels

    /** What is live: {@code null} and a reason if it could not be found out. */
    void look(Component component, Then<Optional<Release>> then) {
        ask(component, "what is live of " + component.name(), driver -> driver::live, then);
    }

    /** Asks a component's driver something. */
    <V> void ask(Component component, String sentence, Function<Component.Driver, Question<V>> question, Then<V> then) {
        Component.Driver driver = component.driver();
        call(
                sentence,
                new Needed(driver.secrets(), driver.touches(), driver.permissions()),
                CALL,
                context -> question.apply(driver).ask(context),
                then);
    }

    private void post(String key, String once, Channel channel, String text, State state) {
        call(
                "a message is posted to " + channel.name(),
                new Needed(channel.secrets(), channel.touches(), channel.permissions()),
                CALL,
                context -> channel.post(
                        text,
                        new CallContext(context, Ids.digest(Commands.launchId(state) + once), null, state.launched)),
                (receipt, why) -> results.accept(
                        receipt == null ? new Input.PostFailed(key, why) : new Input.Posted(key, cleaned(receipt))));
    }

    private Observation cleaned(Observation seen) {
        return new Observation(seen.state(), golive.redacted(seen.found()), seen.release());
    }

    private Receipt cleaned(Receipt receipt) {
        Map<String, String> details = new LinkedHashMap<>();
        receipt.details().forEach((name, value) -> details.put(name, golive.redacted(value)));
        return new Receipt(golive.redacted(receipt.id()), details);
    }

    private ActionContext context(CheckContext context, State state, String id, Action action) {
        ActionState a = state.action(id);
        return new CallContext(context, Performing.idempotencyKey(state, id, action), a.receipt, state.launched);
    }

    // ---- one call

    /** What a call needs to be declared. */
    record Needed(Set<Secret> secrets, Set<Subject> touches, Set<Permission> permissions) {
        static Needed by(Action action) {
            return new Needed(action.secrets(), action.touches(), action.permissions());
        }
    }

    /** Something that is asked with a context. */
    @FunctionalInterface
    interface Question<V> {
        V ask(CheckContext context) throws Exception;
    }

    /** Takes the answer, or the reason why there is none. */
    @FunctionalInterface
    interface Then<V> {
        void accept(@Nullable V answer, String why);
    }

    private record Call<V>(String sentence, Needed needed, Question<V> question, AtomicReference<@Nullable V> answer)
            implements Check {

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            V found = question.ask(context);
            if (found == null) {
                return Outcome.unknown("it answered nothing");
            }
            answer.set(found);
            return Outcome.passed();
        }

        @Override
        public Set<Secret> secrets() {
            return needed.secrets();
        }

        @Override
        public Set<Subject> touches() {
            return needed.touches();
        }

        @Override
        public Set<Permission> permissions() {
            return needed.permissions();
        }

        @Override
        public String toString() {
            return sentence;
        }
    }

    private <V> void call(String sentence, Needed needed, Duration limit, Question<V> question, Then<V> then) {
        AtomicReference<@Nullable V> answer = new AtomicReference<>();
        Call<V> call = new Call<>(sentence, needed, question, answer);
        try {
            Checklist list = Checklist.named(sentence)
                    .require(call.timeout(limit).as("call"))
                    .build();
            golive.start(list, environment, null, report -> {
                ItemResult result = report.result("call").orElseThrow();
                V found = result.status() == Status.PASSED ? answer.get() : null;
                then.accept(found, found == null ? result.why() : "");
            });
        } catch (GoLiveException e) {
            then.accept(null, golive.redacted(String.valueOf(e.getMessage())));
        }
    }
}
