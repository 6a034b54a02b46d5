package dev.golive.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fake in a time that moves only when everybody waits. */
@Timeout(60)
class HttpFakeVirtualTimeTest {

    private static final Instant START = Instant.parse("2027-03-01T09:00:00Z");

    private static String ask(VirtualTime time, HttpFake fake, String path, Duration limit, boolean http2)
            throws Exception {
        try (Socket socket = Wire.connect(fake.address())) {
            return time.within(time.now().plus(limit), () -> abort(socket), () -> {
                if (http2) {
                    Wire.Http2 client = new Wire.Http2(socket);
                    Wire.Answer answer = client.answer(client.get(path));
                    return answer.status() + " " + answer.text();
                }
                Wire.Http1 client = new Wire.Http1(socket);
                String answer = client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                        .rest();
                return answer.isEmpty()
                        ? "nothing"
                        : answer.substring(9, 13) + answer.substring(answer.indexOf("\r\n\r\n") + 4);
            });
        } catch (IOException e) {
            return "given up";
        }
    }

    private static void abort(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_late_answer_takes_its_time_and_a_hanging_one_the_time_of_who_waits(boolean http2) throws Exception {
        VirtualTime time = VirtualTime.startingAt(START);
        HttpFake fake = HttpFake.start(time);
        try (fake;
                TimeSource.Turn turn = time.join("test")) {
            fake.get("/late").reply(Reply.text("at last").after(Duration.ofHours(3)));
            fake.get("/slow").reply(Reply.text("0123456789").with(HttpFault.slowBody(3, Duration.ofMinutes(1))));
            fake.get("/hangs").fail(HttpFault.hangBeforeHeaders());

            assertThat(ask(time, fake, "/late", Duration.ofHours(4), http2)).isEqualTo("200 at last");
            assertThat(time.elapsed()).isEqualTo(Duration.ofHours(3));

            assertThat(ask(time, fake, "/slow", Duration.ofHours(4), http2)).isEqualTo("200 0123456789");
            assertThat(time.elapsed()).isEqualTo(Duration.ofHours(3).plusMinutes(4));

            assertThat(ask(time, fake, "/hangs", Duration.ofHours(1), http2)).isEqualTo("given up");
            assertThat(time.elapsed()).isEqualTo(Duration.ofHours(4).plusMinutes(4));
        }
        assertThat(fake.threads()).noneMatch(Thread::isAlive);
        fake.verify();
    }

    @Test
    void a_silent_connection_hangs_only_who_waits_for_it_however_slow_he_is() throws Exception {
        VirtualTime time = VirtualTime.startingAt(START);
        try (HttpFake fake = HttpFake.start(time);
                TimeSource.Turn turn = time.join("test")) {
            fake.fault(HttpFault.silent());

            try (Socket socket = Wire.connect(fake.address())) {
                Duration real = TimeSource.system().elapsed();
                while (TimeSource.system().elapsed().minus(real).toMillis() < 50) {
                    Thread.onSpinWait();
                }
                Instant due = time.now().plus(Duration.ofHours(1));
                assertThatThrownBy(() -> time.within(
                                due,
                                () -> abort(socket),
                                () -> socket.getInputStream().read()))
                        .isInstanceOf(IOException.class);
            }
            assertThat(time.elapsed()).isEqualTo(Duration.ofHours(1));

            Wire.connect(fake.address()).close();
            time.sleepUntil(time.now().plusSeconds(1));
            assertThat(time.elapsed()).isEqualTo(Duration.ofHours(1).plusSeconds(1));
        }
    }

    private static List<String> journal() throws Exception {
        VirtualTime time = VirtualTime.startingAt(START);
        List<String> journal = Collections.synchronizedList(new ArrayList<>());
        ExecutorService pool = Executors.newFixedThreadPool(12);
        try (HttpFake fake = HttpFake.start(time)) {
            fake.get("/count")
                    .reply(request ->
                            Reply.text("count " + fake.requests("GET", "/count").size()));
            fake.get("/late").reply(Reply.text("late").after(Duration.ofSeconds(7)));
            fake.get("/hangs").fail(HttpFault.hangBeforeHeaders());
            fake.get("/reset").fail(HttpFault.resetBeforeHeaders());
            List<String> paths = List.of("/count", "/late", "/hangs", "/reset");
            try (TimeSource.Turn turn = time.join("start")) {
                for (int i = 0; i < 12; i++) {
                    int number = i;
                    time.start(pool, "check " + number, () -> {
                        try {
                            for (int k = 0; k < 3; k++) {
                                String path = paths.get((number + k) % paths.size());
                                String answer = ask(time, fake, path, Duration.ofSeconds(5 + number), number % 3 == 0);
                                journal.add(time.elapsed() + " " + number + " " + path + " " + answer);
                                time.sleepUntil(time.now().plusSeconds(number % 4));
                            }
                        } catch (Exception e) {
                            journal.add(number + " " + e);
                        }
                    });
                }
            }
            pool.shutdown();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        return journal;
    }

    private static final List<String> FIRST = new ArrayList<>();

    @RepeatedTest(20)
    void checks_on_real_sockets_give_the_same_journal_every_time() throws Exception {
        List<String> journal = journal();
        assertThat(journal).hasSize(36).noneMatch(line -> line.contains("Exception"));
        synchronized (FIRST) {
            if (FIRST.isEmpty()) {
                FIRST.addAll(journal);
            }
            assertThat(journal).isEqualTo(FIRST);
        }
    }
}
