package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Check;
import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.Finding;
import dev.golive.GoLive;
import dev.golive.Outcome;
import dev.golive.Report;
import dev.golive.Secret;
import dev.golive.testkit.Examine;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.Reply;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeAws;
import dev.golive.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/** What stands between golive and AWS: credentials, errors, time, and what is left behind. */
class AwsTest extends OnFakeAws {

    private final Check caller = aws.callerIsOfAccount();

    @Test
    void the_caller_is_of_the_account() {
        Outcome outcome = examine(caller);

        assertThat(outcome).matches(found -> found.finding() == Finding.PASSED);
        assertThat(outcome.facts().toString()).contains("user/operator");
    }

    @Test
    void a_caller_of_another_account_fails() {
        fake.callerOf("999999999999");

        Outcome outcome = examine(caller);

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("the credentials belong to account 999999999999");
    }

    @Test
    void whatever_keeps_us_from_an_answer_is_unknown() {
        assertThat(notUnknown("sts", caller)).isEmpty();
    }

    @Test
    void each_kind_of_error_has_words_of_its_own() {
        assertThat(why(AwsFault.throttled())).contains("too many requests").contains("Throttling");
        assertThat(why(AwsFault.denied())).contains("denies the request").contains("not authorized to perform");
        assertThat(why(AwsFault.expiredToken())).contains("credentials have expired");
        assertThat(why(AwsFault.internalError())).contains("failed itself");
        assertThat(why(AwsFault.reset())).contains("could not be reached");
        assertThat(why(AwsFault.hanging())).contains("no answer in time");
        assertThat(why(AwsFault.garbage())).contains("cannot be read");
        assertThat(why(AwsFault.empty())).contains("answered without");
    }

    private String why(AwsFault fault) {
        fake.fault(fault);
        String why = examine(caller).why();
        fake.mend();
        return why;
    }

