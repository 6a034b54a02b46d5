package dev.golive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.time.Offset;
import dev.golive.time.Spans;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random programs over the API: whatever is called with whatever, in whatever order. */
class RandomChainsTest {

    /** Where a chain may begin; everything it gives may be called and given on. */
    private static final List<Class<?>> FACTORIES = List.of(
            Approval.class,
            Capture.class,
            Check.class,
            Checklist.class,
            Confirmation.class,
            Environment.class,
            ExitPolicy.class,
            Expect.class,
            Fact.class,
            Item.class,
            Outcome.class,
            Person.class,
            Release.class,
            Subject.class,
            Timing.class,
            Waiver.class,
            Offset.class,
            Spans.class);

    private static final Set<String> NOT_CALLED =
            Set.of("wait", "notify", "notifyAll", "getClass", "hashCode", "equals", "examine", "describeConstable");

    @Property(tries = 300)
    void any_chain_of_calls_describes_itself_and_throws_nothing_foreign(@ForAll long seed) {
        Random random = new Random(seed);
        List<Object> values = new ArrayList<>(List.of(
                "text",
                " ",
                "A",
                "shop.example",
                "*.shop.example",
                0,
                -1,
                7,
                Integer.MAX_VALUE,
                3L,
                Long.MIN_VALUE,
                true,
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Instant.MAX,
                Instant.EPOCH,
                ZoneOffset.UTC,
                BigDecimal.TEN,
                String.class,
                List.of(),
                Assurance.SIGNED,
                Finding.WARNED,
                Finding.PASSED,
                Offset.T,
                Offset.H));
        values.add(Canned.passing("a"));
        values.add((Check.Examination) context -> Outcome.passed());
        values.add(ZonedDateTime.of(2027, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        for (int step = 0; step < 60; step++) {
            step(random, values);
        }
    }

    private static void step(Random random, List<Object> values) {
        Object receiver = random.nextInt(3) == 0 ? null : values.get(random.nextInt(values.size()));
        Class<?> type =
                receiver == null ? FACTORIES.get(random.nextInt(FACTORIES.size())) : published(receiver.getClass());
        if (type == null) {
            return;
        }
        boolean isStatic = receiver == null;
        List<Method> methods = Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isStatic(method.getModifiers()) == isStatic)
                .filter(method -> !method.isSynthetic() && !NOT_CALLED.contains(method.getName()))
                .sorted(Comparator.comparing(Method::toString))
                .toList();
        if (methods.isEmpty()) {
            return;
        }
        Method method = methods.get(random.nextInt(methods.size()));
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(random, values, method.getParameterTypes()[i]);
            if (arguments[i] == null && method.getParameterTypes()[i].isPrimitive()) {
                return;
            }
        }
        try {
            method.setAccessible(true);
            Object result = method.invoke(receiver, arguments);
            if (result != null) {
                assertThat(result.toString()).as("%s", method).isNotNull();
                if (published(result.getClass()) != null) {
                    assertThat(result.toString())
                            .as("%s describes itself", method)
                            .doesNotContain("@" + Integer.toHexString(System.identityHashCode(result)));
                    values.add(result);
                }
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ClassCastException) {
                // a compiler would have refused an Integer where the type parameter is a String
                return;
            }
            assertThat(e.getCause())
                    .as("%s with %s", method, Arrays.deepToString(arguments))
                    .isInstanceOfAny(IllegalArgumentException.class, NullPointerException.class, GoLiveException.class);
            assertThat(e.getCause().getMessage())
                    .as("%s with %s", method, Arrays.deepToString(arguments))
                    .isNotBlank();
        } catch (IllegalAccessException | IllegalArgumentException e) {
            // the arguments do not even fit the erased signature; a compiler would have refused them
        }
    }

    /** The public type of ours that a value is of. */
    private static Class<?> published(Class<?> type) {
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            if (one.getName().startsWith("dev.golive") && Modifier.isPublic(one.getModifiers())) {
                return one;
            }
            for (Class<?> declared : one.getInterfaces()) {
                if (declared.getName().startsWith("dev.golive") && Modifier.isPublic(declared.getModifiers())) {
                    return declared;
                }
            }
        }
        return null;
    }

    private static Object argument(Random random, List<Object> values, Class<?> type) {
        if (type.isArray()) {
            Object array = java.lang.reflect.Array.newInstance(type.getComponentType(), random.nextInt(3));
            for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
                java.lang.reflect.Array.set(array, i, argument(random, values, type.getComponentType()));
            }
            return array;
        }
        Class<?> boxed = type == int.class
                ? Integer.class
                : type == long.class ? Long.class : type == boolean.class ? Boolean.class : type;
        List<Object> fitting = values.stream().filter(boxed::isInstance).toList();
        return fitting.isEmpty() || !type.isPrimitive() && random.nextInt(20) == 0
                ? null
                : fitting.get(random.nextInt(fitting.size()));
    }
}
