package dev.golive.launch;

import dev.golive.Action;
import dev.golive.Channel;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Component;
import dev.golive.Environment;
import dev.golive.Finding;
import dev.golive.GoLive;
import dev.golive.GoLiveException;
import dev.golive.InvalidChecklistException;
import dev.golive.Outcome;
import dev.golive.Person;
import dev.golive.Release;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.journal.Entry;
import dev.golive.journal.Journal;
import dev.golive.journal.Verification;
import dev.golive.rollback.Evaluation;
import dev.golive.rollback.RollbackPolicy;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens before a launch: what cannot work is refused, and the targets of a rollback are frozen. */
final class Arming {

    private Arming() {}

    /** What the entries of a journal add up to. */
    static State replay(LaunchPlan plan, Journal journal) {
        Verification verification = journal.verify();
        if (!verification.intact()) {
            throw new GoLiveException("the journal was tampered with or damaged, first at entry "
                    + verification.firstBad() + ": " + verification.because());
        }
        AtomicReference<State> state = new AtomicReference<>(
                new State(plan.policy().map(Evaluation::of).orElse(null)));
        Replay.read(journal, entry -> state.set(after(state.get(), entry)));
        return state.get();
    }

    private static State after(State state, Entry entry) {
        return state.after(EventJson.read(entry), entry.at());
    }

    static void refuseWhatCannotWork(
            LaunchPlan plan,
            GoLive golive,
            Journal journal,
            Environment environment,
            Instant planned,
            @Nullable State earlier) {
        Set<String> problems = new LinkedHashSet<>();
        plan.validate().stream()
                .filter(line -> !line.startsWith(PlanRules.WARNING))
                .forEach(problems::add);
        Course course = plan.course();
        new Declared(course, golive, environment, problems).look();
        boolean automatic = plan.policy().map(RollbackPolicy::isAutomatic).orElse(false);
        if (automatic && !journal.isDurable()) {
            problems.add("the policy rolls back by itself, and the journal is kept in memory only: after a crash nobody"
                    + " would know what was done");
        }
        if (plan.isDrill() && environment.isProduction()) {
            problems.add("it is a drill, and " + environment.name() + " is production");
        }
        if (earlier != null) {
            Event.Armed armed = earlier.arming();
            if (!armed.environment().equals(environment.name()) || armed.production() != environment.isProduction()) {
                problems.add(
                        "the journal is that of a launch in " + armed.environment() + ", not in " + environment.name());
            }
            if (!armed.planned().equals(planned)) {
                problems.add("the journal is that of a launch planned for " + armed.planned()
                        + "; reschedule it or use another journal");
            }
        }
        if (!problems.isEmpty()) {
            throw new PlanRefusedException(
                    plan.name(), problems.stream().map(golive::redacted).toList());
        }
    }

    /** Everything that a launch or its rollback may ask or do, each held against what the environment lists. */
    private record Declared(Course course, GoLive golive, Environment environment, Set<String> problems) {

        /** Says what a call needs, and is never examined. */
        private record Needing(String sentence, Performer.Needed needed) implements Check {
            @Override
            public Outcome examine(CheckContext context) {
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
        }

        void look() {
            LaunchPlan plan = course.plan();
            for (Course.Step step : course.steps()) {
                step.list().ifPresent(this::list);
                if (step.what() instanceof Moment.Step.Identity identity) {
                    check("the identity of " + identity.of().component().name(), identity.served());
                }
            }
            plan.watch().ifPresent(watch -> {
                watch.phases().forEach(phase -> list(phase.list()));
                watch.daily().forEach(daily -> list(daily.list()));
                watch.heartbeat().ifPresent(this::channel);
            });
            plan.recoveryPoint().ifPresent(point -> check("the recovery point", point.backup()));
            course.probes().forEach((id, probe) -> check("the probe " + id, probe));
            course.sources()
                    .forEach((id, source) -> needing(
                            "the source " + id,
                            new Performer.Needed(source.secrets(), source.touches(), source.permissions())));
            course.actions().values().forEach(this::action);
            course.components().values().forEach(component -> {
                Component.Driver driver = component.driver();
                needing(
                        "the component " + component.name(),
                        new Performer.Needed(driver.secrets(), driver.touches(), driver.permissions()));
            });
            course.channels().values().forEach(this::channel);
            plan.migrations().values().forEach(meaning -> meaning.down().ifPresent(this::action));
            plan.policy().ifPresent(this::wayBack);
        }

        private void wayBack(RollbackPolicy policy) {
            policy.groups().forEach(group -> group.forEach(this::action));
            policy.undoes().values().forEach(this::action);
            policy.components().forEach(component -> policy.rebuild(component).ifPresent(this::action));
            policy.noPreviousRelease().forEach(this::action);
            policy.channels().forEach(this::channel);
            Checklist.Builder verification = Checklist.named("the verification");
            policy.verification().forEach(verification::require);
            list("the verification", verification::build);
        }

