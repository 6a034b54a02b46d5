package dev.golive;

import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a {@link GoLive} was built with. */
record Settings(
        TimeSource time,
        Network network,
        List<Check> witness,
        Answers answers,
        List<Waiver> waivers,
        List<Report> evidence,
        Set<Environment> trialsAllowedIn,
        long seed,
        int concurrency,
        Duration deadline,
        @Nullable Executor executor,
        @Nullable String vantagePoint,
        @Nullable ZonedDateTime launchAt,
        @Nullable Instant launchedAt,
        Map<Capture<?>, Object> given,
        Set<String> performed,
        List<RunListener> listeners) {}
