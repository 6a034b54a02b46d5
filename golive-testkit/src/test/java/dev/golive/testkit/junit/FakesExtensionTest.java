package dev.golive.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.testkit.DnsFake;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.RevocationFake;
import dev.golive.testkit.TestCa;
import dev.golive.testkit.VirtualTime;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

class FakesExtensionTest {

    private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

    /** A fake of one's own, which notes its life. */
    private static final class Bell implements AutoCloseable {
        private final String name;

        Bell(String name) {
            this.name = name;
            LOG.add("start " + name);
        }

        @Override
        public void close() {
            LOG.add("close " + name);
        }
    }

    private static final class Tower implements AutoCloseable {
        @Override
        public void close() {
            LOG.add("close tower");
        }
    }

    private static boolean answers(HttpFake fake) {
        try (Socket socket =
                new Socket(fake.address().getAddress(), fake.address().getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @ExtendWith(FakesExtension.class)
    static class Built {
        private static final List<HttpFake> SEEN = Collections.synchronizedList(new ArrayList<>());
        private HttpFake before;

        @BeforeEach
        void begin(HttpFake shop) {
            before = shop;
            SEEN.add(shop);
        }

        @Test
        void one_fake_of_each_type_and_name(
                HttpFake shop,
                @Fake("old") HttpFake old,
                DnsFake dns,
                TestCa ca,
                RevocationFake revocation,
                TimeSource time) {
            assertThat(shop).isSameAs(before).isNotSameAs(old);
            assertThat(answers(shop)).isTrue();
            assertThat(answers(old)).isTrue();
            assertThat(time).isSameAs(TimeSource.system());
        }

        @Test
        void another_test_has_its_own(HttpFake shop) {
            assertThat(answers(shop)).isTrue();
        }

        @AfterEach
        void end(HttpFake shop) {
            assertThat(shop).isSameAs(before);
            assertThat(answers(shop)).isTrue();
        }
    }

    @Test
    void fakes_are_started_for_a_test_and_closed_after_it() {
        Built.SEEN.clear();
        assertThat(Launched.run(Built.class).results())
                .hasSize(2)
                .allSatisfy((name, result) -> assertThat(result).isEqualTo("SUCCESSFUL"));
        assertThat(Built.SEEN).hasSize(2).doesNotHaveDuplicates().noneMatch(FakesExtensionTest::answers);
    }

    static class Own {
        @RegisterExtension
        static final FakesExtension FAKES = new FakesExtension()
                .with(Bell.class, surroundings -> {
                    surroundings.the(Tower.class);
                    return new Bell("bell");
                })
                .with(Tower.class, surroundings -> new Tower());

        @Test
        void a_fake_of_ones_own(Bell bell, @Fake("b") Bell other) {
            assertThat(bell).isNotSameAs(other);
        }
    }

    @Test
    void fakes_of_ones_own_are_closed_in_reverse_order_of_starting() {
        LOG.clear();
        assertThat(Launched.run(Own.class).failures()).isEmpty();
        assertThat(LOG).containsExactly("start bell", "start bell", "close bell", "close bell", "close tower");
    }

    static class ForAll {
        @RegisterExtension
        static final FakesExtension FAKES = new FakesExtension().with(Bell.class, surroundings -> new Bell("bell"));

        private static Bell shared;

        @BeforeAll
        static void begin(Bell bell) {
            shared = bell;
        }

        @Test
        void one(Bell bell) {
            assertThat(bell).isSameAs(shared);
        }

        @Test
        void two(Bell bell, @Fake("own") Bell own) {
            assertThat(bell).isSameAs(shared).isNotSameAs(own);
        }
    }

    @Test
    void what_a_class_asked_for_before_all_is_shared_by_its_tests() {
        LOG.clear();
        assertThat(Launched.run(ForAll.class).failures()).isEmpty();
        assertThat(LOG).filteredOn(line -> line.startsWith("start")).hasSize(2);
        assertThat(LOG.get(LOG.size() - 1)).isEqualTo("close bell");
    }

    @ExtendWith(FakesExtension.class)
    @InVirtualTime("2027-03-02T09:00:00Z")
    static class Virtual {
        @Test
        void virtual(VirtualTime time, TimeSource same, HttpFake shop) {
            assertThat(time).isSameAs(same);
            assertThat(time.now()).isEqualTo("2027-03-02T09:00:00Z");
        }

        @Test
        @InVirtualTime("2030-01-01T00:00:00Z")
        void a_method_may_say_when(VirtualTime time) {
            assertThat(time.now()).isEqualTo("2030-01-01T00:00:00Z");
        }
    }

    @ExtendWith(FakesExtension.class)
    static class NotVirtual {
        @Test
        void no_virtual_time(VirtualTime time) {}
    }

    @Test
    void tests_may_run_in_virtual_time() {
        assertThat(Launched.run(Virtual.class).failures()).isEmpty();
        assertThat(Launched.run(NotVirtual.class).failures().values())
                .singleElement()
                .asString()
                .contains("annotate the test or its class with @InVirtualTime");
    }

    static class Broken {
        @RegisterExtension
        static final FakesExtension FAKES = new FakesExtension()
                .with(Bell.class, surroundings -> {
                    throw new IOException("no port left");
                })
                .with(Tower.class, surroundings -> new Tower());

        @Test
        void broken(Tower tower, Bell bell) {}
    }

    @Test
    void a_fake_that_does_not_start_fails_the_test_and_the_others_are_closed() {
        LOG.clear();
        assertThat(Launched.run(Broken.class).failures().values())
                .singleElement()
                .asString()
                .contains("The fake Bell did not start");
        assertThat(LOG).containsExactly("close tower");
    }

    @ExtendWith(FakesExtension.class)
    static class Parallel {
        private static final Set<HttpFake> SEEN = ConcurrentHashMap.newKeySet();

        @RepeatedTest(20)
        void repeated(HttpFake shop) {
            assertThat(SEEN.add(shop)).isTrue();
            assertThat(answers(shop)).isTrue();
        }
    }

    @Test
    void parallel_tests_have_fakes_of_their_own() {
        Parallel.SEEN.clear();
        Launched launched = Launched.run(
                Parallel.class,
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent"));
        assertThat(launched.failures()).isEmpty();
        assertThat(Parallel.SEEN).hasSize(20).noneMatch(FakesExtensionTest::answers);
    }
}
