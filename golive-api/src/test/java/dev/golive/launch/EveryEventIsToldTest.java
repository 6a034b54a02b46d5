package dev.golive.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Answer;
import dev.golive.Observation;
import dev.golive.Person;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.Verdict;
import dev.golive.journal.Journal;
import dev.golive.rollback.Sample;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No kind of event, also none that is added later, is left out of the timeline unnoticed. */
class EveryEventIsToldTest {

    /** A post is told when it was made, looking again by its command, and the steps as they are carried out. */
    private static final Set<Class<?>> TOLD_BY_ANOTHER =
            Set.of(Event.Posting.class, Event.Rechecked.class, Event.Laid.class);

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(String.class, "x"),
            Map.entry(boolean.class, false),
            Map.entry(int.class, 1),
            Map.entry(Instant.class, SampleLaunches.T),
            Map.entry(Duration.class, Duration.ofMinutes(1)),
            Map.entry(Person.class, Person.human("kim")),
            Map.entry(Release.class, Release.of("web", "dpl-42")),
            Map.entry(Receipt.class, Receipt.of("req-1")),
            Map.entry(Observation.class, Observation.underWay("building")),
            Map.entry(Verdict.class, Verdict.GO),
            Map.entry(LaunchState.class, LaunchState.LAUNCHING),
            Map.entry(StepStatus.class, StepStatus.DONE),
            Map.entry(ActionStatus.class, ActionStatus.DONE),
            Map.entry(Map.class, Map.of()),
            Map.entry(
                    Answer.class,
                    new Answer("x", Answer.Kind.CONFIRMED, Person.human("kim"), SampleLaunches.T, "", "")),
            Map.entry(Command.class, new Command("c", Command.Kind.HOLD, Person.human("kim"), "why", Map.of(), null)));

    static Stream<Class<?>> kinds() {
        return Arrays.stream(Event.class.getPermittedSubclasses()).filter(kind -> !TOLD_BY_ANOTHER.contains(kind));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void it_is_told(Class<?> kind) throws Exception {
        Journal journal = Journal.inMemory();
        // what some of them refer to
        journal.append(
                List.of(
                        LaunchReportTest.draft("PT0S", (Event) make(Event.Posting.class)),
                        LaunchReportTest.draft("PT0S", (Event) make(Event.Deciding.class))),
                true);
        int before = LaunchReport.of(journal).timeline().size();
        Event event = (Event) make(kind);
        journal.append(List.of(LaunchReportTest.draft("PT1M", event)), true);
        LaunchReport report = LaunchReport.of(journal);
        assertThat(report.timeline()).hasSizeGreaterThan(before);
        assertThat(report.remarks()).noneMatch(remark -> remark.contains("not understood"));
    }

    private static Object make(Class<?> kind) throws Exception {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] values =
                Arrays.stream(components).map(EveryEventIsToldTest::value).toArray();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var constructor = kind.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object value(RecordComponent component) {
        if (component.getName().equals("day")) {
            return "2027-03-02";
        }
        if (component.getName().equals("due") && component.getType() == Map.class) {
            return Map.of("x", SampleLaunches.T);
        }
        if (component.getType() == List.class) {
            Object of = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
            return of == Sample.class
                    ? List.of(Sample.ok("health", SampleLaunches.T))
                    : of == Instant.class ? List.of(SampleLaunches.T) : List.of("x");
        }
        Object value = VALUES.get(component.getType());
        assertThat(value).as("a value for " + component).isNotNull();
        return value;
    }
}
