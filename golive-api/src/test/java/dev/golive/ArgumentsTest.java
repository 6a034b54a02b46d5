package dev.golive;

import static dev.golive.Canned.passing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.Offset;
import dev.golive.time.Spans;
import dev.golive.time.TimeSource;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bad input of every public entry point is refused with an exception that names the argument. */
class ArgumentsTest {

    private static final Item ITEM = passing("a").as("A");
    private static final Checklist LIST = Checklist.named("x").require(ITEM).build();
    private static final Report REPORT = Canned.run(LIST);

    /** Good values by type, for every argument but the one that is bad. */
    private static final Map<Class<?>, Object> GOOD = good();

    private static Map<Class<?>, Object> good() {
        Map<Class<?>, Object> good = new LinkedHashMap<>();
        good.put(String.class, "text");
        good.put(Object.class, "value");
        good.put(Comparable.class, 1);
        good.put(int.class, 1);
        good.put(long.class, 1L);
        good.put(boolean.class, true);
        good.put(Duration.class, Duration.ofSeconds(1));
        good.put(Instant.class, Instant.EPOCH);
        good.put(ZoneId.class, ZoneOffset.UTC);
        good.put(ZonedDateTime.class, ZonedDateTime.of(2027, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        good.put(Class.class, String.class);
        good.put(Function.class, Function.identity());
        good.put(Consumer.class, (Consumer<Object>) value -> {});
        good.put(Predicate.class, (Predicate<Object>) v -> true);
        good.put(Supplier.class, (Supplier<String>) () -> "12345678");
        good.put(Executor.class, (Executor) Runnable::run);
        good.put(Path.class, Path.of("x"));
        good.put(BufferedReader.class, new BufferedReader(new StringReader("")));
        good.put(PrintWriter.class, new PrintWriter(new StringWriter()));
        good.put(List.class, List.of());
        good.put(Set.class, Set.of());
        good.put(Check.class, passing("a"));
        good.put(Check.Examination.class, (Check.Examination) c -> Outcome.passed());
        good.put(Item.class, ITEM);
        good.put(Checklist.class, LIST);
        good.put(Environment.class, Canned.STAGING);
        good.put(Report.class, REPORT);
        good.put(Subject.class, Subject.host("shop.example"));
        good.put(Timing.class, Timing.standard());
        good.put(Capture.class, Capture.of("text", String.class));
        good.put(Secret.class, Secret.found("token", "12345678"));
        good.put(Person.class, Person.human("ann", "boss"));
        good.put(Waiver.class, Waiver.of("A", Person.human("ann", "boss"), "fine", Instant.EPOCH));
        good.put(Answer.class, new Answer("A", Answer.Kind.CONFIRMED, Person.human("ann"), Instant.EPOCH, "", ""));
        good.put(Answer.Kind.class, Answer.Kind.CONFIRMED);
        good.put(Answers.class, Answers.none());
        good.put(Assurance.class, Assurance.SIGNED);
        good.put(Finding.class, Finding.PASSED);
        good.put(Fact.class, Fact.of("a", "b"));
        good.put(Status.class, Status.PASSED);
        good.put(Verdict.class, Verdict.GO);
        good.put(ExitPolicy.class, ExitPolicy.standard());
        good.put(Offset.class, Offset.T);
        good.put(GoLive.class, GoLive.create());
        good.put(TimeSource.class, TimeSource.system());
        good.put(Network.class, Network.real());
        good.put(RunListener.class, new RunListener() {});
        good.put(Release.class, Release.of("web", "v1"));
        good.put(Shared.Maker.class, (Shared.Maker<AutoCloseable>) (network, time) -> () -> {});
        return good;
    }

    private static final List<Object> RECEIVERS = List.of(
            passing("a"),
            ITEM,
            Checklist.named("x"),
            LIST,
            Canned.STAGING,
            Timing.standard(),
            Outcome.passed(),
            REPORT,
            ExitPolicy.standard(),
            Capture.of("text", String.class),
            Answers.none(),
            Approval.named("W"),
            Approval.named("W").by("boss"),
            Confirmation.of("K", "so"),
            Person.human("ann", "boss"),
            GoLive.builder(),
            GoLive.create(),
            Offset.T);

    private static final List<Class<?>> TYPES = List.of(
            Answer.class,
            Answers.class,
            Approval.class,
            Approval.Signed.class,
            Capture.class,
            Check.class,
            Checklist.class,
            Checklist.Builder.class,
            Confirmation.class,
            Environment.class,
            ExitPolicy.class,
            Expect.class,
            Fact.class,
            GoLive.class,
            GoLive.Builder.class,
            Item.class,
            Outcome.class,
            Permission.class,
            Person.class,
            Readiness.class,
            Release.class,
            Report.class,
            Secret.class,
            Shared.class,
            Subject.class,
            Timing.class,
            Unfresh.class,
            Waiver.class,
            Offset.class,
            Spans.class);

    /** What the caller of a check, and not a user, passes on. */
    private static final Set<String> NOT_ASKED = Set.of("examine", "equals", "to", "compareTo");

    @TestFactory
    Stream<DynamicTest> null_is_refused_by_name_everywhere() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Class<?> type : TYPES) {
            List<Executable> entries = new ArrayList<>();
            entries.addAll(Arrays.asList(type.getDeclaredMethods()));
            entries.addAll(Arrays.asList(type.getDeclaredConstructors()));
            for (Executable entry : entries) {
                if (!Modifier.isPublic(entry.getModifiers())
                        || entry.isSynthetic()
                        || NOT_ASKED.contains(entry.getName())) {
                    continue;
                }
                for (int i = 0; i < entry.getParameterCount(); i++) {
                    Parameter parameter = entry.getParameters()[i];
                    if (parameter.getType().isPrimitive()
                            || parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                        continue;
                    }
                    int bad = i;
                    String name = type.getSimpleName() + "." + entry.getName() + "("
                            + parameter.getType().getSimpleName() + " " + parameter.getName() + ")";
                    tests.add(DynamicTest.dynamicTest(name, () -> refusesNull(entry, bad, false)));
                    if (parameter.isVarArgs()) {
                        tests.add(DynamicTest.dynamicTest(name + " within", () -> refusesNull(entry, bad, true)));
                    }
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(150);
        return tests.stream();
    }

    private static void refusesNull(Executable entry, int bad, boolean within) throws Exception {
        Object[] arguments = new Object[entry.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Class<?> type = entry.getParameterTypes()[i];
            if (i != bad) {
                arguments[i] = type.isArray() ? array(type, true) : goodValue(type);
            } else if (within) {
                arguments[i] = array(type, false);
            }
        }
        Throwable thrown = null;
        try {
            if (entry instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                Method method = (Method) entry;
                method.setAccessible(true);
                method.invoke(Modifier.isStatic(method.getModifiers()) ? null : receiver(method), arguments);
            }
        } catch (InvocationTargetException e) {
            thrown = e.getCause();
        }
        assertThat(thrown)
                .as("%s", entry)
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining(entry.getParameters()[bad].getName());
    }

    private static Object array(Class<?> type, boolean good) {
        Object array = Array.newInstance(type.getComponentType(), 1);
        if (good) {
            Array.set(array, 0, goodValue(type.getComponentType()));
        }
        return array;
    }

    private static Object goodValue(Class<?> type) {
        Object value = GOOD.get(type);
        assertThat(value).as("a good %s", type).isNotNull();
        return value;
    }

    private static Object receiver(Method method) {
        if (method.getDeclaringClass() == Unfresh.class) {
            return Confirmation.of("K", "so");
        }
        return RECEIVERS.stream()
                .filter(method.getDeclaringClass()::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing to call " + method + " on"));
    }

    private record Bad(String says, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {}

    @TestFactory
    Stream<DynamicTest> what_is_out_of_bounds_is_refused_by_name_with_what_is_allowed() {
        Check check = passing("a");
        return Stream.of(
                        new Bad("sentence must not be blank", () -> Check.that(" ", c -> Outcome.passed())),
                        new Bad("id must not be blank", () -> check.as(" ")),
                        new Bad("reason must not be blank", () -> check.because("")),
                        new Bad("limit must be longer than zero but was PT0S", () -> check.timeout(Duration.ZERO)),
                        new Bad(
                                "limit must be longer than zero but was PT-1S",
                                () -> check.timeout(Duration.ofSeconds(-1))),
                        new Bad("limit must be at most 3650 days", () -> check.timeout(Duration.ofDays(4_000))),
                        new Bad("more must be between 0 and 100 but was -1", () -> check.retrying(-1)),
                        new Bad("more must be between 0 and 100 but was 101", () -> check.retrying(101)),
                        new Bad("within must be longer than zero", () -> check.eventually(Duration.ZERO)),
                        new Bad("span must be longer than zero", () -> check.holdingFor(Duration.ZERO)),
                        new Bad("name must not be blank", () -> Checklist.named(" ")),
                        new Bad(
                                "vantagePoint must not be blank",
                                () -> check.as("A").from("")),
                        new Bad("role must not be blank", () -> check.as("A").ownedBy("")),
                        new Bad("tags must not be blank", () -> check.as("A").tagged("x", "")),
                        new Bad(
                                "age must be longer than zero",
                                () -> Confirmation.of("K", "so").freshFor(Duration.ZERO)),
                        new Bad("why must not be blank", () -> Outcome.failed(" ")),
                        new Bad("why must not be blank", () -> Outcome.of(Finding.WARNED, "", List.of())),
                        new Bad("name must not be blank", () -> Fact.of("", 1)),
                        new Bad(
                                "most must be between 1 and 1000 but was 0",
                                () -> GoLive.builder().concurrency(0)),
                        new Bad(
                                "total must be longer than zero",
                                () -> GoLive.builder().deadline(Duration.ZERO)),
                        new Bad(
                                "host must be a host name",
                                () -> Environment.named("x").host("https://shop.example/")),
                        new Bad(
                                "host must be a host name",
                                () -> Environment.named("x").host("*.example")),
                        new Bad(
                                "host must be a host name",
                                () -> Environment.named("x").host("*")),
                        new Bad(
                                "host must be a host name",
                                () -> Environment.named("x").host("a.*.example")),
                        new Bad("n must not be negative but was -1", () -> Spans.days(-1)),
                        new Bad("n must be at most", () -> Spans.days(Long.MAX_VALUE)),
                        new Bad("n must not be negative but was -1", () -> Offset.T.minusDays(-1)),
                        new Bad(
                                "n must",
                                () -> Offset.T.plusDays(Integer.MAX_VALUE).plusDays(Integer.MAX_VALUE)),
                        new Bad("least must not be more than most", () -> Expect.between(2, 1)),
                        new Bad("values must not be empty", () -> Expect.oneOf()),
                        new Bad("part must not be empty", () -> Expect.containing("")),
                        new Bad("regex must be a regular expression", () -> Expect.matching("[")),
                        new Bad("value must not be empty", () -> Secret.found("token", "")),
                        new Bad("roles must not be blank", () -> Person.human("ann", " ")),
                        new Bad(
                                "code must be between 1 and 125",
                                () -> ExitPolicy.standard().noGo(0)),
                        new Bad("component must not be blank", () -> Release.of("", "v1")))
                .map(bad -> DynamicTest.dynamicTest(
                        bad.says(),
                        () -> assertThatThrownBy(bad.call())
                                .isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining(bad.says())));
    }

    @Test
    void what_must_have_an_explicit_id_says_how_to_give_one() {
        Item derived = passing("the shop is up").because("customers ask");
        assertThatThrownBy(() -> passing("b").as("B").after(derived))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first must have an explicit id to be referred to, give it one with as(\"...\"):"
                        + " the shop is up");
    }

    @Test
    void numbers_are_compared_as_decimals() {
        assertThat(Expect.is(new BigDecimal("1.0")).accepts(new BigDecimal("1.00")))
                .isTrue();
    }
}
