package dev.golive.railway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Finding;
import dev.golive.testkit.Examine;
import dev.golive.testkit.VirtualTime;
import dev.golive.testkit.railway.FakeRailway;
import dev.golive.testkit.railway.RailwayFault;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/** A domain is never ready unless all of it holds, whatever words Railway finds for it. */
class RailwayDomainPropertyTest {

    @Provide
    Arbitrary<String> verified() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("true")), Tuple.of(1, Arbitraries.of("false", "null", "1", "\"true\"")));
    }

    @Provide
    Arbitrary<String> propagation() {
        return words(
                "DNS_RECORD_STATUS_PROPAGATED", "DNS_RECORD_STATUS_REQUIRES_UPDATE", "DNS_RECORD_STATUS_UNSPECIFIED");
    }

    @Provide
    Arbitrary<String> certificate() {
        return words(
                "CERTIFICATE_STATUS_TYPE_VALID",
                "CERTIFICATE_STATUS_TYPE_ISSUING",
                "CERTIFICATE_STATUS_TYPE_VALIDATING_OWNERSHIP",
                "CERTIFICATE_STATUS_TYPE_ISSUE_FAILED",
                "CERTIFICATE_STATUS_TYPE_UNSPECIFIED",
                "UNRECOGNIZED");
    }

    @Provide
    Arbitrary<String> sync() {
        return words("ACTIVE", "CREATING", "DELETING", "DELETED", "UPDATING", "UNSPECIFIED");
    }

    private static Arbitrary<String> words(String good, String... others) {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.just(good)),
                        Tuple.of(3, Arbitraries.of(others)),
                        Tuple.of(1, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8)))
                .map(word -> '"' + word + '"');
    }

    @Property(tries = 80, shrinking = ShrinkingMode.OFF)
    void nothing_is_ready_that_lacks_something(
            @ForAll("verified") String verified,
            @ForAll("propagation") String propagation,
            @ForAll("certificate") String certificate,
            @ForAll("sync") String sync,
            @ForAll boolean cloudflare) {
        VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        try (FakeRailway fake = FakeRailway.start(time)) {
            fake.service("api").deployed("aaaa111aaaa111aaaa111aaaa111aaaa111aaaa1");
            fake.fault("domains", RailwayFault.saying(said(verified, propagation, certificate, sync, cloudflare)));
            Finding found = Examine.once(Railway.projectToken(fake.projectToken(), "shop", "production")
                            .service("api")
                            .domain("api.shop.example")
                            .isReady())
                    .through(fake.network())
                    .on(time)
                    .outcome()
                    .finding();

            boolean ready = verified.equals("true")
                    && propagation.equals("\"DNS_RECORD_STATUS_PROPAGATED\"")
                    && certificate.equals("\"CERTIFICATE_STATUS_TYPE_VALID\"")
                    && sync.equals("\"ACTIVE\"");
            assertThat(found == Finding.PASSED)
                    .as("%s %s %s %s", verified, propagation, certificate, sync)
                    .isEqualTo(ready);
        }
    }

    private static String said(
            String verified, String propagation, String certificate, String sync, boolean cloudflare) {
        return "{\"serviceDomains\":[],\"customDomains\":[{\"domain\":\"api.shop.example\",\"targetPort\":null,"
                + "\"syncStatus\":" + sync + ",\"status\":{\"verified\":" + verified
                + ",\"cdnProvider\":" + (cloudflare ? "\"DETECTED_CDN_PROVIDER_CLOUDFLARE\"" : "null")
                + ",\"certificateStatus\":" + certificate + ",\"certificates\":null,\"dnsRecords\":["
                + "{\"fqdn\":\"api.shop.example\",\"recordType\":\"DNS_RECORD_TYPE_CNAME\","
                + "\"purpose\":\"DNS_RECORD_PURPOSE_TRAFFIC_ROUTE\",\"requiredValue\":\"x\",\"currentValue\":\"\","
                + "\"status\":" + propagation + "}]}}]}";
    }
}
