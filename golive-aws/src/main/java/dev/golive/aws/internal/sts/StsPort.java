package dev.golive.aws.internal.sts;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** What golive asks of STS. */
public final class StsPort {

    private static final ClientType<StsClientBuilder, StsClient> CLIENT =
            ClientType.of(Service.STS, StsClient::builder, StsClient.serviceMetadata());

    /**
     * Whom the credentials belong to.
     *
     * @param account the id of the account
     * @param arn the user or the assumed role
     */
    public record Identity(String account, String arn) {}

    private final Calls calls;
    private final StsClient client;

    private StsPort(Calls calls, StsClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static StsPort of(Calls calls) throws Exception {
        return new StsPort(calls, calls.client(CLIENT));
    }

    /** Whom the credentials belong to. */
    public Identity caller() {
        GetCallerIdentityResponse answer = client.getCallerIdentity();
        return new Identity(calls.said(answer.account(), "an account"), calls.said(answer.arn(), "an ARN"));
    }
}
