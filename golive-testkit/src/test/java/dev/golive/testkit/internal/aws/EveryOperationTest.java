package dev.golive.testkit.internal.aws;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.DefaultValueTrait;
import software.amazon.awssdk.core.traits.PayloadTrait;
import software.amazon.awssdk.core.traits.RequiredTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.XmlAttributeTrait;
import software.amazon.awssdk.protocols.core.OperationInfo;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.apprunner.AppRunnerClient;
import software.amazon.awssdk.services.budgets.BudgetsClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.costexplorer.CostExplorerClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.builder.Buildable;

/** The SDK as the other witness: what it writes is read, and what is written it reads, whatever the operation is. */
class EveryOperationTest {

    /** A service in the protocol that it speaks. */
    record Service(WireProtocol protocol, Class<?> client, AwsClientBuilder<?, ?> builder) {
        @Override
        public String toString() {
            return client.getSimpleName();
        }
    }

    static Stream<Service> services() {
        return Stream.of(
                new Service(WireProtocol.JSON_1_0, AppRunnerClient.class, AppRunnerClient.builder()),
                new Service(WireProtocol.JSON_1_0, DynamoDbClient.class, DynamoDbClient.builder()),
                new Service(WireProtocol.JSON_1_1, AcmClient.class, AcmClient.builder()),
                new Service(WireProtocol.JSON_1_1, BudgetsClient.class, BudgetsClient.builder()),
                new Service(WireProtocol.JSON_1_1, CloudWatchLogsClient.class, CloudWatchLogsClient.builder()),
                new Service(WireProtocol.JSON_1_1, CostExplorerClient.class, CostExplorerClient.builder()),
                new Service(WireProtocol.JSON_1_1, EcrClient.class, EcrClient.builder()),
                new Service(WireProtocol.JSON_1_1, EcsClient.class, EcsClient.builder()),
                new Service(WireProtocol.JSON_1_1, SecretsManagerClient.class, SecretsManagerClient.builder()),
                new Service(WireProtocol.QUERY, CloudWatchClient.class, CloudWatchClient.builder()),
                new Service(WireProtocol.QUERY, IamClient.class, IamClient.builder()),
                new Service(WireProtocol.QUERY, RdsClient.class, RdsClient.builder()),
                new Service(WireProtocol.QUERY, SnsClient.class, SnsClient.builder()),
                new Service(WireProtocol.QUERY, StsClient.class, StsClient.builder()),
                new Service(WireProtocol.EC2_QUERY, Ec2Client.class, Ec2Client.builder()),
                new Service(WireProtocol.REST_JSON, LambdaClient.class, LambdaClient.builder()),
                new Service(WireProtocol.REST_XML, CloudFrontClient.class, CloudFrontClient.builder()),
                new Service(WireProtocol.REST_XML, Route53Client.class, Route53Client.builder()),
                new Service(
                        WireProtocol.REST_XML_S3,
                        S3Client.class,
                        S3Client.builder().forcePathStyle(true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void some_operations_go_both_ways(Service service) throws ReflectiveOperationException {
        goBothWays(service, 10);
    }

    @Tag("long")
    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void every_operation_goes_both_ways(Service service) throws ReflectiveOperationException {
        goBothWays(service, 1);
    }

    private static void goBothWays(Service service, int step) throws ReflectiveOperationException {
        Exchange exchange = new Exchange(service.protocol());
        Object client = exchange.client(service.builder());
        List<Method> operations = operations(service.client());
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < operations.size(); i += step) {
            exchange.run(client, operations.get(i), i).ifPresent(wrong::add);
        }
        assertThat(operations).hasSizeGreaterThan(5);
        assertThat(wrong.stream().limit(12))
                .as(wrong.size() + " of " + operations.size())
                .isEmpty();
    }

    private static List<Method> operations(Class<?> client) {
        return Arrays.stream(client.getMethods())
                .filter(method -> method.getParameterCount() == 1
                        && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                        && AwsResponse.class.isAssignableFrom(method.getReturnType())
                        && !CHANGED.contains(method.getName()))
                .sorted(Comparator.comparing(Method::getName))
                .collect(Collectors.toList());
    }

    /** Operations whose content the SDK changes or refuses: sources in several spellings, URLs it signs, dates twice. */
    private static final Set<String> CHANGED =
            Set.of("copyObject", "copySnapshot", "createBucket", "headObject", "uploadPartCopy");

    /** What the SDK turns into something else before it sends it. */
    private static final Set<String> NOT_SENT = Set.of("SourceRegion", "DestinationRegion");

    /** One request of random content and its answer. */
    private static final class Exchange {
        private final WireProtocol protocol;
        private String operation = "";
        private UriPattern pattern = UriPattern.of("/");
        private @Nullable AwsRequest asked;
        private @Nullable SdkPojo read;
        private @Nullable SdkPojo answered;

        private Exchange(WireProtocol protocol) {
            this.protocol = protocol;
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // a builder of some client
        private Object client(AwsClientBuilder<?, ?> builder) {
            WireClient wire = new WireClient(this::answer);
            return wire.as((AwsClientBuilder & AwsSyncClientBuilder) builder);
        }

        private WireAnswer answer(WireRequest request) {
            SdkPojo builder = builder(requireNonNull(asked).getClass());
            Map<String, String> labels = protocol.name().startsWith("REST")
                    ? pattern.match(request.rawPath(), request.rawQuery())
                            .orElseThrow(
                                    () -> new IllegalStateException(pattern + " does not fit " + request.rawPath()))
                    : Map.of();
            protocol.read(request, labels, builder);
            read = (SdkPojo) ((Buildable) builder).build();
            return protocol.write(operation, "", requireNonNull(answered), null, WireClient.REQUEST_ID);
        }

        /** What does not arrive as it was sent, if anything. */
        private Optional<String> run(Object client, Method method, long seed) throws ReflectiveOperationException {
            AnyModel any = new AnyModel(seed, protocol);
            Class<?> requestType = method.getParameterTypes()[0];
            OperationInfo binding = binding(requestType);
            operation = method.getName().substring(0, 1).toUpperCase(Locale.ROOT)
                    + method.getName().substring(1);
            boolean bucket = protocol == WireProtocol.REST_XML_S3 // whose marshallers leave the bucket to the endpoint
                    && builder(requestType).sdkFields().stream()
                            .anyMatch(f -> f.memberName().equals("Bucket"));
            pattern = UriPattern.of((bucket ? "/{Bucket}" : "") + binding.requestUri());
            asked = (AwsRequest) any.filled(builder(requestType));
            answered = (SdkPojo) any.filled(builder(method.getReturnType()));
            read = null;
            Object got;
            try {
                got = method.invoke(client, asked);
            } catch (InvocationTargetException e) {
                return Optional.of(operation + ": " + e.getCause());
            }
            if (read == null || !read.equalsBySdkFields(asked)) {
                return Optional.of(operation + ": read " + read + "\n        instead of " + asked);
            }
            return requireNonNull(answered).equalsBySdkFields(got)
                    ? Optional.empty()
                    : Optional.of(operation + ": answered " + answered + "\n        but got " + got);
        }
    }

    private static SdkPojo builder(Class<?> model) {
        try {
            return (SdkPojo) model.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Method and path, which only the marshallers know. */
    private static OperationInfo binding(Class<?> requestType) throws ReflectiveOperationException {
        String marshaller = requestType.getName().replace(".model.", ".transform.") + "Marshaller";
        Field binding = Class.forName(marshaller).getDeclaredField("SDK_OPERATION_BINDING");
        binding.setAccessible(true);
        return (OperationInfo) binding.get(null);
    }

    /** Objects with random content of the kind that every protocol can carry. */
    private static final class AnyModel {
        private static final Set<MarshallLocation> WITH_DEFAULT =
                Set.of(MarshallLocation.PATH, MarshallLocation.GREEDY_PATH, MarshallLocation.STATUS_CODE);
        private static final Set<String> HEADERS_WITH_DEFAULT = Set.of("ChecksumAlgorithm", "ContentType");
        /** Lists of Route 53 that the SDK puts together anew, and that are then there. */
        private static final Set<String> REBUILT =
                Set.of("DelegationSets", "HealthChecks", "HostedZones", "ResourceRecordSets");

        private static final int DEPTH = 4;
        private static final int DEPTH_OF_REQUIRED = 12;

        private final Random random;
        private final WireProtocol protocol;

        private AnyModel(long seed, WireProtocol protocol) {
            this.random = new Random(seed);
            this.protocol = protocol;
        }

        private Object filled(SdkPojo builder) {
            for (SdkField<?> field : builder.sdkFields()) {
                if (!NOT_SENT.contains(field.memberName()) && (isNeeded(field) || random.nextInt(4) > 0)) {
                    set(builder, field, 1);
                }
            }
            return ((Buildable) builder).build();
        }

        /** Whether the SDK insists on a field, or puts something in its place. */
        private static boolean isNeeded(SdkField<?> field) {
            boolean header = field.location() == MarshallLocation.HEADER;
            return WITH_DEFAULT.contains(field.location())
                    || field.containsTrait(RequiredTrait.class)
                    || field.containsTrait(PayloadTrait.class)
                    || field.containsTrait(DefaultValueTrait.class)
                    || (header && field.marshallingType().equals(MarshallingType.MAP))
                    || (header && HEADERS_WITH_DEFAULT.contains(field.memberName()))
                    || REBUILT.contains(field.memberName());
        }

        private @Nullable Object value(SdkField<?> field, int depth) {
            MarshallingType<?> type = field.marshallingType();
            if (type.equals(MarshallingType.SDK_POJO)) {
                return depth > DEPTH_OF_REQUIRED ? null : structure(field, depth);
            }
            if (type.equals(MarshallingType.LIST)) {
                List<Object> list = new ArrayList<>();
                for (int i = 1 + random.nextInt(2); i > 0; i--) {
                    Object element = value(Fields.element(Fields.list(field)), depth + 1);
                    if (element != null) {
                        list.add(element);
                    }
                }
                return list.isEmpty() ? null : list;
            }
            if (type.equals(MarshallingType.MAP)) {
                Object value = value(Fields.value(Fields.map(field)), depth + 1);
                return value == null ? null : Map.of("key-" + random.nextInt(9), value);
            }
            return scalar(field, type);
        }

        private @Nullable Object structure(SdkField<?> field, int depth) {
            SdkPojo builder = Fields.structure(field);
            boolean any = false;
            for (SdkField<?> member : builder.sdkFields()) {
                boolean wanted =
                        member.containsTrait(RequiredTrait.class) || (depth <= DEPTH && random.nextInt(depth + 1) == 0);
                any |= wanted && set(builder, member, depth + 1);
            }
            for (SdkField<?> member : builder.sdkFields()) { // a structure without any is not on the wire of forms
                any = any || set(builder, member, depth + 1);
            }
            return any ? Fields.built(builder) : null;
        }

        private boolean set(SdkPojo builder, SdkField<?> field, int depth) {
            Object value = value(field, depth);
            if (value != null) {
                field.set(builder, value);
            }
            return value != null;
        }

        private @Nullable Object scalar(SdkField<?> field, MarshallingType<?> type) {
            if (type.equals(MarshallingType.STRING)) {
                return field.containsTrait(XmlAttributeTrait.class)
                        ? "plain" // the SDK does not escape it
                        : "Bucket".equals(field.memberName())
                                ? "bucket-" + random.nextInt(99)
                                : "ChecksumAlgorithm".equals(field.memberName())
                                        ? "CRC32"
                                        : field.location() == MarshallLocation.PAYLOAD
                                                ? "a <b> & \"c\" \u20ac" + random.nextInt(99)
                                                : field.location() == MarshallLocation.HEADER
                                                        ? "header " + random.nextInt(99)
                                                        : "p a/t+h" + random.nextInt(99);
            }
            if (type.equals(MarshallingType.BOOLEAN)) {
                return random.nextBoolean();
            }
            if (type.equals(MarshallingType.INTEGER)) {
                return 200 + random.nextInt(99);
            }
            if (type.equals(MarshallingType.LONG)) {
                return random.nextLong();
            }
            if (type.equals(MarshallingType.DOUBLE)) {
                return random.nextInt(99) / 4.0;
            }
            if (type.equals(MarshallingType.FLOAT)) {
                return random.nextInt(99) / 4.0f;
            }
            if (type.equals(MarshallingType.BIG_DECIMAL)) {
                return new BigDecimal("12345678901234567890.5");
            }
            if (type.equals(MarshallingType.SDK_BYTES)) {
                return SdkBytes.fromByteArray(new byte[] {(byte) random.nextInt(), 0, 'x'});
            }
            if (type.equals(MarshallingType.INSTANT)) {
                boolean whole = protocol == WireProtocol.EC2_QUERY
                        || field.location() != MarshallLocation.PAYLOAD
                        || field.containsTrait(TimestampFormatTrait.class);
                return Instant.ofEpochMilli(1_800_000_000_000L + random.nextInt(999_999) * (whole ? 1_000L : 1L));
            }
            return null;
        }
    }
}
