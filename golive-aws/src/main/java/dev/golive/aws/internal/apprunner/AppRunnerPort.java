package dev.golive.aws.internal.apprunner;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.apprunner.AppRunnerClientBuilder;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfiguration;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfigurationSummary;
import software.amazon.awssdk.services.apprunner.model.CertificateValidationRecord;
import software.amazon.awssdk.services.apprunner.model.CustomDomain;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.HealthCheckConfiguration;
import software.amazon.awssdk.services.apprunner.model.ListOperationsResponse;
import software.amazon.awssdk.services.apprunner.model.ListServicesResponse;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.Service;
import software.amazon.awssdk.services.apprunner.model.ServiceSummary;

/** What golive asks of App Runner. */
public final class AppRunnerPort {

    private static final ClientType<AppRunnerClientBuilder, AppRunnerClient> CLIENT = ClientType.of(
            dev.golive.aws.internal.Service.APP_RUNNER, AppRunnerClient::builder, AppRunnerClient.serviceMetadata());

    private static final String DELETED = "DELETED";
    private static final Set<String> NO_SERVICE = Set.of("ResourceNotFoundException");

    /**
     * A service as it is described.
     *
     * @param arn its ARN
     * @param name its name
     * @param status its status, in App Runner's words
     * @param url its own host name
     * @param updatedAt when it was last changed
     * @param configuration what it is configured with, which is not what runs while an operation goes on
     * @param scalingArn the ARN of its auto scaling configuration, empty if it told none
     * @param health its health check, {@code null} if it told none
     */
    public record State(
            String arn,
            String name,
            String status,
            String url,
            Instant updatedAt,
            Configuration configuration,
            String scalingArn,
            @Nullable Health health) {

        /** Whether an operation goes on. */
        public boolean isBusy() {
            return status.equals("OPERATION_IN_PROGRESS");
        }
    }

    /**
     * How App Runner finds out whether an instance is well.
     *
     * @param protocol TCP or HTTP
     * @param path the path that is asked
     * @param intervalSeconds how often
     * @param timeoutSeconds how long it waits
     * @param healthyThreshold after how many good answers an instance is well
     * @param unhealthyThreshold after how many bad ones it is not
     */
    public record Health(
            String protocol,
            String path,
            int intervalSeconds,
            int timeoutSeconds,
            int healthyThreshold,
            int unhealthyThreshold) {}

    /**
     * An operation of a service.
     *
     * @param id its id
     * @param type for example {@code UPDATE_SERVICE}
     * @param status for example {@code SUCCEEDED}
     * @param startedAt when it began
     */
    public record Operation(String id, String type, String status, Instant startedAt) {

        /** Whether it goes on. */
        public boolean isOpen() {
            return status.equals("PENDING") || status.equals("IN_PROGRESS") || status.equals("ROLLBACK_IN_PROGRESS");
        }

        /** Whether it ended as it should; everything else that has ended is a failure. */
        public boolean hasSucceeded() {
            return status.equals("SUCCEEDED");
        }

        /** Whether it puts something live. */
        public boolean isDeployment() {
            return type.equals("UPDATE_SERVICE") || type.equals("START_DEPLOYMENT") || type.equals("CREATE_SERVICE");
        }

        @Override
        public String toString() {
            return type + " " + id + " is " + status;
        }
    }

    /**
     * A domain of a service.
     *
     * @param name the domain
     * @param status in App Runner's words
     * @param target where its record must point to
     * @param records what must be in DNS for its certificate
     */
    public record Domain(String name, String status, String target, List<ValidationRecord> records) {}

    /**
     * A record that a certificate is validated by.
     *
     * @param name its name
     * @param type its type
     * @param value its value
     * @param status in App Runner's words
     */
    public record ValidationRecord(String name, String type, String value, String status) {}

    /**
     * How many instances there may be.
     *
     * @param least how many at least
     * @param most how many at most
     * @param concurrency how many requests one takes at once
     */
    public record Scaling(int least, int most, int concurrency) {}

    /** So many operations tell what runs; a service may have thousands. */
    private static final int ENOUGH = 50;

    private final Calls calls;
    private final AppRunnerClient client;