        private void action(Action action) {
            needing("the action " + action.id(), Performer.Needed.by(action));
            action.alternatives().forEach(this::action);
        }

        private void channel(Channel channel) {
            needing(
                    "the channel " + channel.name(),
                    new Performer.Needed(channel.secrets(), channel.touches(), channel.permissions()));
        }

        private void needing(String what, Performer.Needed needed) {
            // how long a call may take is no question here
            check(what, new Needing(what, needed).timeout(Duration.ofMillis(1)));
        }

        private void check(String what, Check check) {
            list(what, () -> Checklist.named(what).require(check.as(what)).build());
        }

        private void list(String what, Supplier<Checklist> list) {
            try {
                list(list.get());
            } catch (InvalidChecklistException e) {
                e.problems().forEach(problem -> problems.add(what + ": " + problem));
            }
        }

        private void list(Checklist list) {
            problems.addAll(golive.problems(list, environment));
        }
    }

    /** Looks at every component and writes down where a rollback would go. */
    static Event.Armed freeze(
            LaunchPlan plan,
            GoLive golive,
            Journal journal,
            Environment environment,
            Instant planned,
            Person operator) {
        Map<String, Release> frozen = new LinkedHashMap<>();
        Map<String, Release> live = new LinkedHashMap<>();
        Map<String, List<String>> holds = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        plan.validate().stream()
                .filter(line -> line.startsWith(PlanRules.WARNING))
                .map(line -> line.substring(PlanRules.WARNING.length()))
                .forEach(warnings::add);
        Course course = plan.course();
        Asking asking = new Asking(course, golive, environment);
        RollbackPolicy policy = plan.policy().orElse(null);
        for (Component component : course.components().values()) {
            String name = component.name();
            Optional<Release> running =
                    asking.ask(component, "what is live of " + name, driver -> driver::live, problems);
            if (running == null) {
                continue;
            }
            running.ifPresent(release -> live.put(name, release));
            // a launch that deploys takes nothing below what was live before it, also what it does not deploy itself
            boolean deployed = !course.deploys().isEmpty();
            Optional<Release> target = deployed
                    ? running
                    : asking.ask(component, "what was live before of " + name, driver -> driver::previous, problems);
            if (target == null) {
                continue;
            }
            target.ifPresent(release -> frozen.put(name, release));
            boolean goesBack = policy != null
                    && policy.components().stream().anyMatch(one -> one.name().equals(name));
            if (policy != null
                    && target.isEmpty()
                    && goesBack
                    && policy.noPreviousRelease().isEmpty()
                    && policy.fixForwardOnly().isEmpty()) {
                problems.add("there is no previous release of " + name
                        + " to go back to, and the policy does not say noPreviousRelease(..) or fixForwardOnly(..)");
            }
            List<String> held =
                    asking.ask(component, "what would undo a rollback of " + name, driver -> driver::holds, problems);
            if (held != null && !held.isEmpty()) {
                holds.put(name, held.stream().map(golive::redacted).toList());
            }
            if (target.isPresent() && goesBack) {
                boolean isLive = running.isPresent() && running.get().equals(target.get());
                retention(plan, asking, component, target.get(), isLive, planned, problems, warnings);
                Outcome available = asking.ask(
                        component,
                        "whether " + target.get() + " can be brought back",
                        driver -> context -> driver.available(target.get(), context),
                        problems);
                if (available != null && !available.finding().good()) {
                    // what is live cannot be rolled back to, says many a platform; it is asked again at use
                    boolean asked = isLive && available.finding() == Finding.UNKNOWN;
                    boolean rebuild = rebuilds(policy, component, target.get());
                    String line = target.get()
                            + (asked ? ", which is live, is not known to be kept: " : " cannot be brought back: ")
                            + golive.redacted(available.why());
                    (asked || rebuild ? warnings : problems).add(line);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new PlanRefusedException(plan.name(), problems);
        }
        return new Event.Armed(
                plan.name(),
                plan.digest(),
                environment.name(),
                environment.isProduction(),
                planned,
                plan.zone().getId(),
                operator,
                plan.isDrill(),
                journal.isDurable(),
                frozen,
                live,
                holds,
                warnings);
    }

    /** Whether there is another way back when the short one is closed, by the policy or by the component itself. */
    private static boolean rebuilds(@Nullable RollbackPolicy policy, Component component, Release target) {
        return policy != null && policy.rebuild(component).isPresent()
                || !component.driver().backTo(target).alternatives().isEmpty();
    }

    /** A release that the platform deletes before the watch is over cannot be brought back from then on. */
    private static void retention(
            LaunchPlan plan,
            Asking asking,
            Component component,
            Release target,
            boolean isLive,
            Instant planned,
            List<String> problems,
            List<String> warnings) {
        Optional<Instant> kept = asking.ask(
                component,
                "until when " + target + " is kept",
                driver -> context -> driver.keptUntil(target, context),
                problems);
        if (isLive && kept != null && kept.isEmpty()) {
            Optional<Duration> span = asking.ask(
                    component,
                    "how long " + target + " is kept",
                    driver -> context -> driver.keptOnceReplaced(context),
                    problems);
            // it is replaced by this launch, which is not before the planned time
            kept = span == null ? null : span.map(planned::plus);
        }
        if (kept == null || kept.isEmpty() || plan.watch().isEmpty()) {
            return;
        }
        Instant end = plan.watch().get().end().from(planned, plan.zone());
        if (kept.get().isBefore(end)) {
            long hour = Math.max(0, Duration.between(planned, kept.get()).toHours());
            boolean rebuild = rebuilds(plan.policy().orElse(null), component, target);
            String line = target + " is kept until " + kept.get() + ", that is hour " + hour
                    + " of the watch; from then on only a rebuild brings it back";
            (rebuild ? warnings : problems).add(line + (rebuild ? "" : ", and the policy declares none"));
        }
    }

    /** Asks drivers one question after the other. */
    private static final class Asking {
        private final Performer performer;
        private final TimeSource time;

        Asking(Course course, GoLive golive, Environment environment) {
            this.performer = new Performer(course, golive, environment, input -> {}, () -> Duration.ZERO);
            this.time = golive.time();
        }

        private <V> @Nullable V ask(
                Component component,
                String sentence,
                Function<Component.Driver, Performer.Question<V>> question,
                List<String> problems) {
            TimeSource.Gate done = time.gate();
            AtomicReference<@Nullable V> found = new AtomicReference<>();
            AtomicReference<String> reason = new AtomicReference<>("");
            performer.ask(component, sentence, question, (answer, why) -> {
                found.set(answer);
                reason.set(why);
                done.open();
            });
            try {
                if (!done.await(time.now().plus(Duration.ofMinutes(2)))) {
                    reason.set("no answer in time");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                reason.set("interrupted");
            }
            V answer = found.get();
            if (answer == null) {
                problems.add(sentence + " could not be found out: " + reason.get());
            }
            return answer;
        }
    }

    // ---- who arms

    /** Which process this is: in virtual time the same in every run. */
    static String instance(Journal journal, TimeSource time) {
        return time.cooperative()
                ? String.valueOf(journal.epoch())
                : journal.epoch() + "-" + ProcessHandle.current().pid();
    }

    static String host(TimeSource time) {
        if (time.cooperative()) {
            return "virtual";
        }
        for (String name : List.of("HOSTNAME", "COMPUTERNAME")) {
            String host = System.getenv(name);
            if (host != null && !host.isBlank()) {
                return host;
            }
        }
        return "this host";
    }

    /** Launches in the same environment whose journals lie beside this one and tell of no end. */
    static List<String> others(Journal journal, LaunchPlan plan, Environment environment) {
        Path own = journal.file().orElse(null);
        Path directory = own == null ? null : own.toAbsolutePath().getParent();
        if (own == null || directory == null) {
            return List.of();
        }
        List<String> others = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(file -> file.getFileName().toString().endsWith(".journal"))
                    .sorted()
                    .toList()) {
                if (!file.toAbsolutePath().equals(own.toAbsolutePath())) {
                    unfinished(file, environment).ifPresent(others::add);
                }
            }
        } catch (IOException e) {
            others.add("the journals beside " + own.getFileName() + " could not be listed: " + e.getMessage());
        }
        return others;
    }

    private static Optional<String> unfinished(Path file, Environment environment) {
        AtomicReference<Event.Armed> armed = new AtomicReference<>();
        AtomicReference<Boolean> over = new AtomicReference<>(false);
        try {
            Journal.read(file, Replay.counting(entry -> {
                if (entry.type().equals(Event.Armed.class.getSimpleName())) {
                    armed.set((Event.Armed) EventJson.read(entry));
                } else if (entry.type().equals(Event.Ended.class.getSimpleName())) {
                    over.set(true);
                }
            }));
        } catch (GoLiveException e) {
            return Optional.of(file.getFileName() + " cannot be read: " + e.getMessage());
        }
        Event.Armed other = armed.get();
        return other == null || over.get() || !other.environment().equals(environment.name())
                ? Optional.empty()
                : Optional.of(other.plan() + " for " + other.planned() + " (" + file.getFileName() + ")");
    }
}
