package dev.golive.testkit.railway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The three facts about a domain, and ways in of other kinds. */
class FakeRailwayDomainTest extends OnFakeRailway {

    private static final String DOMAIN = "query($id: String!, $p: String!) { customDomain(id: $id, projectId: $p) {"
            + " domain syncStatus status { verified verificationDnsHost verificationToken cdnProvider certificateStatus"
            + " certificateErrorType certificateErrorMessage certificateRetryable certificates { issuedAt expiresAt }"
            + " dnsRecords { purpose recordType requiredValue currentValue status } } } }";
    private static final String ISSUE = "mutation($id: String!) { customDomainIssueCertificate(id: $id) }";

    private final FakeRailwayService api = fake.service("api");
    private final FakeRailwayDomain domain = api.domain("api.shop.example");

    private JsonNode told() throws Exception {
        return ask(DOMAIN, "id", domain.id(), "p", fake.projectId()).at("/customDomain/status");
    }

    @Test
    void all_is_well_from_the_beginning() throws Exception {
        JsonNode status = told();

        assertThat(status.get("verified").asBoolean()).isTrue();
        assertThat(status.get("certificateStatus").asText()).isEqualTo("CERTIFICATE_STATUS_TYPE_VALID");
        assertThat(status.at("/certificates/0/expiresAt").asText()).isEqualTo("2027-05-01T09:00:00.000Z");
        assertThat(status.at("/dnsRecords/0/status").asText()).isEqualTo("DNS_RECORD_STATUS_PROPAGATED");
        assertThat(status.at("/dnsRecords/0/currentValue")).isEqualTo(status.at("/dnsRecords/0/requiredValue"));
        assertThat(status.get("verificationDnsHost").asText()).isEqualTo("_railway-verify.api.shop.example");
        assertThat(status.get("verificationToken").asText()).isEqualTo(domain.verificationToken());
    }

    @Test
    void each_of_the_three_may_be_wrong_by_itself() throws Exception {
        domain.unverified();
        assertThat(told().get("verified").asBoolean()).isFalse();
        assertThat(told().get("certificateStatus").asText()).isEqualTo("CERTIFICATE_STATUS_TYPE_VALID");
        domain.leadsTo("elsewhere.example").behindCloudflare();
        assertThat(told().at("/dnsRecords/0/status").asText()).isEqualTo("DNS_RECORD_STATUS_REQUIRES_UPDATE");
        assertThat(told().at("/dnsRecords/0/currentValue").asText()).isEqualTo("elsewhere.example");
        assertThat(told().get("cdnProvider").asText()).isEqualTo("DETECTED_CDN_PROVIDER_CLOUDFLARE");
        domain.certificatePending("VALIDATING_OWNERSHIP", "POLLING_AUTHORIZATIONS");
        assertThat(told().get("certificateStatus").asText()).isEqualTo("CERTIFICATE_STATUS_TYPE_VALIDATING_OWNERSHIP");
        assertThat(told().get("certificates")).isEmpty();
        domain.certificate(START, START.plus(Duration.ofDays(1)));
        assertThat(told().at("/certificates/0/expiresAt").asText()).isEqualTo("2027-03-03T09:00:00.000Z");
    }

    @Test
    void a_certificate_that_failed_can_be_asked_for_again() throws Exception {
        assertThat(ask(ISSUE, "id", domain.id())
                        .get("customDomainIssueCertificate")
                        .asBoolean())
                .as("only after a failure")
                .isFalse();
        domain.certificateFailed("DNS_VALIDATION", "no record");
        assertThat(told().get("certificateErrorType").asText()).isEqualTo("CERTIFICATE_ERROR_TYPE_DNS_VALIDATION");
        assertThat(told().get("certificateRetryable").asBoolean()).isTrue();

        assertThat(ask(ISSUE, "id", domain.id())
                        .get("customDomainIssueCertificate")
                        .asBoolean())
                .isTrue();
        assertThat(told().get("certificateStatus").asText()).isEqualTo("CERTIFICATE_STATUS_TYPE_ISSUING");
        pass(60);
        assertThat(told().get("certificateStatus").asText()).isEqualTo("CERTIFICATE_STATUS_TYPE_VALID");
    }

    @Test
    void a_certificate_fails_again_while_the_records_lead_elsewhere() throws Exception {
        domain.certificateFailed("DNS_VALIDATION", "no record").leadsTo("");
        ask(ISSUE, "id", domain.id());
        pass(60);

        assertThat(told().get("certificateStatus").asText()).isEqualTo("CERTIFICATE_STATUS_TYPE_ISSUE_FAILED");
    }

    @Test
    void a_value_that_no_schema_has_is_told_all_the_same() throws Exception {
        domain.syncStatus("BROKEN").record("x", "CAA", "TRAFFIC_ROUTE", "a", "b", "PENDING");
        JsonNode told = ask(DOMAIN, "id", domain.id(), "p", fake.projectId()).get("customDomain");

        assertThat(told.get("syncStatus").asText()).isEqualTo("BROKEN");
        assertThat(told.at("/status/dnsRecords/1/recordType").asText()).isEqualTo("DNS_RECORD_TYPE_CAA");
        fake.verify();
    }

    @Test
    void domains_and_ports_of_a_service_are_listed() throws Exception {
        api.serviceDomain("api-production.up.railway.app")
                .tcpProxy("monorail.proxy.rlwy.net", 12345, 5432)
                .tcpProxy("monorail.proxy.rlwy.net", 12346, 5433, "CREATING");
        JsonNode all = ask(
                "query($p: String!, $e: String!, $s: String!) { domains(projectId: $p, environmentId: $e, serviceId: $s) {"
                        + " customDomains { domain } serviceDomains { domain syncStatus } } tcpProxies(environmentId: $e,"
                        + " serviceId: $s) { proxyPort applicationPort syncStatus } }",
                "p",
                fake.projectId(),
                "e",
                fake.environmentId(),
                "s",
                api.id());

        assertThat(all.at("/domains/customDomains/0/domain").asText()).isEqualTo("api.shop.example");
        assertThat(all.at("/domains/serviceDomains/0/domain").asText()).isEqualTo("api-production.up.railway.app");
        assertThat(all.get("tcpProxies").findValuesAsText("syncStatus")).containsExactly("ACTIVE", "CREATING");
        assertThat(fake.requests().get(0).fields()).containsExactly("domains", "tcpProxies");
    }
}
