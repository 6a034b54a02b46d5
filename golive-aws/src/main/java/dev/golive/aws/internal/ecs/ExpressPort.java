package dev.golive.aws.internal.ecs;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.EcsClientBuilder;
import software.amazon.awssdk.services.ecs.model.DescribeExpressGatewayServiceResponse;
import software.amazon.awssdk.services.ecs.model.ECSExpressGatewayService;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceConfiguration;
import software.amazon.awssdk.services.ecs.model.ExpressGatewayServiceStatus;
import software.amazon.awssdk.services.ecs.model.UpdatedExpressGatewayService;

/** What golive asks of the Express Mode of ECS. */
public final class ExpressPort {

    private static final ClientType<EcsClientBuilder, EcsClient> CLIENT =
            ClientType.of(Service.ECS, EcsClient::builder, EcsClient.serviceMetadata());

    private static final Set<String> NO_SERVICE = Set.of("ClusterNotFoundException", "ServiceNotFoundException");

    /**
     * A service as it is described.
     *
     * @param status its status, in the words of ECS
     * @param active what it is configured with; several while a deployment goes on
     */
    public record State(String status, List<ExpressConfiguration> active) {}

    private final Calls calls;
    private final EcsClient client;

    private ExpressPort(Calls calls, EcsClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static ExpressPort of(Calls calls) throws Exception {
        return new ExpressPort(calls, calls.client(CLIENT));
    }

    /** A service, empty if there is none. */
    public Optional<State> service(String arn) throws Exception {
        Optional<DescribeExpressGatewayServiceResponse> found =
                calls.found(NO_SERVICE, () -> client.describeExpressGatewayService(request -> request.serviceArn(arn)));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ECSExpressGatewayService service = calls.said(found.get().service(), "the service");
        ExpressGatewayServiceStatus status = calls.said(service.status(), "the status of the service");
        List<ExpressConfiguration> active = new ArrayList<>();
        for (ExpressGatewayServiceConfiguration one :
                calls.listed(service.hasActiveConfigurations(), service.activeConfigurations(), "configurations")) {
            active.add(ExpressConfiguration.of(calls, one));
        }
        return Optional.of(
                new State(calls.said(status.statusCodeAsString(), "the status of the service"), List.copyOf(active)));
    }

    /** Brings a service to a configuration; gives the ARN of the service revision, empty if ECS does not name it. */
    public String update(String arn, ExpressConfiguration target) throws Exception {
        UpdatedExpressGatewayService updated = calls.said(
                calls.writing(() -> client.updateExpressGatewayService(target.request(arn)))
                        .service(),
                "the service");
        ExpressGatewayServiceConfiguration configuration = updated.targetConfiguration();
        String revision = configuration == null ? null : configuration.serviceRevisionArn();
        return revision == null ? "" : revision;
    }
}
