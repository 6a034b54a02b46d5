package dev.golive.railway;

import static dev.golive.Expect.atLeast;
import static dev.golive.Expect.is;
import static dev.golive.time.Spans.days;
import static dev.golive.time.Spans.minutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.golive.Check;
import dev.golive.Finding;
import dev.golive.Outcome;
import dev.golive.testkit.railway.FakeRailwayDomain;
import dev.golive.testkit.railway.RailwayFault;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailwayDomainTest extends OnFakeRailway {

    private static final Instant NOW = Instant.parse("2027-03-02T09:00:00Z");

    private final RailwayDomain domain = railway.service("api").domain("api.shop.example");
    private FakeRailwayDomain shop;

    @BeforeEach
    void deploy() {
        fake.service("api").deployed("aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1");
        shop = fake.service("api").domain("api.shop.example");
    }

    private List<Check> all() {
        return List.of(
                domain.exists(),
                domain.isActive(),
                domain.isVerified(),
                domain.recordsArePropagated(),
                domain.hasValidCertificate(),
                domain.certificateExpiresIn(atLeast(days(14))),
                domain.targetPort(is(8080)),
                domain.isReady());
    }

    private String say(Check check) {
        Outcome outcome = examine(check);
        return outcome.finding() + (outcome.why().isEmpty() ? "" : ": " + outcome.why());
    }

    /** What Railway answers about one domain whose status is this. */
    private void told(String domainMembers, String statusMembers) {
        fake.mend()
                .fault(
                        "domains",
                        RailwayFault.saying(
                                "{\"serviceDomains\":[],\"customDomains\":[{\"id\":\"d1\",\"domain\":\"api.shop.example\","
                                        + domainMembers + ",\"status\":{" + statusMembers + "}}]}"));
    }

    private static final String ACTIVE = "\"targetPort\":8080,\"syncStatus\":\"ACTIVE\"";
    private static final String ROUTE =
            "{\"fqdn\":\"api.shop.example\",\"recordType\":\"DNS_RECORD_TYPE_CNAME\",\"purpose\":\"DNS_RECORD_PURPOSE_TRAFFIC_ROUTE\","
                    + "\"requiredValue\":\"x.up.railway.app\",\"currentValue\":\"x.up.railway.app\",\"status\":\"DNS_RECORD_STATUS_PROPAGATED\"}";

    private static String status(String verified, String certificate, String certificates, String records) {
        return "\"verified\":" + verified + ",\"certificateStatus\":\"CERTIFICATE_STATUS_TYPE_" + certificate
                + "\",\"certificates\":" + certificates + ",\"dnsRecords\":" + records;
    }

    @Test
    void a_domain_that_works_passes_all_checks() {
        assertThat(all())
                .allSatisfy(check -> assertThat(say(check)).as(check.sentence()).isEqualTo("PASSED"));
    }

    @Test
    void all_of_it_is_asked_in_one_request() {
        examine(domain.isReady());

        assertThat(fake.requests("domains")).hasSize(1);
    }

    @Test
    void the_name_may_be_written_in_other_ways() {
        assertThat(say(railway.service("api").domain("API.Shop.example.").isReady()))
                .isEqualTo("PASSED");
    }

    @Test
    void one_that_is_not_there_fails_and_says_which_are() {
        Check elsewhere = railway.service("api").domain("www.shop.example").exists();

        assertThat(say(elsewhere))
                .isEqualTo("FAILED: there is no domain www.shop.example of Railway service api of shop/production");
        assertThat(examine(elsewhere).facts().toString()).contains("api.shop.example");
        assertThat(say(railway.service("web").domain("api.shop.example").exists()))
                .isEqualTo("FAILED: there is no Railway service web of shop/production");
    }

    @Test
    void one_of_railway_is_not_your_own() {
        fake.service("api").serviceDomain("api-production.up.railway.app");

        assertThat(say(railway.service("api")
                        .domain("api-production.up.railway.app")
                        .isReady()))
                .isEqualTo("FAILED: api-production.up.railway.app is a domain of Railway, not one of your own");
    }

    @Test
    void one_that_is_not_verified_fails_though_all_else_is_fine() {
        shop.unverified();

        assertThat(say(domain.isVerified()))
                .startsWith("FAILED: Railway does not believe that the domain is yours")
                .contains("404", "_railway-verify.api.shop.example");
        assertThat(say(domain.recordsArePropagated())).isEqualTo("PASSED");
        assertThat(say(domain.hasValidCertificate())).isEqualTo("PASSED");
        assertThat(say(domain.isReady())).startsWith("FAILED: Railway does not believe");
    }

    @Test
    void a_record_that_leads_elsewhere_fails_with_what_must_stand_there() {
        shop.leadsTo("old.host.example");

        assertThat(say(domain.recordsArePropagated()))
                .isEqualTo("FAILED: not as it must be in DNS: CNAME api.shop.example");
        assertThat(examine(domain.recordsArePropagated()).facts().toString())
                .contains("up.railway.app", "old.host.example (REQUIRES_UPDATE)");
        assertThat(say(domain.isReady())).startsWith("FAILED: not as it must be in DNS");
        shop.leadsTo("");
        assertThat(examine(domain.recordsArePropagated()).facts().toString()).contains("nothing (REQUIRES_UPDATE)");
    }

    @Test
    void a_record_behind_a_proxy_of_cloudflare_is_hidden_and_so_unknown() {
        shop.leadsTo("104.16.0.1").behindCloudflare();

        assertThat(say(domain.recordsArePropagated()))
                .startsWith("UNKNOWN: a proxy of Cloudflare hides CNAME api.shop.example from Railway");
        assertThat(say(domain.isReady())).startsWith("UNKNOWN: a proxy of Cloudflare hides");
        shop.record("_acme-challenge.api.shop.example", "CNAME", "ACME_DNS01_CHALLENGE", "x", "", "REQUIRES_UPDATE");
        assertThat(say(domain.recordsArePropagated()))
                .isEqualTo("FAILED: not as it must be in DNS: CNAME _acme-challenge.api.shop.example");
    }

    @Test
    void a_challenge_that_is_missing_fails_too() {
        shop.record("_acme-challenge.api.shop.example", "CNAME", "ACME_DNS01_CHALLENGE", "x", "", "REQUIRES_UPDATE");

        assertThat(say(domain.recordsArePropagated())).startsWith("FAILED");
    }

    @Test
    void words_about_records_that_nobody_knows_prove_nothing() {
        shop.record("a.shop.example", "TXT", "ACME_DNS01_CHALLENGE", "x", "x", "UNSPECIFIED");
        assertThat(say(domain.recordsArePropagated()))
                .isEqualTo("UNKNOWN: Railway does not say whether it stands in DNS: TXT a.shop.example");

        told(ACTIVE, status("true", "VALID", "null", "[]"));
        assertThat(say(domain.recordsArePropagated()))
                .isEqualTo("UNKNOWN: Railway does not say which record leads traffic to it");
        assertThat(say(domain.isReady())).startsWith("UNKNOWN");
        told(
                ACTIVE,
                status(
                        "true",
                        "VALID",
                        "null",
                        "[" + ROUTE.replace("RECORD_STATUS_PROPAGATED", "RECORD_STATUS_FINE") + "]"));
        assertThat(say(domain.recordsArePropagated())).startsWith("UNKNOWN");
        told(ACTIVE, status("true", "VALID", "null", "[" + ROUTE.replace("TRAFFIC_ROUTE", "DECORATION") + "]"));
        assertThat(say(domain.recordsArePropagated())).startsWith("UNKNOWN");
    }

    @Test
    void a_certificate_that_is_on_its_way_is_not_there_yet() {
        shop.certificatePending("VALIDATING_OWNERSHIP", "POLLING_AUTHORIZATIONS");

        assertThat(say(domain.hasValidCertificate()))
                .isEqualTo(
                        "FAILED: the certificate is not issued yet: VALIDATING_OWNERSHIP, which takes less than an hour"
                                + " as a rule, and up to 72 hours");
        assertThat(say(domain.isReady())).startsWith("FAILED: the certificate is not issued yet");
        assertThat(say(domain.certificateExpiresIn(atLeast(days(1))))).startsWith("FAILED");
        shop.behindCloudflare();
        assertThat(say(domain.hasValidCertificate()))
                .startsWith("UNKNOWN")
                .contains("behind a proxy of Cloudflare may stay so");
    }

    @Test
    void a_certificate_that_could_not_be_issued_says_why() {
        shop.certificateFailed("RATE_LIMIT", "too many certificates for shop.example");

        assertThat(say(domain.hasValidCertificate()))
                .isEqualTo("FAILED: the certificate could not be issued: RATE_LIMIT; it can be tried again at Railway");
        assertThat(examine(domain.hasValidCertificate()).facts().toString())
                .contains("too many certificates for shop.example");
    }

    @Test
    void a_certificate_that_is_called_valid_and_has_expired_is_not() {
        shop.certificate(NOW.minus(days(90)), NOW);

        assertThat(say(domain.hasValidCertificate())).isEqualTo("FAILED: the certificate expired at " + NOW);
        assertThat(say(domain.isReady())).startsWith("FAILED: the certificate expired");
    }

    @Test
    void the_time_left_is_that_of_the_certificate_which_ends_first() {
        shop.certificate(NOW.minus(days(80)), NOW.plus(days(10)));

        assertThat(say(domain.certificateExpiresIn(atLeast(days(10))))).isEqualTo("PASSED");
        assertThat(say(domain.certificateExpiresIn(atLeast(days(11))))).isEqualTo("FAILED: it is valid for 10 d");
        told(
                ACTIVE,
                status(
                        "true",
                        "VALID",
                        "[{\"expiresAt\":\"2027-05-01T00:00:00Z\",\"domainNames\":[\"*.shop.example\"]},"
                                + "{\"expiresAt\":\"2027-03-07T09:00:00Z\",\"domainNames\":[\"API.shop.example\"]},"
                                + "{\"expiresAt\":\"2027-03-03T09:00:00Z\",\"domainNames\":[\"www.shop.example\"]},"
                                + "{\"expiresAt\":\"2027-03-01T09:00:00Z\",\"domainNames\":[\"api.shop.example\"]}]",
                        "[" + ROUTE + "]"));
        assertThat(say(domain.certificateExpiresIn(atLeast(days(6))))).isEqualTo("FAILED: it is valid for 5 d");
    }

    @Test
    void a_certificate_of_which_too_little_is_told_proves_nothing() {
        told(ACTIVE, status("true", "GLORIOUS", "null", "[" + ROUTE + "]"));
        assertThat(say(domain.hasValidCertificate()))
                .isEqualTo("UNKNOWN: what certificate status GLORIOUS means is not known");
        told(ACTIVE, status("true", "UNSPECIFIED", "null", "[" + ROUTE + "]"));
        assertThat(say(domain.hasValidCertificate())).startsWith("UNKNOWN");
        told(
                ACTIVE,
                status(
                        "true",
                        "VALID",
                        "[{\"expiresAt\":null,\"domainNames\":[\"other.example\"]}]",
                        "[" + ROUTE + "]"));
        assertThat(say(domain.hasValidCertificate()))
                .isEqualTo("UNKNOWN: Railway calls the certificate valid, and lists none that is for api.shop.example");
        told(ACTIVE, status("true", "VALID", "[{\"domainNames\":[\"api.shop.example\"]}]", "[" + ROUTE + "]"));
        assertThat(say(domain.hasValidCertificate())).isEqualTo("PASSED");
        assertThat(say(domain.certificateExpiresIn(atLeast(days(1))))).startsWith("UNKNOWN");
        told(ACTIVE, status("true", "VALID", "null", "[" + ROUTE + "]"));
        assertThat(say(domain.certificateExpiresIn(atLeast(days(1))))).startsWith("UNKNOWN");
    }

    @Test
    void one_that_is_not_carried_out_is_not_active() {
        for (String status : List.of("CREATING", "UPDATING", "DELETING")) {
            shop.syncStatus(status);
            assertThat(say(domain.isActive())).isEqualTo("FAILED: the domain is " + status + ", not ACTIVE");
            assertThat(say(domain.isReady())).startsWith("FAILED");
        }
        shop.syncStatus("DELETED");
        assertThat(say(domain.exists())).startsWith("FAILED: there is no");
        shop.syncStatus("UNSPECIFIED");
        assertThat(say(domain.isActive())).startsWith("UNKNOWN");
        assertThat(say(domain.isReady())).startsWith("UNKNOWN");
    }

    @Test
    void a_failure_counts_more_than_what_is_unknown() {
        shop.unverified().syncStatus("UNSPECIFIED");

        assertThat(say(domain.isReady()))
                .startsWith("FAILED: Railway does not believe")
                .doesNotContain("UNSPECIFIED");
    }

    @Test
    void the_port_is_compared_and_none_is_unknown() {
        shop.targetPort(3000);
        assertThat(say(domain.targetPort(is(8080)))).isEqualTo("FAILED: port is 3000, not 8080");

        told("\"targetPort\":null,\"syncStatus\":\"ACTIVE\"", status("true", "VALID", "null", "[" + ROUTE + "]"));
        assertThat(say(domain.targetPort(is(8080)))).startsWith("UNKNOWN: no port is configured");
        told("\"targetPort\":70000,\"syncStatus\":\"ACTIVE\"", status("true", "VALID", "null", "[" + ROUTE + "]"));
        assertThat(say(domain.targetPort(is(8080)))).startsWith("UNKNOWN");
    }

    @Test
    void an_answer_that_says_less_than_it_must_proves_nothing() {
        String good = status("true", "VALID", "null", "[" + ROUTE + "]");
        List<String> statuses = List.of(
                good.replace("\"verified\":true", "\"verified\":null"),
                good.replace("\"verified\":true", "\"verified\":\"true\""),
                good.replace("\"verified\":true,", ""),
                good.replace("\"dnsRecords\":[" + ROUTE + "]", "\"dnsRecords\":null"),
                good.replace("\"status\":\"DNS_RECORD_STATUS_PROPAGATED\"", "\"status\":null"),
                good.replace("\"certificateStatus\":\"CERTIFICATE_STATUS_TYPE_VALID\",", ""),
                good.replace("\"certificates\":null", "\"certificates\":{}"));
        for (String status : statuses) {
            assertThat(status).isNotEqualTo(good);
            told(ACTIVE, status);
            assertThat(say(domain.isReady())).as(status).startsWith("UNKNOWN");
            assertThat(say(domain.isVerified())).as(status).startsWith("UNKNOWN");
        }
        told("\"targetPort\":8080", good);
        assertThat(say(domain.isReady())).startsWith("UNKNOWN");
        fake.mend().fault("domains", RailwayFault.saying("{\"serviceDomains\":[]}"));
        assertThat(say(domain.exists())).startsWith("UNKNOWN");
        fake.mend().fault("domains", RailwayFault.saying("null"));
        assertThat(say(domain.exists())).startsWith("UNKNOWN");
    }

    @Test
    void one_that_is_listed_twice_is_not_known() {
        fake.mend()
                .fault(
                        "domains",
                        RailwayFault.saying("{\"serviceDomains\":[],\"customDomains\":["
                                + ("{\"domain\":\"api.shop.example\"," + ACTIVE + ",\"status\":{"
                                                + status("true", "VALID", "null", "[" + ROUTE + "]") + "}},")
                                        .repeat(2)
                                        .replaceAll(",$", "")
                                + "]}"));

        assertThat(say(domain.isReady())).isEqualTo("UNKNOWN: Railway lists the domain 2 times");
    }

    @Test
    void a_service_has_a_domain_of_railway_or_has_not() {
        RailwayService service = railway.service("api");
        assertThat(say(service.hasServiceDomain())).isEqualTo("FAILED: it has no domain of Railway");

        fake.service("api").serviceDomain("api-production.up.railway.app");
        assertThat(say(service.hasServiceDomain())).isEqualTo("PASSED");
        fake.mend()
                .fault(
                        "domains",
                        RailwayFault.saying(
                                "{\"serviceDomains\":[{\"domain\":\"a.up.railway.app\",\"syncStatus\":\"CREATING\"}],\"customDomains\":[]}"));
        assertThat(say(service.hasServiceDomain())).isEqualTo("FAILED: it has no domain of Railway that works");
        assertThat(say(service.hasPublicDomain())).isEqualTo("FAILED: it has no public domain that works");
        fake.mend()
                .fault(
                        "domains",
                        RailwayFault.saying(
                                "{\"serviceDomains\":[{\"domain\":\"a.up.railway.app\",\"syncStatus\":\"SHINY\"}],\"customDomains\":[]}"));
        assertThat(say(service.hasServiceDomain())).startsWith("UNKNOWN");
    }

    @Test
    void a_service_is_public_by_a_domain_of_its_own_only_if_that_is_verified() {
        RailwayService service = railway.service("api");
        assertThat(say(service.hasPublicDomain())).isEqualTo("PASSED");

        shop.unverified();
        assertThat(say(service.hasPublicDomain())).isEqualTo("FAILED: it has no public domain that works");
        fake.service("api").serviceDomain("api-production.up.railway.app");
        assertThat(say(service.hasPublicDomain())).isEqualTo("PASSED");
    }

    @Test
    void what_keeps_railway_from_answering_is_unknown() {
        assertThat(all()).allSatisfy(check -> assertThat(notUnknown(check)).isEmpty());
        assertThat(notUnknown(railway.service("api").hasPublicDomain())).isEmpty();
        assertThat(notUnknown(railway.service("api").hasServiceDomain())).isEmpty();
    }

    @Test
    void sentences_tell_questions_apart_and_bad_names_are_refused() {
        assertThat(all().stream().map(Check::sentence).distinct()).hasSize(all().size());
        assertThat(domain.isReady().sentence())
                .isEqualTo("domain api.shop.example of Railway service api of shop/production is ready");
        RailwayService service = railway.service("api");
        for (String bad : List.of(" ", "a b.example", "https://shop.example", ".", "*.", "x..example")) {
            assertThatIllegalArgumentException().as(bad).isThrownBy(() -> service.domain(bad));
        }
        assertThat(service.domain("*.shop.example")).hasToString("domain *.shop.example of " + service);
        assertThatNullPointerException().isThrownBy(() -> domain.certificateExpiresIn(null));
        assertThat(domain.isReady().eventually(minutes(30)).sentence())
                .isEqualTo(domain.isReady().sentence());
    }

    @Test
    void a_domain_of_all_names_is_one_name() {
        fake.service("api").domain("*.shop.example");

        assertThat(say(railway.service("api").domain("*.shop.example").isReady()))
                .isEqualTo("PASSED");
        assertThat(examine(railway.service("api").domain("www.shop.example").isReady())
                        .finding())
                .isEqualTo(Finding.FAILED);
    }
}
