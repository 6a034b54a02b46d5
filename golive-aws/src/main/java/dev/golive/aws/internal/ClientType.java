package dev.golive.aws.internal;

import java.util.function.BiConsumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * How to make the client of a service. Kept in a constant of the class that makes the calls, so that the SDK's module
 * is not needed before the first of them.
 *
 * @param service the service
 * @param builder a new builder of the client
 * @param metadata where the service is
 * @param options what this service needs besides what all need; told whether the endpoint is another than AWS's own
 * @param <B> the type of the builder
 * @param <C> the type of the client
 */
public record ClientType<B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C>(
        Service service, Supplier<B> builder, ServiceMetadata metadata, BiConsumer<B, Boolean> options) {

    /** A client that needs nothing besides. */
    public static <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> ClientType<B, C> of(
            Service service, Supplier<B> builder, ServiceMetadata metadata) {
        return new ClientType<>(service, builder, metadata, (options, elsewhere) -> {});
    }
}
