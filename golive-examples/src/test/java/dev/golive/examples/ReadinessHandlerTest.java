package dev.golive.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Readiness;
import dev.golive.Report;
import dev.golive.testkit.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessHandlerTest {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
    private final AtomicBoolean databaseIsUp = new AtomicBoolean(true);
    private final GoLive golive = GoLive.builder().time(time).build();
    private final Readiness readiness = Readiness.of(
            golive,
            Checklist.named("orders")
                    .require(Check.that(
                            "the database answers",
                            context -> databaseIsUp.get() ? Outcome.passed() : Outcome.failed("it does not")))
                    .build(),
            Environment.named("test"),
            EVERY,
            EVERY.multipliedBy(3));
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/ready", new ReadinessHandler(readiness));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        readiness.close();
        golive.close();
    }

    @Test
    void start_up_does_not_wait_and_is_not_ready() throws Exception {
        HttpResponse<String> answer = get("/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("orders: UNDECIDED, not yet run\n");
    }

    @Test
    void it_follows_the_last_run() throws Exception {
        time.advance(Duration.ofSeconds(1));
        assertThat(get("/ready").statusCode()).isEqualTo(200);
        assertThat(get("/ready").headers().firstValue("Cache-Control")).contains("no-store");

        databaseIsUp.set(false);
        time.advance(EVERY.multipliedBy(2));
        assertThat(get("/ready").statusCode()).isEqualTo(503);
        assertThat(get("/ready").body()).contains("NO_GO");
    }

    @Test
    void the_whole_report_can_be_read_from_elsewhere() throws Exception {
        time.advance(Duration.ofSeconds(1));

        Report report = Report.fromJson(get("/ready?report").body());

        assertThat(report.results()).hasSize(1);
    }

    @Test
    void other_methods_are_refused() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri("/ready"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());

        assertThat(answer.statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }
}
