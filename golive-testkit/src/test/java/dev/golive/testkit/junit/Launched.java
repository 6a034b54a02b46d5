package dev.golive.testkit.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a test class within a test. */
final class Launched {

    private final Map<String, String> results = new ConcurrentSkipListMap<>();

    private Launched() {}

    static Launched run(Class<?> type) {
        return run(type, Map.of());
    }

    static Launched run(Class<?> type, String method) {
        return run(selectMethod(type, method), Map.of());
    }

    static Launched run(Class<?> type, Map<String, String> configuration) {
        return run(selectClass(type), configuration);
    }

    private static Launched run(DiscoverySelector tests, Map<String, String> configuration) {
        Launched launched = new Launched();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .configurationParameters(configuration)
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getThrowable().isPresent()) {
                    launched.results.put(
                            test.getDisplayName(),
                            result.getStatus()
                                    + result.getThrowable()
                                            .map(thrown -> ": " + thrown)
                                            .orElse(""));
                }
            }
        });
        return launched;
    }

    /** What each test came to, with its message. */
    Map<String, String> results() {
        return results;
    }

    /** The tests that failed, with their messages. */
    Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>(results);
        failures.values().removeIf(result -> !result.startsWith("FAILED"));
        return failures;
    }
}
