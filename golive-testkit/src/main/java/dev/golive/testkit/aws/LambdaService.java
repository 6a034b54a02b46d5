package dev.golive.testkit.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetAliasRequest;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionRequest;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasResponse;

/** Lambda. */
final class LambdaService extends FakeService {

    private final Map<String, FakeLambda.Function> functions = new LinkedHashMap<>();
    private final Map<String, FakeLambda> aliases = new LinkedHashMap<>();

    LambdaService(FakeAws aws) {
        super(aws, "lambda", "");
        rest(
                "GetFunctionConfiguration",
                "GET /2015-03-31/functions/{FunctionName}/configuration",
                GetFunctionConfigurationRequest::builder,
                this::configuration);
        rest(
                "ListVersionsByFunction",
                "GET /2015-03-31/functions/{FunctionName}/versions",
                ListVersionsByFunctionRequest::builder,
                this::versions);
        rest(
                "GetAlias",
                "GET /2015-03-31/functions/{FunctionName}/aliases/{Name}",
                GetAliasRequest::builder,
                this::get);
        rest(
                "UpdateAlias",
                "PUT /2015-03-31/functions/{FunctionName}/aliases/{Name}",
                UpdateAliasRequest::builder,
                this::update);
    }

    FakeLambda lambda(String function, String alias, Instant now) {
        return aliases.computeIfAbsent(function + ":" + alias, key -> {
            FakeLambda.Function shared =
                    functions.computeIfAbsent(function, name -> new FakeLambda.Function(arn("function:" + name), name));
            if (shared.versions.isEmpty()) {
                shared.publish(now);
            }
            return new FakeLambda(aws(), shared, alias, now);
        });
    }

    @Override
    AwsError throttled() {
        return new AwsError(429, "TooManyRequestsException", "Rate Exceeded.");
    }

    @Override
    AwsError denied(String operation) {
        return new AwsError(
                403, "AccessDeniedException", super.denied(operation).text());
    }

    @Override
    AwsError expired() {
        return new AwsError(403, "ExpiredTokenException", super.expired().text());
    }

    @Override
    AwsError broken() {
        return new AwsError(500, "ServiceException", "An error occurred and the request cannot be processed.");
    }

    private FakeLambda.Function function(String name) {
        FakeLambda.Function function = functions.get(name.substring(name.lastIndexOf(':') + 1));
        if (function == null) {
            throw new AwsError(404, "ResourceNotFoundException", "Function not found: " + arn("function:" + name));
        }
        return function;
    }

    private FakeLambda alias(String function, String name) {
        FakeLambda alias = aliases.get(function(function).name + ":" + name);
        if (alias == null) {
            throw new AwsError(
                    404,
                    "ResourceNotFoundException",
                    "Cannot find alias arn: " + arn("function:" + function + ":" + name));
        }
        return alias;
    }

    private GetFunctionConfigurationResponse configuration(GetFunctionConfigurationRequest request, Instant now) {
        FunctionConfiguration found = function(request.functionName())
                .version(request.qualifier() == null ? "$LATEST" : request.qualifier(), now)
                .orElseThrow(() -> new AwsError(
                        404,
                        "ResourceNotFoundException",
                        "Function not found: "
                                + arn("function:" + request.functionName() + ":" + request.qualifier())));
        return GetFunctionConfigurationResponse.builder()
                .functionName(found.functionName())
                .functionArn(found.functionArn())
                .version(found.version())
                .codeSha256(found.codeSha256())
                .runtime(found.runtimeAsString())
                .packageType(found.packageTypeAsString())
                .state(found.stateAsString())
                .lastUpdateStatus(found.lastUpdateStatusAsString())
                .environment(found.environment())
                .revisionId(found.revisionId())
                .build();
    }

    private ListVersionsByFunctionResponse versions(ListVersionsByFunctionRequest request, Instant now) {
        List<FunctionConfiguration> all =
                new ArrayList<>(function(request.functionName()).versions(now));
        Page<FunctionConfiguration> page =
                page(all, request.marker(), request.maxItems(), "InvalidParameterValueException");
        return ListVersionsByFunctionResponse.builder()
                .versions(page.items())
                .nextMarker(page.next())
                .build();
    }

    private GetAliasResponse get(GetAliasRequest request, Instant now) {
        FakeLambda alias = alias(request.functionName(), request.name());
        FakeLambda.Pointing pointing = alias.pointing(now);
        return GetAliasResponse.builder()
                .aliasArn(alias.arn())
                .name(request.name())
                .functionVersion(pointing.version())
                .description("")
                .routingConfig(pointing.routing())
                .revisionId(pointing.revision())
                .build();
    }

    private UpdateAliasResponse update(UpdateAliasRequest request, Instant now) {
        FakeLambda alias = alias(request.functionName(), request.name());
        FakeLambda.Pointing before = alias.pointing(now);
        if (request.revisionId() != null && !request.revisionId().equals(before.revision())) {
            throw new AwsError(
                    412,
                    "PreconditionFailedException",
                    "The RevisionId provided does not match the latest RevisionId for the function alias.");
        } else if (alias.isBusy(now)) {
            throw new AwsError(
                    409,
                    "ResourceConflictException",
                    "The operation cannot be performed at this time. An update is in progress for resource: "
                            + alias.arn());
        }
        String version = request.functionVersion() == null ? before.version() : request.functionVersion();
        if (function(request.functionName()).version(version, now).isEmpty()) {
            throw new AwsError(404, "ResourceNotFoundException", "Function not found: " + arn("function:" + version));
        }
        // without a routing, the parts of other versions stay as they are
        Map<String, Double> others =
                request.routingConfig() == null || !request.routingConfig().hasAdditionalVersionWeights()
                        ? before.others()
                        : request.routingConfig().additionalVersionWeights();
        FakeLambda.Pointing after = alias.point(version, others, now);
        return UpdateAliasResponse.builder()
                .aliasArn(alias.arn())
                .name(request.name())
                .functionVersion(after.version())
                .description("")
                .routingConfig(after.routing())
                .revisionId(after.revision())
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        aliases.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> aliases.remove(key, one))));
    }
}
