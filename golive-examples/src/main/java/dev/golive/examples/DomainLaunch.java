package dev.golive.examples;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.is;
import static dev.golive.checks.Headers.hsts;
import static dev.golive.checks.Headers.present;
import static dev.golive.checks.Headers.setCookie;
import static dev.golive.checks.HttpVersion.HTTP_2;
import static dev.golive.checks.RecordType.A;
import static dev.golive.checks.RecordType.CAA;
import static dev.golive.checks.RecordType.CNAME;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.seconds;

import dev.golive.Checklist;
import dev.golive.Confirmation;
import dev.golive.Environment;
import dev.golive.Item;
import dev.golive.checks.Dns;
import dev.golive.checks.Http;
import dev.golive.checks.Tls;
import java.time.Duration;

/** What the world can see of a launch: a domain, its DNS and certificates, its pages, and an API behind it. */
final class DomainLaunch {

    private static final Duration THREE_WEEKS = days(21);

    private DomainLaunch() {}

    /** Where it runs. */
    static Environment environment(String name, String domain) {
        return Environment.production(name).host(domain, "*." + domain);
    }

    /** The hosts of the platform that the stage plays besides. */
    static Environment withPlatform(Environment environment) {
        return environment.host(FirstStage.PLATFORM_HOST, FirstStage.API_PLATFORM_HOST);
    }

    /** What can be asked of any domain that is set up in the usual way, without writing anything. */
    static Checklist of(String domain) {
        String www = "www." + domain;
        return Checklist.named("The domain " + domain)
                .require(Dns.of(domain).type(A).exists().as("C27").tagged("C04"))
                .require(Dns.of(domain).type(A).everywhere().exists().as("A15"))
                .require(Tls.of(domain)
                        .isValid()
                        .expiresIn(atLeast(THREE_WEEKS))
                        .as("C05")
                        .tagged("A18"))
                .require(Tls.of(domain).covers(www).as("C28"))
                .require(Http.get("http://" + domain + "/")
                        .redirectsTo("https://" + domain + "/")
                        .as("C29")
                        .tagged("A22"))
                .require(Http.get("https://" + domain + "/")
                        .header(
                                "Strict-Transport-Security",
                                hsts().maxAge(atLeast(days(730)))
                                        .includeSubDomains()
                                        .preload())
                        .as("C30"))
                .require(Http.get("https://" + domain + "/")
                        .version(HTTP_2)
                        .status(200)
                        .as("A20"))
                .recommend(Dns.of(domain).type(CAA).exists().because("limits who may issue certificates"))
                .build();
    }

    /** What belongs to this product in particular; a trial logs in and takes the session away again. */
    static Checklist ofProduct(String domain) {
        String site = "https://" + domain;
        String www = "https://www." + domain;
        String api = "https://api." + domain;
        Item health = Http.get(site + "/api/health")
                .status(200)
                .json("/data/status", "ok")
                .json("/data/checks/db/status", "pass")
                .eventually(seconds(5))
                .as("C38");
        return Checklist.named("The product")
                .require(Http.get("https://" + FirstStage.PLATFORM_HOST + "/api/health")
                        .status(200)
                        .json("/data/status", "ok")
                        .as("C15"))
                .require(health)
                .require(Dns.of(domain)
                        .type(A)
                        .everywhere()
                        .exactly(FirstStage.EDGE_ADDRESS)
                        .as("A15-address"))
                .require(Http.get(site + "/")
                        .status(200)
                        .header("Via", present())
                        .as("A10")
                        .because("a proxied name never shows its alias: it is proven by what is served"))
                .require(
                        Http.get(www + "/").status(200).header("Via", present()).as("A11"))
                .require(Dns.of("api." + domain)
                        .type(CNAME)
                        .exactly(FirstStage.API_PLATFORM_HOST)
                        .as("A12")
                        .because("the api must not be proxied"))
                .require(Tls.of(domain)
                        .at(FirstStage.ORIGIN_ADDRESS)
                        .isValid()
                        .as("A18-origin")
                        .because("the edge and the origin have certificates of their own"))
                .require(Tls.of("api." + domain).isValid().notRevoked().as("A19"))
                .require(Http.get(api + "/health")
                        .status(200)
                        .json("/status", "ok")
                        .as("A21"))
                .require(Http.get(site + "/privacy")
                        .status(200)
                        .as("C70")
                        .tagged("A34")
                        .ownedBy("legal"))
                .require(Http.get(site + "/terms")
                        .status(200)
                        .as("C69")
                        .tagged("A35")
                        .ownedBy("legal"))
                .recommend(
                        Http.get("https://status." + domain + "/").status(200).as("C36"))
                .require(Http.get(api + "/v1/rates")
                        .status(200)
                        .jsonCount("$.pairs[*]", is(6))
                        .as("E68"))
                .require(login(domain).after(health))
                .require(Confirmation.of("C71", "The complaint form can be reached from within the app")
                        .freshFor(days(7))
                        .ownedBy("support"))
                .build();
    }

    /** A trial: it logs in, which writes a session, and takes the session away again. */
    static Item login(String domain) {
        String session = "https://api." + domain + "/v1/session";
        return Http.post(session)
                .sendingJson("{\"user\":\"launch-check\"}")
                .writing("a session of the account launch-check")
                .cleanedUpBy(Http.delete(session))
                .status(201)
                .cookie(
                        "session",
                        setCookie().httpOnly().secure().sameSite("Strict").maxAge(is(days(7))))
                .as("E65")
                .freshFor(days(1));
    }

    /** Everything, as one list. */
    static Checklist ofEverything(String domain) {
        return Checklist.named("Tern goes live")
                .include(of(domain))
                .include(ofProduct(domain))
                .build();
    }
}
