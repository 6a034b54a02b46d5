package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apprunner.model.AutoScalingConfiguration;
import software.amazon.awssdk.services.apprunner.model.CustomDomain;
import software.amazon.awssdk.services.apprunner.model.DescribeAutoScalingConfigurationRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeAutoScalingConfigurationResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeCustomDomainsResponse;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.DescribeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ListOperationsRequest;
import software.amazon.awssdk.services.apprunner.model.ListOperationsResponse;
import software.amazon.awssdk.services.apprunner.model.ListServicesRequest;
import software.amazon.awssdk.services.apprunner.model.ListServicesResponse;
import software.amazon.awssdk.services.apprunner.model.OperationSummary;
import software.amazon.awssdk.services.apprunner.model.PauseServiceRequest;
import software.amazon.awssdk.services.apprunner.model.PauseServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceRequest;
import software.amazon.awssdk.services.apprunner.model.ResumeServiceResponse;
import software.amazon.awssdk.services.apprunner.model.ServiceSummary;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentRequest;
import software.amazon.awssdk.services.apprunner.model.StartDeploymentResponse;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceRequest;
import software.amazon.awssdk.services.apprunner.model.UpdateServiceResponse;

/** App Runner. */
final class AppRunnerService extends FakeService {

    private final Map<String, FakeAppRunner> services = new LinkedHashMap<>();

    AppRunnerService(FakeAws aws) {
        super(aws, "apprunner", "");
        reads("ListServices", ListServicesRequest::builder, this::list);
        reads("DescribeService", DescribeServiceRequest::builder, this::describe);
        reads("ListOperations", ListOperationsRequest::builder, this::operations);
        reads("DescribeCustomDomains", DescribeCustomDomainsRequest::builder, this::domains);
        reads("DescribeAutoScalingConfiguration", DescribeAutoScalingConfigurationRequest::builder, this::scaling);
        changes("UpdateService", UpdateServiceRequest::builder, this::update);
        changes("StartDeployment", StartDeploymentRequest::builder, this::deploy);
        changes("PauseService", PauseServiceRequest::builder, this::pause);
        changes("ResumeService", ResumeServiceRequest::builder, this::resume);
    }

    FakeAppRunner named(String name, Instant now) {
        return services.computeIfAbsent(name, key -> new FakeAppRunner(aws(), this, key, now));
    }

    String operationId() {
        return String.format("%032x", 0x0b000000L + aws().number());
    }

    private FakeAppRunner find(String arn) {
        return services.values().stream()
                .filter(service -> service.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new AwsError(400, "ResourceNotFoundException", "Service not found: " + arn));
    }

    private ListServicesResponse list(ListServicesRequest request, Instant now) {
        List<ServiceSummary> all = new ArrayList<>();
        for (FakeAppRunner service : services.values()) {
            all.add(ServiceSummary.builder()
                    .serviceName(service.name())
                    .serviceId(service.id())
                    .serviceArn(service.arn())
                    .status(service.statusAt(now))
                    .build());
        }
        Page<ServiceSummary> page = page(all, request.nextToken(), request.maxResults(), "InvalidRequestException");
        return ListServicesResponse.builder()
                .serviceSummaryList(page.items())
                .nextToken(page.next())
                .build();
    }

    private DescribeServiceResponse describe(DescribeServiceRequest request, Instant now) {
        return DescribeServiceResponse.builder()
                .service(find(request.serviceArn()).describe(now))
                .build();
    }

    private ListOperationsResponse operations(ListOperationsRequest request, Instant now) {
        Page<OperationSummary> page = page(
                find(request.serviceArn()).summaries(now),
                request.nextToken(),
                request.maxResults(),
                "InvalidRequestException");
        return ListOperationsResponse.builder()
                .operationSummaryList(page.items())
                .nextToken(page.next())
                .build();
    }

    private DescribeCustomDomainsResponse domains(DescribeCustomDomainsRequest request, Instant now) {
        FakeAppRunner service = find(request.serviceArn());
        Page<CustomDomain> page =
                page(service.domains(), request.nextToken(), request.maxResults(), "InvalidRequestException");
        return DescribeCustomDomainsResponse.builder()
                .serviceArn(service.arn())
                .dnsTarget(service.describe(now).serviceUrl())
                .customDomains(page.items())
                .nextToken(page.next())
                .build();
    }

    private DescribeAutoScalingConfigurationResponse scaling(
            DescribeAutoScalingConfigurationRequest request, Instant now) {
        FakeAppRunner service = services.values().stream()
                .filter(one -> one.scalingArn().equals(request.autoScalingConfigurationArn()))
                .findFirst()
                .orElseThrow(() -> new AwsError(400, "ResourceNotFoundException", "No such configuration"));
        return DescribeAutoScalingConfigurationResponse.builder()
                .autoScalingConfiguration(AutoScalingConfiguration.builder()
                        .autoScalingConfigurationArn(service.scalingArn())
                        .minSize(service.minSize())
                        .maxSize(service.maxSize())
                        .maxConcurrency(service.maxConcurrency())
                        .status("ACTIVE")
                        .build())
                .build();
    }

    private UpdateServiceResponse update(UpdateServiceRequest request, Instant now) {
        FakeAppRunner service = idle(request.serviceArn(), now, "RUNNING", "PAUSED", "CREATE_FAILED");
        FakeAppRunner.Operation operation = service.start("UPDATE_SERVICE", service.updated(request, now), now, null);
        return UpdateServiceResponse.builder()
                .operationId(operation.id)
                .service(service.describe(now))
                .build();
    }

    private StartDeploymentResponse deploy(StartDeploymentRequest request, Instant now) {
        FakeAppRunner service = idle(request.serviceArn(), now, "RUNNING");
        return StartDeploymentResponse.builder()
                .operationId(service.start("START_DEPLOYMENT", service.configuration(now), now, null).id)
                .build();
    }

    private PauseServiceResponse pause(PauseServiceRequest request, Instant now) {
        FakeAppRunner service = idle(request.serviceArn(), now, "RUNNING");
        return PauseServiceResponse.builder()
                .operationId(service.start("PAUSE_SERVICE", service.configuration(now), now, null).id)
                .service(service.describe(now))
                .build();
    }

    private ResumeServiceResponse resume(ResumeServiceRequest request, Instant now) {
        FakeAppRunner service = idle(request.serviceArn(), now, "PAUSED");
        return ResumeServiceResponse.builder()
                .operationId(service.start("RESUME_SERVICE", service.configuration(now), now, null).id)
                .service(service.describe(now))
                .build();
    }

    private FakeAppRunner idle(String arn, Instant now, String... allowed) {
        FakeAppRunner service = find(arn);
        String status = service.statusAt(now);
        if (!List.of(allowed).contains(status)) {
            throw new AwsError(
                    400,
                    "InvalidStateException",
                    "Service cannot be changed in its current state: " + status + ", it must be one of "
                            + String.join(", ", allowed));
        }
        return service;
    }

    @Override
    void drifts(Drifts drifts) {
        services.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> services.remove(key, one))));
    }
}
