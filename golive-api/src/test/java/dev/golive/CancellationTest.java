package dev.golive;

import static dev.golive.Canned.STAGING;
import static dev.golive.Canned.hanging;
import static dev.golive.Canned.passing;
import static dev.golive.Canned.result;
import static dev.golive.Canned.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.Spans;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs on the real clock. */
@Timeout(30)
class CancellationTest {

    private static Set<Thread> golives() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("golive-\\d+"))
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    void a_cancelled_run_ends_at_once_and_says_why() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Check slow = Check.that("slow", context -> {
            begun.countDown();
            context.time().sleepUntil(context.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        Item first = slow.as("S");
        try (GoLive golive = GoLive.create()) {
            Execution execution = golive.start(
                    Checklist.named("x")
                            .require(first)
                            .require(passing("after").as("A").after(first))
                            .build(),
                    STAGING);
            begun.await();
            assertThat(execution.isDone()).isFalse();
            execution.cancel("lunch");
            Report report = execution.report();
            assertThat(report.results(Status.UNKNOWN)).hasSize(2);
            assertThat(result(report, "A").why()).isEqualTo("not examined: the run was cancelled, lunch");
            assertThat(report.verdict()).isEqualTo(Verdict.UNDECIDED);
            assertThat(report.took()).isLessThan(Duration.ofSeconds(10));
            execution.cancel("again");
            assertThat(execution.report()).isSameAs(report);
        }
    }

    @Test
    void what_was_known_before_a_cancellation_stays_known() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (GoLive golive = GoLive.builder().concurrency(1).build()) {
            Execution execution = golive.start(
                    Checklist.named("x")
                            .require(Canned.failing("bad").as("B"))
                            .require(Check.that("slow", context -> {
                                begun.countDown();
                                context.time().sleepUntil(context.time().now().plusSeconds(60));
                                return Outcome.passed();
                            }))
                            .build(),
                    STAGING);
            begun.await();
            execution.cancel("lunch");
            assertThat(execution.report().verdict()).isEqualTo(Verdict.NO_GO);
        }
    }

    @Test
    void an_interrupt_of_the_waiting_thread_cancels_the_run() throws Exception {
        AtomicReference<Report> report = new AtomicReference<>();
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            report.set(Canned.runRequired(Check.that("slow", context -> {
                begun.countDown();
                context.time().sleepUntil(context.time().now().plusSeconds(60));
                return Outcome.passed();
            })));
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        begun.await();
        waiting.interrupt();
        waiting.join();
        assertThat(report.get().reasons()).singleElement().asString().contains("the waiting thread was interrupted");
        assertThat(interrupted).isTrue();
    }

    @Test
    void a_socket_that_hangs_is_closed_by_its_hook_where_an_interrupt_would_not_help() throws Exception {
        AtomicReference<Socket> used = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Check check = Check.that("the shop answers", context -> {
                try (Socket socket = context.network()
                        .connect(
                                "shop.example",
                                new InetSocketAddress(server.getInetAddress(), server.getLocalPort()),
                                Duration.ofSeconds(5))) {
                    used.set(socket);
                    InputStream in = socket.getInputStream();
                    return in.read() < 0 ? Outcome.failed("closed") : Outcome.passed();
                } finally {
                    ended.countDown();
                }
            });
            ItemResult result = Canned.resultOf(check.timeout(Spans.millis(200)));
            assertThat(result.why()).isEqualTo("no result within 200 ms");
            assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(used.get().isClosed()).isTrue();
        }
    }

    @Test
    void no_thread_is_left_after_closing_whatever_checks_hung_in() throws Exception {
        Set<Thread> before = golives();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            Checklist.Builder list = Checklist.named("x");
            for (int i = 0; i < 5; i++) {
                list.require(hanging("sleeping " + i).timeout(Spans.millis(100)));
                list.require(Check.that("reading " + i, context -> {
                            try (Socket socket =
                                    context.network().connect("shop.example", address, Duration.ofSeconds(5))) {
                                return Outcome.passed(
                                        Fact.of("byte", socket.getInputStream().read()));
                            }
                        })
                        .timeout(Spans.millis(100)));
                list.require(Check.that("parallel " + i, context -> {
                            context.parallel(List.of(1, 2, 3), 3, n -> {
                                context.time().sleepUntil(context.time().now().plusSeconds(60));
                                return n;
                            });
                            return Outcome.passed();
                        })
                        .timeout(Spans.millis(100)));
            }
            Report report = run(list.build());
            assertThat(report.results(Status.UNKNOWN)).hasSize(15);
        }
        Set<Thread> left = golives();
        left.removeAll(before);
        assertThat(left).isEmpty();
    }

    @Test
    void a_check_that_ends_when_it_is_cancelled_is_not_said_to_ignore_it() {
        for (int i = 0; i < 5; i++) {
            Report report = Canned.runRequired(hanging("a").timeout(Spans.millis(50)));
            assertThat(report.remarks()).isEmpty();
        }
    }

    @Test
    void a_check_that_ignores_being_cancelled_is_reported_by_name() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Check stubborn = Check.that("stubborn", context -> {
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    continue;
                }
            }
            return Outcome.passed();
        });
        try (GoLive golive = GoLive.create()) {
            Report report = golive.run(
                    Checklist.named("x")
                            .require(stubborn.timeout(Spans.millis(50)).as("S"))
                            .build(),
                    STAGING);
            assertThat(report.remarks())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "S was given up, but its check ignores being cancelled and still holds the thread golive-");
            release.countDown();
        }
    }

    @Test
    void every_hook_runs_even_if_one_of_them_throws() {
        CountDownLatch ran = new CountDownLatch(2);
        Check check = Check.that("a", context -> {
            context.onCancel(ran::countDown);
            context.onCancel(() -> {
                throw new AssertionError("a hook that breaks its contract");
            });
            context.onCancel(ran::countDown);
            context.time().sleepUntil(context.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        Canned.resultOf(check.timeout(Spans.millis(50)));
        assertThat(ran.getCount()).isZero();
    }

    @Test
    void a_hook_that_was_taken_back_does_not_run() {
        AtomicBoolean ran = new AtomicBoolean();
        Check check = Check.that("a", context -> {
            context.onCancel(() -> ran.set(true)).close();
            context.time().sleepUntil(context.time().now().plusSeconds(60));
            return Outcome.passed();
        });
        Canned.resultOf(check.timeout(Spans.millis(50)));
        assertThat(ran).isFalse();
    }

    @Test
    void a_context_that_was_given_up_refuses_to_work_on() throws Exception {
        AtomicReference<CheckContext> kept = new AtomicReference<>();
        Canned.resultOf(Check.that("a", context -> {
            kept.set(context);
            return Outcome.passed();
        }));
        assertThatThrownBy(() -> kept.get().reveal(Secret.found("token", "12345678")))
                .isInstanceOf(java.util.concurrent.CancellationException.class);
    }

    @Test
    void a_closed_runner_refuses_to_run() {
        GoLive golive = GoLive.create();
        golive.close();
        golive.close();
        assertThatThrownBy(() ->
                        golive.run(Checklist.named("x").require(passing("a")).build(), STAGING))
                .isInstanceOf(GoLiveException.class)
                .hasMessage("This runner is closed");
    }

    @Test
    void closing_ends_the_runs_that_are_under_way() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        GoLive golive = GoLive.create();
        Execution execution = golive.start(
                Checklist.named("x")
                        .require(Check.that("a", context -> {
                            begun.countDown();
                            context.time().sleepUntil(context.time().now().plusSeconds(60));
                            return Outcome.passed();
                        }))
                        .build(),
                STAGING);
        begun.await();
        golive.close();
        assertThat(execution.report().reasons()).singleElement().asString().contains("the runner was closed");
    }

    @Test
    void an_executor_without_threads_ends_the_run_instead_of_hanging_it() {
        ExecutorService dead = Executors.newSingleThreadExecutor();
        dead.shutdown();
        Report report = run(
                GoLive.builder().executor(dead),
                Checklist.named("x").require(passing("a").as("A")).build());
        assertThat(result(report, "A").why()).contains("no thread could be had");
    }

    @Test
    void an_executor_that_is_shut_down_between_two_attempts_ends_the_run() {
        ExecutorService dying = Executors.newSingleThreadExecutor();
        Check check = Check.that("a", context -> {
            dying.shutdown();
            return Outcome.failed("once");
        });
        Report report = run(
                GoLive.builder().executor(dying).deadline(Duration.ofSeconds(60)),
                Checklist.named("x").require(check.retrying(2).as("A")).build());
        assertThat(result(report, "A").why()).contains("no thread could be had", "before that: once");
        assertThat(report.took()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void checks_run_on_the_executor_of_the_host_which_stays_open() {
        ExecutorService host = Executors.newFixedThreadPool(2, work -> {
            Thread thread = new Thread(work, "host-thread");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Report report = run(
                    GoLive.builder().executor(host),
                    Checklist.named("x")
                            .require(Check.that(
                                            "a",
                                            context -> Outcome.passed(Fact.of(
                                                    "thread",
                                                    Thread.currentThread().getName())))
                                    .as("A"))
                            .build());
            assertThat(result(report, "A").fact("thread")).contains("host-thread");
            assertThat(host.isShutdown()).isFalse();
        } finally {
            host.shutdownNow();
        }
    }
}
