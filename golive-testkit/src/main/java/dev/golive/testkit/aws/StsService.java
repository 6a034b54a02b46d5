package dev.golive.testkit.aws;

import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** STS: who is asking. */
final class StsService extends FakeService {

    private String account;

    StsService(FakeAws aws) {
        super(aws, "sts", "https://sts.amazonaws.com/doc/2011-06-15/");
        account = aws.account();
        reads(
                "GetCallerIdentity",
                GetCallerIdentityRequest::builder,
                (request, now) -> GetCallerIdentityResponse.builder()
                        .account(account)
                        .arn("arn:aws:iam::" + account + ":user/operator")
                        .userId("AIDAFAKEAWSOPERATOR")
                        .build());
    }

    void account(String id) {
        account = id;
    }

    @Override
    void drifts(Drifts drifts) {
        if (!drifts.asks(signingName())) {
            return;
        }
        String other = account.equals("999999999999") ? "999999999998" : "999999999999";
        drifts.of(signingName(), account, "the account of the credentials", other)
                .add("another", "is another one than " + account, () -> aws().callerOf(other));
    }
}