    private AppRunnerPort(Calls calls, AppRunnerClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static AppRunnerPort of(Calls calls) throws Exception {
        return new AppRunnerPort(calls, calls.client(CLIENT));
    }

    /**
     * The service of a name, empty if there is none. Where it is, is asked for once in a session; a name is free again once
     * its service was deleted.
     */
    public Optional<State> service(String name) throws Exception {
        String key = "App Runner " + calls.region() + " " + name;
        Optional<String> known = calls.remembered(key, String.class);
        if (known.isPresent()) {
            Optional<State> state = described(known.get());
            if (state.isPresent() && !state.get().status().equals(DELETED)) {
                return state;
            }
        }
        for (ListServicesResponse page : client.listServicesPaginator(request -> {})) {
            for (ServiceSummary summary :
                    calls.listed(page.hasServiceSummaryList(), page.serviceSummaryList(), "services")) {
                if (name.equals(summary.serviceName()) && !DELETED.equals(summary.statusAsString())) {
                    String arn = calls.said(summary.serviceArn(), "the ARN of the service");
                    calls.remember(key, arn);
                    return described(arn);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<State> described(String arn) throws Exception {
        Optional<DescribeServiceResponse> answer =
                calls.found(NO_SERVICE, () -> client.describeService(request -> request.serviceArn(arn)));
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(state(arn, answer.get().service()));
    }

    private State state(String arn, @Nullable Service described) {
        Service service = calls.said(described, "the service");
        AutoScalingConfigurationSummary scaling = service.autoScalingConfigurationSummary();
        calls.said(service.sourceConfiguration(), "the source of the service");
        return new State(
                arn,
                calls.said(service.serviceName(), "the name of the service"),
                calls.said(service.statusAsString(), "the status of the service"),
                service.serviceUrl() == null ? "" : service.serviceUrl(),
                calls.said(service.updatedAt(), "when the service was changed"),
                Configuration.of(service),
                scaling == null || scaling.autoScalingConfigurationArn() == null
                        ? ""
                        : scaling.autoScalingConfigurationArn(),
                health(service.healthCheckConfiguration()));
    }

    private static @Nullable Health health(@Nullable HealthCheckConfiguration health) {
        if (health == null || health.protocolAsString() == null) {
            return null;
        }
        // the documented defaults of what is not said
        return new Health(
                health.protocolAsString(),
                health.path() == null ? "/" : health.path(),
                health.interval() == null ? 5 : health.interval(),
                health.timeout() == null ? 2 : health.timeout(),
                health.healthyThreshold() == null ? 1 : health.healthyThreshold(),
                health.unhealthyThreshold() == null ? 5 : health.unhealthyThreshold());
    }

    /** The operations of a service, the newest first; no more than are needed to tell what runs. */
    public List<Operation> operations(String arn) {
        List<Operation> operations = new ArrayList<>();
        for (ListOperationsResponse page : client.listOperationsPaginator(request -> request.serviceArn(arn))) {
            for (OperationSummary summary :
                    calls.listed(page.hasOperationSummaryList(), page.operationSummaryList(), "operations")) {
                operations.add(new Operation(
                        calls.said(summary.id(), "the id of an operation"),
                        calls.said(summary.typeAsString(), "the type of an operation"),
                        calls.said(summary.statusAsString(), "the status of an operation"),
                        calls.said(summary.startedAt(), "when an operation began")));
            }
            if (operations.size() >= ENOUGH) {
                break;
            }
        }
        return operations;
    }

    /** The domains of a service. */
    public List<Domain> domains(String arn) {
        List<Domain> domains = new ArrayList<>();
        for (DescribeCustomDomainsResponse page :
                client.describeCustomDomainsPaginator(request -> request.serviceArn(arn))) {
            for (CustomDomain domain : calls.listed(page.hasCustomDomains(), page.customDomains(), "domains")) {
                List<ValidationRecord> records = new ArrayList<>();
                for (CertificateValidationRecord record : domain.certificateValidationRecords()) {
                    records.add(new ValidationRecord(
                            calls.said(record.name(), "the name of a validation record"),
                            calls.said(record.type(), "the type of a validation record"),
                            calls.said(record.value(), "the value of a validation record"),
                            calls.said(record.statusAsString(), "the status of a validation record")));
                }
                domains.add(new Domain(
                        calls.said(domain.domainName(), "the name of a domain"),
                        calls.said(domain.statusAsString(), "the status of a domain"),
                        page.dnsTarget() == null ? "" : page.dnsTarget(),
                        List.copyOf(records)));
            }
        }
        return domains;
    }

    /** How many instances there may be. */
    public Scaling scaling(String scalingArn) {
        AutoScalingConfiguration scaling = calls.said(
                client.describeAutoScalingConfiguration(request -> request.autoScalingConfigurationArn(scalingArn))
                        .autoScalingConfiguration(),
                "the auto scaling configuration");
        return new Scaling(
                calls.said(scaling.minSize(), "the least number of instances"),
                calls.said(scaling.maxSize(), "the greatest number of instances"),
                calls.said(scaling.maxConcurrency(), "the concurrency"));
    }

    /** Brings a service to a configuration, and gives the id of the operation. */
    public String update(String arn, Configuration target) throws Exception {
        String id = calls.writingValues(() -> client.updateService(target.request(arn)))
                .operationId();
        if (id != null && !id.isEmpty()) {
            return id;
        }
        // there was a time in which the answer did not name the operation
        for (Operation operation : operations(arn)) {
            if (operation.type().equals("UPDATE_SERVICE")) {
                return operation.id();
            }
        }
        throw new IllegalStateException("App Runner began an update and names no operation");
    }

    /** Deploys once more what is configured, and gives the id of the operation. */
    public String redeploy(String arn) throws Exception {
        return calls.said(
                calls.writing(() -> client.startDeployment(request -> request.serviceArn(arn)))
                        .operationId(),
                "the id of the operation");
    }

    /** Stops a service for the time being. */
    public String pause(String arn) throws Exception {
        return calls.said(
                calls.writing(() -> client.pauseService(request -> request.serviceArn(arn)))
                        .operationId(),
                "the id of the operation");
    }

    /** Lets a stopped service go on. */
    public String resume(String arn) throws Exception {
        return calls.said(
                calls.writing(() -> client.resumeService(request -> request.serviceArn(arn)))
                        .operationId(),
                "the id of the operation");
    }
}
