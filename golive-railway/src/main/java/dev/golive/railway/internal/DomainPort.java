package dev.golive.railway.internal;

import dev.golive.provider.ApiJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What golive asks about the ways to a service from outside. */
public final class DomainPort {

    /** What Railway calls something that it has carried out. */
    public static final String ACTIVE = "ACTIVE";

    private static final Set<String> NOT_ACTIVE = Set.of("CREATING", "UPDATING", "DELETING", "DELETED");

    /** What a status says about whether something works. */
    public enum Says {
        /** It does. */
        YES,
        /** It does not. */
        NO,
        /** Railway does not say, or says something that nobody has told golive of. */
        NOTHING
    }

    /**
     * The domains of a service.
     *
     * @param service those that Railway gave it
     * @param custom those of its owner
     */
    public record Domains(List<ServiceDomain> service, List<CustomDomain> custom) {}

    /**
     * A domain that Railway gave to a service.
     *
     * @param name its name
     * @param status how far Railway is with it
     */
    public record ServiceDomain(String name, String status) {}

    /**
     * A domain of the owner of a service.
     *
     * @param name its name, in lower case and in ASCII
     * @param port the port of the service, {@code null} if Railway finds it out
     * @param status how far Railway is with it
     * @param verified whether Railway believes that the owner of the service owns the domain
     * @param verificationHost where the record that shows it must stand, {@code null} if it was not told
     * @param cdn who stands before Railway, {@code null} if nobody does
     * @param certificate the status of the certificate
     * @param issue how far it is with being issued, {@code null} if it was not told
     * @param errorType why it was not issued, {@code null} if it was not told
     * @param errorMessage the same in words, {@code null} if it was not told
     * @param certificates what is known of the certificates
     * @param records what must stand in DNS
     */
    public record CustomDomain(
            String name,
            @Nullable Integer port,
            String status,
            boolean verified,
            @Nullable String verificationHost,
            @Nullable String cdn,
            String certificate,
            @Nullable String issue,
            @Nullable String errorType,
            @Nullable String errorMessage,
            List<Issued> certificates,
            List<Entry> records) {

        /** Whether Cloudflare was seen to stand before Railway. */
        public boolean isBehindCloudflare() {
            return "DETECTED_CDN_PROVIDER_CLOUDFLARE".equals(cdn);
        }
    }

    /**
     * A certificate.
     *
     * @param names what it is for, in lower case and in ASCII
     * @param expiresAt until when it is valid, {@code null} if it was not told
     */
    public record Issued(List<String> names, @Nullable Instant expiresAt) {

        /** Whether it is for a host. */
        public boolean covers(String host) {
            return names.stream().anyMatch(name -> HostName.covers(name, host));
        }
    }

    /**
     * A record that must stand in DNS.
     *
     * @param name where it must stand
     * @param type its type, for example {@code CNAME}
     * @param purpose what it is for, for example {@code TRAFFIC_ROUTE}
     * @param required what it must say
     * @param current what Railway sees, empty if that is nothing
     * @param status what Railway says of it, for example {@code PROPAGATED}
     */
    public record Entry(String name, String type, String purpose, String required, String current, String status) {}

    /**
     * A way to a port of a service that is not HTTP.
     *
     * @param address host and port that are open to everybody
     * @param port the port of the service
     * @param status how far Railway is with it
     */
    public record TcpProxy(String address, int port, String status) {}

    private final Calls calls;

    private DomainPort(Calls calls) {
        this.calls = calls;
    }

    /** The port of an attempt. */
    public static DomainPort of(Calls calls) {
        return new DomainPort(calls);
    }

    /** Whether something is carried out that Railway says this of. */
    public static Says active(String status) {
        return status.equals(ACTIVE) ? Says.YES : NOT_ACTIVE.contains(status) ? Says.NO : Says.NOTHING;
    }

