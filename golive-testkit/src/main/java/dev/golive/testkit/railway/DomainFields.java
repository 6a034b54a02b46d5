package dev.golive.testkit.railway;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways in to services: domains of their own and of Railway, and ports. */
final class DomainFields extends RailwayFields {

    DomainFields(FakeRailway railway) {
        super(railway);
    }

    @Override
    void register(Map<String, RailwayGraph.Handler> handlers) {
        handlers.put("domains", (args, asking) -> {
            project(args.text("projectId"), asking);
            return all(instance(args, asking), asking.seen());
        });
        handlers.put("customDomain", (args, asking) -> {
            project(args.text("projectId"), asking);
            return custom(domain(args.text("id"), asking), asking.seen());
        });
        handlers.put(
                "customDomainIssueCertificate",
                (args, asking) -> domain(args.text("id"), asking).issue(asking.now()));
        handlers.put("tcpProxies", this::proxies);
    }

    private FakeRailwayDomain domain(String id, Asking asking) {
        asking.caller().inProject();
        for (FakeRailwayEnvironment environment : railway.allEnvironments()) {
            for (FakeRailwayService service : environment.services.values()) {
                for (FakeRailwayDomain domain : service.domains.values()) {
                    if (domain.id().equals(id)) {
                        instance(service.id(), environment.id(), asking);
                        return domain;
                    }
                }
            }
        }
        throw asking.caller().missing("CustomDomain");
    }

    /** All domains of a service. */
    static Map<String, @Nullable Object> all(FakeRailwayService service, Instant seen) {
        List<Object> own = new ArrayList<>();
        service.domains.values().forEach(domain -> own.add(custom(domain, seen)));
        List<Object> below = new ArrayList<>();
        service.subdomains
                .values()
                .forEach(domain -> below.add(object(
                        "id", domain.id(),
                        "domain", domain.domain(),
                        "suffix", "",
                        "targetPort", 8080,
                        "syncStatus", "ACTIVE",
                        "serviceId", service.id(),
                        "environmentId", service.environment().id(),
                        "createdAt", domain.createdAt(),
                        "updatedAt", domain.createdAt())));
        return object("customDomains", own, "serviceDomains", below);
    }

    private static Map<String, @Nullable Object> custom(FakeRailwayDomain domain, Instant seen) {
        FakeRailwayDomain.Certificate certificate = domain.certificate(seen);
        List<Object> certificates = certificate.expiresAt() == null
                ? List.of()
                : List.of(object(
                        "issuedAt", certificate.issuedAt(),
                        "expiresAt", certificate.expiresAt(),
                        "domainNames", List.of(domain.name()),
                        "fingerprintSha256", domain.id().replace("-", "").repeat(2),
                        "keyType", "KEY_TYPE_ECDSA"));
        int dot = domain.name().indexOf('.');
        List<Object> records = new ArrayList<>();
        for (FakeRailwayDomain.Entry one : domain.records) {
            records.add(object(
                    "hostlabel", domain.name().substring(0, Math.max(0, dot)),
                    "fqdn", one.host(),
                    "zone", domain.name().substring(dot + 1),
                    "recordType", one.type(),
                    "purpose", one.purpose(),
                    "requiredValue", one.required(),
                    "currentValue", one.current(),
                    "status", one.status()));
        }
        return object(
                "id", domain.id(),
                "domain", domain.name(),
                "targetPort", domain.targetPort(),
                "syncStatus", domain.syncStatus(),
                "serviceId", domain.service().id(),
                "environmentId", domain.service().environment().id(),
                "createdAt", domain.createdAt(),
                "updatedAt", domain.createdAt(),
                "status",
                        object(
                                "verified", domain.isVerified(),
                                "verificationDnsHost", "_railway-verify." + domain.name(),
                                "verificationToken", domain.verificationToken(),
                                "cdnProvider", domain.isBehindCloudflare() ? "DETECTED_CDN_PROVIDER_CLOUDFLARE" : null,
                                "certificateStatus", certificate.status(),
                                "certificateStatusDetailed", certificate.detailed(),
                                "certificateErrorType", certificate.error(),
                                "certificateErrorMessage", certificate.message(),
                                "certificateRetryable", certificate.retryable(),
                                "certificates", certificates,
                                "dnsRecords", records));
    }

    private Object proxies(Args args, Asking asking) {
        FakeRailwayService service = instance(args, asking);
        List<Object> all = new ArrayList<>();
        for (FakeRailwayService.Proxy one : service.proxies) {
            all.add(object(
                    "id", one.id(),
                    "domain", one.domain(),
                    "proxyPort", one.port(),
                    "applicationPort", one.applicationPort(),
                    "syncStatus", one.syncStatus(),
                    "serviceId", service.id(),
                    "environmentId", service.environment().id(),
                    "createdAt", one.createdAt(),
                    "updatedAt", one.createdAt(),
                    "deletedAt", null));
        }
        return all;
    }
}
