package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.aws.AwsFault;
import org.junit.jupiter.api.Test;

class AppRunnerServiceTest extends OnFakeAws {

    private final AppRunnerService web = aws.appRunner("shop-web");

    @Test
    void a_service_that_runs_is_running() {
        fake.appRunner("shop-web");

        assertThat(examine(web.isRunning())).matches(outcome -> outcome.finding() == Finding.PASSED);
    }

    @Test
    void a_service_that_is_paused_is_not_running() {
        fake.appRunner("shop-web").status("PAUSED");

        Outcome outcome = examine(web.isRunning());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).contains("PAUSED");
    }

    @Test
    void a_service_that_is_not_there_fails() {
        Outcome outcome = examine(web.isRunning());

        assertThat(outcome).matches(found -> found.finding() == Finding.FAILED);
        assertThat(outcome.why()).isEqualTo("there is no App Runner service shop-web in eu-north-1");
    }

    @Test
    void what_stands_between_us_and_an_answer_is_unknown() {
        fake.appRunner("shop-web");

        assertThat(notUnknown("apprunner", web.isRunning())).isEmpty();
    }

    @Test
    void one_who_is_throttled_waits_and_asks_again() {
        fake.appRunner("shop-web");
        fake.faultNext(2, "apprunner:DescribeService", AwsFault.throttled());

        assertThat(examine(web.isRunning())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("apprunner:DescribeService")).hasSize(3);
    }

    @Test
    void a_service_on_the_third_page_is_found() {
        fake.appRunner("a");
        fake.appRunner("b");
        fake.appRunner("shop-web");
        fake.pageSize(1);

        assertThat(examine(web.isRunning())).matches(outcome -> outcome.finding() == Finding.PASSED);
        assertThat(fake.requests("apprunner:ListServices")).hasSize(3);
    }
}