    /** The domains of a service, without those that were deleted. */
    public Domains domains(String serviceId) throws InterruptedException {
        ApiJson said = calls.ask(
                Operation.DOMAINS,
                Map.of(
                        "projectId",
                        calls.scope().projectId(),
                        "environmentId",
                        calls.scope().environmentId(),
                        "serviceId",
                        serviceId));
        return new Domains(
                said.get("serviceDomains").list().stream()
                        .map(one -> new ServiceDomain(
                                HostName.told(one.get("domain").text()),
                                one.get("syncStatus").text()))
                        .filter(one -> !one.status().equals("DELETED"))
                        .toList(),
                said.get("customDomains").list().stream()
                        .map(DomainPort::custom)
                        .filter(one -> !one.status().equals("DELETED"))
                        .toList());
    }

    private static CustomDomain custom(ApiJson said) {
        ApiJson status = said.get("status").said();
        return new CustomDomain(
                HostName.told(said.get("domain").text()),
                said.get("targetPort").maybe().map(DomainPort::port).orElse(null),
                said.get("syncStatus").text(),
                status.get("verified").flag(),
                status.get("verificationDnsHost").textIfAny().orElse(null),
                status.get("cdnProvider").textIfAny().orElse(null),
                without(
                        "CERTIFICATE_STATUS_TYPE_",
                        status.get("certificateStatus").text()),
                status.get("certificateStatusDetailed")
                        .textIfAny()
                        .map(text -> without("CERTIFICATE_STATUS_TYPE_DETAILED_", text))
                        .orElse(null),
                status.get("certificateErrorType")
                        .textIfAny()
                        .map(text -> without("CERTIFICATE_ERROR_TYPE_", text))
                        .orElse(null),
                status.get("certificateErrorMessage").textIfAny().orElse(null),
                status.get("certificates").isPresent()
                        ? status.get("certificates").list().stream()
                                .map(DomainPort::issued)
                                .toList()
                        : List.of(),
                status.get("dnsRecords").list().stream().map(DomainPort::entry).toList());
    }

    private static int port(ApiJson said) {
        long port = said.integer();
        if (port < 1 || port > 65535) {
            throw said.missing(" as a port");
        }
        return (int) port;
    }

    private static Issued issued(ApiJson said) {
        return new Issued(
                said.get("domainNames").list().stream()
                        .map(name -> HostName.told(name.text()))
                        .toList(),
                said.get("expiresAt").maybe().map(ApiJson::instant).orElse(null));
    }

    private static Entry entry(ApiJson said) {
        return new Entry(
                said.get("fqdn").text(),
                without("DNS_RECORD_TYPE_", said.get("recordType").text()),
                without("DNS_RECORD_PURPOSE_", said.get("purpose").text()),
                said.get("requiredValue").text(),
                said.get("currentValue").textIfAny().orElse(""),
                without("DNS_RECORD_STATUS_", said.get("status").text()));
    }

    private static String without(String prefix, String text) {
        return text.startsWith(prefix) && text.length() > prefix.length() ? text.substring(prefix.length()) : text;
    }

    /** The ways to a service that are not HTTP, without those that were deleted. */
    public List<TcpProxy> tcpProxies(String serviceId) throws InterruptedException {
        return calls
                .ask(
                        Operation.TCP_PROXIES,
                        Map.of(
                                "serviceId",
                                serviceId,
                                "environmentId",
                                calls.scope().environmentId()))
                .list()
                .stream()
                // one that is being deleted has an instant too, and can still be reached
                .filter(one -> !one.get("deletedAt").isPresent()
                        || one.get("syncStatus").text().equals("DELETING"))
                .map(one -> new TcpProxy(
                        HostName.told(one.get("domain").text()) + ":" + port(one.get("proxyPort")),
                        port(one.get("applicationPort")),
                        one.get("syncStatus").text()))
                .filter(one -> !one.status().equals("DELETED"))
                .toList();
    }
}
