package dev.golive.testkit.junit;

import dev.golive.testkit.DnsFake;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.RevocationFake;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts fakes for the parameters of a test and closes them after it, the last one first.
 *
 * <pre>{@code
 * @ExtendWith(FakesExtension.class)
 * class ShopTest {
 *
 *     @Test
 *     void the_shop_is_up(HttpFake shop, @Fake("old") HttpFake oldShop, DnsFake dns) { ... }
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@link HttpFake}, {@link DnsFake}, {@link TestCa} and {@link RevocationFake} (of the test's unnamed authority)
 *       are known, and {@link TimeSource}. Others are added by {@link #with}.
 *   <li>A test, its {@code @BeforeEach} and its {@code @AfterEach} methods share one fake of each type and name; other
 *       tests have their own. What a {@code @BeforeAll} method asks for is shared by the tests of the class.
 *   <li>Constructors get no fakes.
 *   <li>Fakes run on the system clock, or on that of {@link InVirtualTime}.
 * </ul>
 *
 * <p>Safe under parallel tests: nothing is shared between tests but what {@code @BeforeAll} methods ask for. Immutable.
 */
public final class FakesExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(FakesExtension.class);

    /**
     * Starts a fake.
     *
     * @param <F> the type of the fake
     */
    @FunctionalInterface
    public interface Starter<F> {

        /**
         * Starts a fake; called once for each test and name.
         *
         * @param surroundings the clock, and the other fakes of the test
         * @return the fake, which is closed after the test if it is {@link AutoCloseable}
         * @throws Exception if it cannot be started; the test then fails
         */
        F start(Surroundings surroundings) throws Exception;
    }

    /** What a fake can use of the test it is started for. Good for the thread that starts the fake. */
    public interface Surroundings {

        /**
         * The clock of the test.
         *
         * @return the time source that the fake waits on
         */
        TimeSource time();

        /**
         * Another fake of the test, started if it is not there yet.
         *
         * @param type its type
         * @param <F> its type
         * @return the unnamed fake of that type
         */
        <F> F the(Class<F> type);
    }

    private final Map<Class<?>, Starter<?>> starters;

    /** Knows the fakes of the testkit; for {@code @ExtendWith}. */
    public FakesExtension() {
        this(Map.of(
                HttpFake.class, surroundings -> HttpFake.start(surroundings.time()),
                DnsFake.class, surroundings -> DnsFake.start(surroundings.time()),
                TestCa.class, surroundings -> TestCa.create(surroundings.time()),
                RevocationFake.class,
                        surroundings -> RevocationFake.start(surroundings.time(), surroundings.the(TestCa.class))));
    }

    private FakesExtension(Map<Class<?>, Starter<?>> starters) {
        this.starters = starters;
    }

    /**
     * The same, knowing one more type of fake; for {@code @RegisterExtension}.
     *
     * @param type the type of the parameter
     * @param starter starts it
     * @param <F> the type
     * @return the new extension
     */
    public <F> FakesExtension with(Class<F> type, Starter<F> starter) {
        Map<Class<?>, Starter<?>> more = new HashMap<>(starters);
        more.put(
                Objects.requireNonNull(type, "type must not be null"),
                Objects.requireNonNull(starter, "starter must not be null"));
        return new FakesExtension(Map.copyOf(more));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return parameter.getDeclaringExecutable() instanceof Method
                && (starters.containsKey(type) || type == TimeSource.class || type == VirtualTime.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Fakes fakes = fakes(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == TimeSource.class) {
            return fakes.time();
        }
        if (type == VirtualTime.class) {
            if (fakes.time() instanceof VirtualTime virtual) {
                return virtual;
            }
            throw new ParameterResolutionException(
                    "There is no virtual time: annotate the test or its class with @InVirtualTime");
        }
        String name = parameter.findAnnotation(Fake.class).map(Fake::value).orElse("");
        return fakes.get(type, name);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        close(context);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        close(context);
    }

    private Fakes fakes(ExtensionContext context) {
        Fakes outer = context.getParent().map(FakesExtension::existing).orElse(Fakes.NONE);
        return store(context)
                .getOrComputeIfAbsent(
                        context.getUniqueId(), id -> new Fakes(starters, outer, time(context, outer)), Fakes.class);
    }

    private static Fakes existing(ExtensionContext context) {
        Fakes own = store(context).get(context.getUniqueId(), Fakes.class);
        return own != null
                ? own
                : context.getParent().map(FakesExtension::existing).orElse(Fakes.NONE);
    }

    private static TimeSource time(ExtensionContext context, Fakes outer) {
        if (outer != Fakes.NONE) {
            // fakes of the class and of the test talk to one another, so they share a clock
            return outer.time();
        }
        return context.getElement()
                .flatMap(element -> AnnotationSupport.findAnnotation(element, InVirtualTime.class))
                .or(() -> context.getTestClass()
                        .flatMap(type -> AnnotationSupport.findAnnotation(type, InVirtualTime.class)))
                .<TimeSource>map(annotation -> VirtualTime.startingAt(annotation.value()))
                .orElseGet(TimeSource::system);
    }

    private static void close(ExtensionContext context) throws Exception {
        Fakes fakes = store(context).remove(context.getUniqueId(), Fakes.class);
        if (fakes != null) {
            fakes.close();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    /** The fakes of one test, or of the class of several. */
    private static final class Fakes implements Surroundings {

        static final Fakes NONE = new Fakes();

        private record Key(Class<?> type, String name) {}

        private final Map<Class<?>, Starter<?>> starters;
        private final Fakes outer;
        private final TimeSource time;
        private final Map<Key, Object> fakes = new LinkedHashMap<>();

        private Fakes() {
            this.starters = Map.of();
            this.outer = this;
            this.time = TimeSource.system();
        }

        Fakes(Map<Class<?>, Starter<?>> starters, Fakes outer, TimeSource time) {
            this.starters = starters;
            this.outer = outer;
            this.time = time;
        }

        @Override
        public TimeSource time() {
            return time;
        }

        @Override
        public <F> F the(Class<F> type) {
            return type.cast(get(type, ""));
        }

        synchronized Object get(Class<?> type, String name) {
            Key key = new Key(type, name);
            Object known = find(key);
            if (known != null) {
                return known;
            }
            Starter<?> starter = starters.get(type);
            if (starter == null) {
                throw new ParameterResolutionException(
                        "There is no fake of type " + type.getName() + "; add it with FakesExtension.with(..)");
            }
            try {
                Object fake = Objects.requireNonNull(starter.start(this), "a starter must return a fake");
                fakes.put(key, fake);
                return fake;
            } catch (Exception e) {
                throw new ParameterResolutionException("The fake " + type.getSimpleName() + " did not start", e);
            }
        }

        private synchronized @Nullable Object find(Key key) {
            Object own = fakes.get(key);
            return own != null || outer == this ? own : outer.find(key);
        }

        synchronized void close() throws Exception {
            Deque<AutoCloseable> open = new ArrayDeque<>();
            for (Object fake : fakes.values()) {
                if (fake instanceof AutoCloseable closeable) {
                    open.push(closeable);
                }
            }
            fakes.clear();
            Exception first = null;
            for (AutoCloseable closeable : open) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    // the others are still to be closed
                    if (first == null) {
                        first = e;
                    } else {
                        first.addSuppressed(e);
                    }
                }
            }
            if (first != null) {
                throw first;
            }
        }
    }
}