    @Test
    void a_key_that_aws_does_not_know_is_not_accepted() {
        Aws stranger = Aws.account(fake.account(), fake.region())
                .credentials("AKIDSTRANGER", Secret.found("the key", "a-secret-of-a-stranger"));

        Outcome outcome = examine(stranger.callerIsOfAccount());

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).contains("does not accept the credentials").contains("InvalidClientTokenId");
    }

    @Test
    void a_wrong_key_is_not_accepted_and_not_shown() {
        Aws mistyped = Aws.account(fake.account(), fake.region())
                .credentials(fake.accessKeyId(), Secret.found("the key", "mistyped-secret-key"));

        Outcome outcome = examine(mistyped.callerIsOfAccount());

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).contains("SignatureDoesNotMatch");
        assertThat(outcome.toString()).doesNotContain("mistyped-secret-key");
    }

    @Test
    void a_secret_that_an_error_repeats_is_not_shown() {
        try (HttpFake server = HttpFake.start(time)) {
            server.on("POST", "/")
                    .reply(Reply.text(
                            400,
                            "<ErrorResponse><Error><Code>ValidationError</Code><Message>bad key very-secret-key"
                                    + "</Message></Error></ErrorResponse>"));
            Aws here = Aws.account(fake.account(), fake.region())
                    .endpoint(URI.create("https://sts.gateway.example"))
                    .credentials("AKID", Secret.found("the key", "very-secret-key"));

            Outcome outcome = Examine.once(here.callerIsOfAccount())
                    .through(FakeNetwork.create().endpoint(URI.create("https://*.gateway.example"), server.uri("/")))
                    .on(time)
                    .outcome();

            assertThat(outcome.why()).contains("bad key ***").contains("refuses the request");
        }
    }

    @Test
    void no_credentials_are_told_from_wrong_ones() {
        Aws nobody = Aws.account(fake.account(), fake.region()).credentials(() -> {
            throw SdkClientException.create("Unable to load credentials from any of the providers in the chain");
        });

        Outcome outcome = examine(nobody.callerIsOfAccount());

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).contains("there are no AWS credentials");
    }

    @Test
    void a_port_where_nobody_listens_is_unreachable() throws IOException {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }

        Outcome outcome = Examine.once(caller)
                .through(FakeNetwork.create().endpoint(URI.create("https://*.amazonaws.com"), closed))
                .on(time)
                .outcome();

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).contains("could not be reached");
    }

    @Test
    void an_answer_without_end_is_not_read() {
        try (HttpFake server = HttpFake.start(time)) {
            server.on("POST", "/").reply(Reply.filler(64L << 20));

            Outcome outcome = Examine.once(caller)
                    .through(FakeNetwork.create().endpoint(URI.create("https://*.amazonaws.com"), server.uri("/")))
                    .on(time)
                    .outcome();

            assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
            assertThat(outcome.why()).contains("longer than");
        }
    }

    @Test
    void waiting_between_attempts_takes_virtual_time_only() {
        fake.faultNext(2, AwsFault.throttled());
        Instant before = time.now();

        assertThat(examine(caller)).matches(found -> found.finding() == Finding.PASSED);

        assertThat(Duration.between(before, time.now())).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertThat(fake.requests("sts:GetCallerIdentity")).hasSize(3);
    }

    @Test
    void nobody_waits_beyond_the_time_of_the_check() {
        fake.fault(AwsFault.throttled());
        Instant before = time.now();

        Outcome outcome = examine(caller.timeout(Duration.ofMillis(1_500)));

        assertThat(outcome.why()).contains("too many requests");
        assertThat(Duration.between(before, time.now())).isLessThan(Duration.ofMillis(1_500));
    }

    @Test
    void in_real_time_an_exchange_that_hangs_ends_with_the_check() {
        try (FakeAws real = FakeAws.start(TimeSource.system())) {
            real.fault(AwsFault.hanging());
            long before = System.nanoTime();

            Outcome outcome = Examine.once(caller.timeout(Duration.ofMillis(700)))
                    .through(real.network())
                    .outcome();

            assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    void the_requests_of_a_run_are_the_same_every_time() {
        List<String> first = requestsOfOneRun();
        List<String> second = requestsOfOneRun();

        assertThat(first).isEqualTo(second).isNotEmpty();
    }

    private List<String> requestsOfOneRun() {
        try (FakeAws other = FakeAws.start(time)) {
            other.appRunner("shop-web").variable("MODE", "production");
            other.faultNext(1, "apprunner", AwsFault.throttled());
            Checklist list = Checklist.named("web")
                    .require(aws.appRunner("shop-web").isRunning())
                    .require(aws.appRunner("shop-web").variable("MODE").is("production"))
                    .build();
            Instant start = time.now();
            try (GoLive golive =
                    GoLive.builder().time(time).network(other.network()).build()) {
                golive.run(list, Environment.named("test").account("aws", other.account()));
            }
            return other.requests().stream()
                    .map(request -> request + " after " + Duration.between(start, request.at()))
                    .toList();
        }
    }

    @Test
    void an_environment_without_the_account_is_refused() {
        Checklist list = Checklist.named("web")
                .require(aws.appRunner("shop-web").isRunning())
                .build();

        try (GoLive golive = GoLive.builder().time(time).network(fake.network()).build()) {
            assertThatThrownBy(() -> golive.run(list, Environment.named("test").account("aws", "999999999999")))
                    .hasMessageContaining(fake.account());
        }
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void no_thread_is_left_behind() throws InterruptedException {
        examine(caller);

        Instant latest = Instant.now().plusSeconds(10);
        while (!threads().isEmpty() && Instant.now().isBefore(latest)) {
            Thread.onSpinWait();
        }
        assertThat(threads()).isEmpty();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("golive-aws") || name.startsWith("sdk-"))
                .toList();
    }

    @Test
    void a_client_that_was_given_is_used_and_left_open() {
        AtomicInteger used = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        SdkHttpClient given = new SdkHttpClient() {
            @Override
            public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
                used.incrementAndGet();
                throw new UncheckedIOException(new IOException("the proxy is closed today"));
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };

        Outcome outcome = examine(aws.httpClient(given).callerIsOfAccount());

        assertThat(outcome).matches(found -> found.finding() == Finding.UNKNOWN);
        assertThat(outcome.why()).contains("the proxy is closed today");
        assertThat(used).hasPositiveValue();
        assertThat(closed).hasValue(0);
    }

    @Test
    void a_service_without_its_module_of_the_sdk_is_unknown_and_names_it() throws Exception {
        List<URL> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.matches(".*[/\\\\]apprunner-[0-9.]+\\.jar")) {
                path.add(new File(entry).toURI().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            String said = (String) without.loadClass(WithoutAppRunner.class.getName())
                    .getMethod("examine", String.class)
                    .invoke(null, fake.uri().toString());

            assertThat(said).contains("UNKNOWN").contains("needs software.amazon.awssdk:apprunner on the class path");
        }
    }

    /** Loaded where App Runner's module is missing. */
    public static final class WithoutAppRunner {

        private WithoutAppRunner() {}

        /** Examines a check in there, and gives its outcome as text. */
        public static String examine(String uri) {
            Aws aws = Aws.account("123456789012", "eu-north-1")
                    .credentials("AKIDFAKEAWSGOLIVE", Secret.found("key", "fake-secret-access-key-of-the-testkit"));
            FakeNetwork network = FakeNetwork.create().endpoint(URI.create("https://*.amazonaws.com"), URI.create(uri));
            Checklist list = Checklist.named("web")
                    .require(aws.appRunner("shop-web").isRunning())
                    .build();
            try (GoLive golive = GoLive.builder().network(network).build()) {
                Report report = golive.run(list, Environment.named("test").account("aws", "123456789012"));
                return report.results().toString() + report.summary();
            }
        }
    }

    @Test
    void what_is_no_account_or_no_region_is_refused() {
        assertThatThrownBy(() -> Aws.account("12345", "eu-north-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("id must be the twelve digits of an account but was 12345");
        assertThatThrownBy(() -> Aws.account("123456789012", "North"))
                .hasMessage("region must be a region such as eu-north-1 but was North");
        assertThatThrownBy(() -> aws.appRunner(" ")).hasMessage("name must not be blank");
    }

    @Test
    void partitions_have_arns_of_their_own() {
        assertThat(Aws.account("123456789012", "cn-north-1").arn("rds", "db:x"))
                .isEqualTo("arn:aws-cn:rds:cn-north-1:123456789012:db:x");
        assertThat(Aws.account("123456789012", "us-gov-west-1").globalArn("iam", "user/x"))
                .isEqualTo("arn:aws-us-gov:iam::123456789012:user/x");
    }
}
