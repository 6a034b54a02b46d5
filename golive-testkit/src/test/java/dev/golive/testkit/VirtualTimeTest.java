package dev.golive.testkit;

import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.hours;
import static dev.golive.time.Spans.minutes;
import static dev.golive.time.Spans.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Fact;
import dev.golive.GoLive;
import dev.golive.Item;
import dev.golive.ItemResult;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.RunListener;
import dev.golive.Status;
import dev.golive.Subject;
import dev.golive.Verdict;
import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class VirtualTimeTest {

    private static final Environment STAGING = Environment.named("staging").host("shop.example");

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");

    /** What tests before this one have left and is not this one's. */
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private GoLive.Builder golive() {
        return GoLive.builder().time(time).deadline(days(30));
    }

    private Report run(Checklist list) {
        try (GoLive golive = golive().build()) {
            return golive.run(list, STAGING);
        }
    }

    @Test
    void a_week_of_waiting_takes_no_time() {
        Instant before = time.now();
        long realBefore = System.nanoTime();

        Report report = run(Checklist.named("slow")
                .require(Check.that("a week passes", context -> {
                            context.time().sleepUntil(context.time().now().plus(days(7)));
                            return Outcome.passed();
                        })
                        .timeout(days(8)))
                .build());

        assertThat(report.verdict()).isEqualTo(Verdict.GO);
        assertThat(time.now()).isEqualTo(before.plus(days(7)));
        assertThat(Duration.ofNanos(System.nanoTime() - realBefore)).isLessThan(seconds(5));
    }

    @Test
    void a_check_that_sleeps_past_its_timeout_is_unknown_at_that_instant() {
        Report report = run(Checklist.named("slow")
                .require(Check.that("an hour passes", context -> {
                            context.time().sleepUntil(context.time().now().plus(hours(1)));
                            return Outcome.passed();
                        })
                        .timeout(minutes(1))
                        .as("slow"))
                .build());

        ItemResult slow = report.result("slow").orElseThrow();
        assertThat(slow.status()).isEqualTo(Status.UNKNOWN);
        assertThat(slow.why()).contains("no result within 1 min");
        assertThat(slow.took()).isEqualTo(minutes(1));
    }

    @Test
    void eventually_polls_until_it_passes() {
        Instant open = time.now().plus(seconds(90));

        Report report = run(Checklist.named("later")
                .require(Check.that(
                                "the shop is open",
                                context -> context.time().now().isBefore(open)
                                        ? Outcome.failed("still closed")
                                        : Outcome.passed())
                        .eventually(minutes(3))
                        .as("open"))
                .build());

        ItemResult result = report.result("open").orElseThrow();
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.attempts()).isEqualTo(91);
        assertThat(result.isFlaky()).isTrue();
    }

    @Test
    void holding_must_not_be_interrupted() {
        AtomicInteger attempts = new AtomicInteger();

        Report report = run(Checklist.named("shaky")
                .require(Check.that(
                                "the shop stays open",
                                context -> attempts.incrementAndGet() == 30
                                        ? Outcome.failed("closed for a moment")
                                        : Outcome.passed())
                        .holdingFor(minutes(1))
                        .as("open"))
                .build());

        ItemResult result = report.result("open").orElseThrow();
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.why()).isEqualTo("did not hold for 1 min, only for 29 s: closed for a moment");
    }

    @Test
    void a_fake_that_sleeps_parks_the_check_that_waits_for_it() throws IOException {
        try (SlowServer server = new SlowServer(time)) {
            Report report = runAgainst(
                    server, asking("10").timeout(seconds(20)), asking("5").timeout(seconds(20)));

            assertThat(report.verdict()).isEqualTo(Verdict.GO);
            assertThat(report.results()).extracting(ItemResult::took).containsExactly(seconds(10), seconds(5));
        }
    }

    @Test
    void a_hanging_fake_is_given_up_at_the_deadline_and_does_not_answer() throws Exception {
        try (SlowServer server = new SlowServer(time)) {
            Report report = runAgainst(server, asking("100000").timeout(seconds(3)), asking("1"));

            assertThat(report.results()).extracting(ItemResult::status).containsExactly(Status.UNKNOWN, Status.PASSED);
            assertThat(report.results().get(0).took()).isEqualTo(seconds(3));
            // the server's own thread counts, a moment after the run has ended
            for (int i = 0; i < 500 && server.abandoned.get() == 0; i++) {
                Thread.sleep(10);
            }
            assertThat(server.abandoned).hasValue(1);
        }
    }

    @Test
    void a_limit_of_a_blocking_call_strikes_in_virtual_time() throws IOException {
        try (SlowServer server = new SlowServer(time)) {
            Check impatient = Check.that("the server answers within 2 s", context -> {
                Socket socket = server.connect(context);
                Instant before = context.time().now();
                try {
                    context.time().within(before.plus(seconds(2)), () -> close(socket), () -> ask(socket, "60"));
                    return Outcome.failed("it did");
                } catch (IOException e) {
                    return Outcome.passed(Fact.of(
                            "waited", Duration.between(before, context.time().now())));
                }
            });

            Report report = runAgainst(server, impatient, asking("1"), asking("3"));

            assertThat(report.verdict()).isEqualTo(Verdict.GO);
            assertThat(report.results().get(0).fact("waited")).contains("PT2S");
        }
    }

    /** It makes load of its own; on a machine that is busy already that takes its time. */
    @Test
    @Timeout(300)
    void forty_checks_on_real_sockets_give_the_same_journal_every_time() throws IOException {
        Set<List<String>> journals = new HashSet<>();
        List<Thread> load = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread thread = new Thread(() -> {
                double sink = 0;
                while (!Thread.currentThread().isInterrupted()) {
                    sink += Math.sqrt(sink + 1);
                }
            });
            thread.setDaemon(true);
            thread.start();
            load.add(thread);
        }
        try {
            for (int i = 0; i < 50; i++) {
                journals.add(journalOfForty());
            }
        } finally {
            load.forEach(Thread::interrupt);
        }

        assertThat(journals).hasSize(1);
        assertThat(journals.iterator().next()).hasSizeGreaterThan(40);
    }

    private List<String> journalOfForty() throws IOException {
        VirtualTime own = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        List<String> journal = Collections.synchronizedList(new ArrayList<>());
        RunListener listener = new RunListener() {
            @Override
            public void attempting(String id, int attempt) {
                journal.add(own.now() + " attempt " + attempt + " of " + id);
            }

            @Override
            public void finished(ItemResult result, int done, int of) {
                journal.add(own.now() + " " + result + " " + result.facts());
            }
        };
        try (SlowServer server = new SlowServer(own);
                GoLive golive = GoLive.builder()
                        .time(own)
                        .network(server.network())
                        .listener(listener)
                        .build()) {
            Checklist.Builder list = Checklist.named("forty");
            Item before = null;
            for (int i = 0; i < 40; i++) {
                Check check = switch (i % 5) {
                    case 0 -> asking(String.valueOf(i % 7));
                    case 1 -> asking("100000").timeout(seconds(i % 4 + 1));
                    case 2 ->
                        Check.that("counts its callers " + i, context -> {
                                    String n = ask(server.connect(context), "count");
                                    return Integer.parseInt(n) % 3 == 0
                                            ? Outcome.passed(Fact.of("caller", n))
                                            : Outcome.failed("caller " + n);
                                })
                                .retrying(3);
                    case 3 -> asking("2").timeout(seconds(1)).retrying(1);
                    default -> asking("0");
                };
                Item item = check.as("i" + i);
                list.require(before != null && i % 10 == 9 ? item.after(before) : item);
                before = item;
            }
            Report report = golive.run(list.build(), STAGING);
            assertThat(report.results()).hasSize(40);
        }
        return journal;
    }

    @Test
    void a_check_that_never_comes_back_is_named_with_its_stack() {
        VirtualTime impatient = VirtualTime.impatient(Instant.parse("2027-03-02T09:00:00Z"), Duration.ofMillis(300));
        try (GoLive golive = GoLive.builder().time(impatient).build()) {
            Checklist list = Checklist.named("stuck")
                    .require(Check.that("it blocks outside virtual time", VirtualTimeTest::blockForReal))
                    .require(Check.that("another waits", context -> {
                        context.time().sleepUntil(context.time().now().plus(seconds(1)));
                        return Outcome.passed();
                    }))
                    .build();

            assertThatThrownBy(() -> golive.run(list, STAGING))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has not come back to virtual time")
                    .hasMessageContaining("blockForReal");
        }
    }

    private static Outcome blockForReal(CheckContext context) throws Exception {
        new CountDownLatch(1).await();
        return Outcome.passed();
    }

    @Test
    void independent_virtual_times_do_not_wait_for_each_other() throws Exception {
        VirtualTime other = VirtualTime.startingAt("2030-01-01T00:00:00Z");
        time.advance(hours(5));

        assertThat(time.elapsed()).isEqualTo(hours(5));
        assertThat(other.elapsed()).isZero();
    }

    @Test
    void alarms_run_in_the_order_of_their_instants_then_of_their_setting() throws Exception {
        List<String> rung = new ArrayList<>();
        Instant now = time.now();
        time.at(now.plus(seconds(2)), () -> rung.add("c"));
        time.at(now.plus(seconds(1)), () -> rung.add("a"));
        time.at(now.plus(seconds(1)), () -> rung.add("b"));
        time.at(now.plus(seconds(3)), () -> rung.add("never")).close();

        time.advance(seconds(10));

        assertThat(rung).containsExactly("a", "b", "c");
    }

    // ---- a server that answers a line with a line, after as many virtual seconds as the line says

    private static Check asking(String line) {
        return new Check() {
            @Override
            public String sentence() {
                return "the server answers " + line;
            }

            @Override
            public Outcome examine(CheckContext context) throws Exception {
                Socket socket = context.network()
                        .connect(
                                "shop.example", new InetSocketAddress(InetAddress.getLoopbackAddress(), 7), seconds(5));
                return Outcome.passed(Fact.of("answer", ask(socket, line)));
            }

            @Override
            public Set<Subject> touches() {
                return Set.of(Subject.host("shop.example"));
            }
        };
    }

    private Report runAgainst(SlowServer server, Check... checks) {
        Checklist.Builder list = Checklist.named("against a server");
        for (int i = 0; i < checks.length; i++) {
            list.require(checks[i].as("i" + i));
        }
        try (GoLive golive = golive().network(server.network()).build()) {
            return golive.run(list.build(), STAGING);
        }
    }

    private static String ask(Socket socket, String line) throws IOException {
        try (socket) {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
            String answer = readLine(socket.getInputStream());
            if (answer.isEmpty()) {
                throw new IOException("closed without an answer");
            }
            return answer;
        }
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class SlowServer implements AutoCloseable {
        private final TimeSource time;
        private final ServerSocket socket;
        private final AtomicInteger callers = new AtomicInteger();
        final AtomicInteger abandoned = new AtomicInteger();
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        SlowServer(TimeSource time) throws IOException {
            this.time = time;
            this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
            start(this::accept);
        }

        FakeNetwork network() {
            return FakeNetwork.create().route("shop.example", 7, (InetSocketAddress) socket.getLocalSocketAddress());
        }

        Socket connect(CheckContext context) throws IOException {
            return context.network()
                    .connect("shop.example", new InetSocketAddress(InetAddress.getLoopbackAddress(), 7), seconds(5));
        }

        private void start(Runnable work) {
            Thread thread = new Thread(work, "slow-server");
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    start(() -> answer(client));
                } catch (IOException e) {
                    return;
                }
            }
        }

        private void answer(Socket client) {
            try (client) {
                String line = readLine(client.getInputStream());
                String answer = line;
                if (line.equals("count")) {
                    answer = String.valueOf(callers.incrementAndGet());
                } else {
                    time.sleepUntil(time.now().plusSeconds(Long.parseLong(line)));
                }
                client.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (InterruptedException e) {
                abandoned.incrementAndGet();
            } catch (IOException e) {
                // the client went away, as clients do
                return;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
            threads.forEach(Thread::interrupt);
        }
    }

    @AfterEach
    void no_thread_of_the_engine_is_left() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && thread.getName().matches("golive-\\d+")) {
                // closing interrupts it and waits for two seconds, in which a machine under load may not get to end it
                thread.join(20_000);
                assertThat(thread.isAlive()).as(thread.getName() + " is left").isFalse();
            }
        }
    }
}
