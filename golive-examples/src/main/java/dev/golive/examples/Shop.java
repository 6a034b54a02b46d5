package dev.golive.examples;

import static dev.golive.Expect.atLeast;
import static dev.golive.checks.RecordType.CAA;
import static dev.golive.time.Spans.days;

import dev.golive.Checklist;
import dev.golive.Environment;
import dev.golive.GoLive;
import dev.golive.checks.Dns;
import dev.golive.checks.Http;
import dev.golive.checks.Tls;

/** The program of the README. A test holds the two together. */
final class Shop {

    private Shop() {}

    // region program
    static final Checklist LAUNCH = Checklist.named("The shop goes live")
            .require(Http.get("https://shop.example/health").status(200).json("/status", "ok"))
            .require(Http.get("http://shop.example/").redirectsTo("https://shop.example/"))
            .require(Tls.of("shop.example").isValid().expiresIn(atLeast(days(21))))
            .recommend(Dns.of("shop.example").type(CAA).exists().because("it limits who may issue certificates"))
            .build();
    static final Environment PRODUCTION = Environment.production("production").host("shop.example");

    public static void main(String[] args) {
        try (GoLive golive = GoLive.create()) {
            System.out.println(golive.run(LAUNCH, PRODUCTION).summary());
        }
    }
    // endregion
}
