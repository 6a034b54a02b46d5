package dev.golive;

import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the runs of one {@link GoLive} have in common. */
final class Engine implements AutoCloseable {

    private final Settings settings;
    private final Workers workers;
    private final Resources resources;
    private final Redactor redactor;
    private final boolean derived;
    private final Set<Run> running = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean closed;

    Engine(Settings settings) {
        this.settings = settings;
        this.workers = new Workers(settings.executor());
        this.resources = new Resources(settings.time(), settings.network());
        this.redactor = new Redactor();
        this.derived = false;
    }

    /** Uses what another engine has, and leaves it open. */
    Engine(Settings settings, Engine owner) {
        this.settings = settings;
        this.workers = owner.workers;
        this.resources = owner.resources;
        this.redactor = owner.redactor;
        this.derived = true;
    }

    TimeSource time() {
        return settings.time();
    }

    Settings settings() {
        return settings;
    }

    Workers workers() {
        return workers;
    }

    Resources resources() {
        return resources;
    }

    Redactor redactor() {
        return redactor;
    }

    Execution start(Checklist list, Environment environment, @Nullable Release release) {
        return start(list, environment, release, report -> {});
    }

    /** Starts a run; its end is told to {@code ended} on a thread of the run. */
    Execution start(Checklist list, Environment environment, @Nullable Release release, Consumer<Report> ended) {
        List<String> problems = problems(list, environment);
        if (!problems.isEmpty()) {
            throw new InvalidChecklistException(redactor.clean(list.name()), problems);
        }
        Run run = new Run(this, list, environment, release, ended);
        synchronized (running) {
            if (closed) {
                throw new GoLiveException("This runner is closed");
            }
            running.add(run);
        }
        run.start();
        return new Execution(run, settings.time());
    }

    void ended(Run run) {
        synchronized (running) {
            running.remove(run);
        }
    }

    List<String> problems(Checklist list, Environment environment) {
        Set<String> problems = new LinkedHashSet<>();
        Set<Secret> secrets = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Subject> unlisted = new HashSet<>();
        for (Checklist.Entry entry : list.entries()) {
            Item item = entry.item();
            for (Check check : Checklist.checksOf(entry)) {
                secrets.addAll(check.secrets());
                unlisted(check.touches(), item.id(), environment, unlisted, problems);
                if (check.timing().longest().compareTo(settings.deadline()) > 0) {
                    problems.add(item.id() + " may take "
                            + Spans.text(check.timing().longest()) + ", which is longer than the run's deadline of "
                            + Spans.text(settings.deadline()));
                }
            }
            item.trial().ifPresent(trial -> {
                secrets.addAll(trial.secrets());
                unlisted(trial.touches(), item.id(), environment, unlisted, problems);
            });
        }
        for (Check check : settings.witness()) {
            secrets.addAll(check.secrets());
        }
        Set<String> missing = new TreeSet<>();
        for (Secret secret : secrets) {
            String problem = secret.problem();
            if (problem == null) {
                // known before the first request, so that nothing can show it even once
                redactor.add(secret.value());
            } else {
                missing.add(problem);
            }
        }
        problems.addAll(missing);
        return problems.stream().map(redactor::clean).toList();
    }

    private static void unlisted(
            Set<Subject> touched, String by, Environment environment, Set<Subject> unlisted, Set<String> problems) {
        for (Subject subject : touched) {
            if (!environment.lists(subject) && unlisted.add(subject)) {
                problems.add("the environment " + environment.name() + " does not list the "
                        + (subject.isHost() ? "host " : subject.system() + " account ") + subject.name()
                        + ", which " + by + " touches");
            }
        }
    }

    @Override
    public void close() {
        List<Run> open;
        synchronized (running) {
            closed = true;
            open = new ArrayList<>(running);
        }
        open.forEach(run -> run.cancel("the runner was closed"));
        boolean interrupted = false;
        try {
            for (Run run : open) {
                run.awaitCleaningUp();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (!derived) {
                resources.close();
                workers.close();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
