package dev.golive.aws.internal.iam;

import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ClientType;
import dev.golive.aws.internal.Service;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.IamClientBuilder;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.Policy;

/** What golive asks of IAM. */
public final class IamPort {

    private static final ClientType<IamClientBuilder, IamClient> CLIENT =
            ClientType.of(Service.IAM, IamClient::builder, IamClient.serviceMetadata());

    private static final Set<String> NO_SUCH = Set.of("NoSuchEntity");

    /**
     * A policy that is attached.
     *
     * @param name its name
     * @param arn its ARN
     */
    public record Attached(String name, String arn) {}

    /**
     * An access key.
     *
     * @param id its id
     * @param status its status, in IAM's words
     * @param createdAt when it was made
     */
    public record Key(String id, String status, Instant createdAt) {}

    private final Calls calls;
    private final IamClient client;

    private IamPort(Calls calls, IamClient client) {
        this.calls = calls;
        this.client = client;
    }

    /** The port that makes these calls. */
    public static IamPort of(Calls calls) throws Exception {
        return new IamPort(calls, calls.client(CLIENT));
    }

    /** What is asked of a user that is there, empty if there is none. */
    public <T> Optional<T> present(Calls.Body<T> body) throws Exception {
        return calls.found(NO_SUCH, body);
    }

    /** The ARN of a user; fails with the error of one that is not there. */
    public String user(String name) {
        return calls.said(
                calls.said(client.getUser(request -> request.userName(name)).user(), "the user")
                        .arn(),
                "the ARN of the user");
    }

    /** A page without a list is an empty one only if it says that there is no more. */
    private void said(@Nullable Boolean isTruncated) {
        calls.said(isTruncated, "whether there is more");
    }

    /** The access keys of a user. */
    public List<Key> keys(String user) {
        List<Key> keys = new ArrayList<>();
        for (ListAccessKeysResponse page : client.listAccessKeysPaginator(request -> request.userName(user))) {
            said(page.isTruncated());
            for (AccessKeyMetadata key : page.accessKeyMetadata()) {
                keys.add(new Key(
                        calls.said(key.accessKeyId(), "the id of an access key"),
                        calls.said(key.statusAsString(), "the status of an access key"),
                        calls.said(key.createDate(), "when an access key was made")));
            }
        }
        return keys;
    }

    /** The groups of a user. */
    public List<String> groups(String user) {
        List<String> groups = new ArrayList<>();
        for (ListGroupsForUserResponse page : client.listGroupsForUserPaginator(request -> request.userName(user))) {
            said(page.isTruncated());
            for (Group group : page.groups()) {
                groups.add(calls.said(group.groupName(), "the name of a group"));
            }
        }
        return groups;
    }

    /** The policies that are attached to a user. */
    public List<Attached> attachedToUser(String user) {
        List<Attached> attached = new ArrayList<>();
        for (ListAttachedUserPoliciesResponse page :
                client.listAttachedUserPoliciesPaginator(request -> request.userName(user))) {
            said(page.isTruncated());
            page.attachedPolicies().forEach(policy -> attached.add(attached(policy)));
        }
        return attached;
    }

    /** The policies that are attached to a group. */
    public List<Attached> attachedToGroup(String group) {
        List<Attached> attached = new ArrayList<>();
        for (ListAttachedGroupPoliciesResponse page :
                client.listAttachedGroupPoliciesPaginator(request -> request.groupName(group))) {
            said(page.isTruncated());
            page.attachedPolicies().forEach(policy -> attached.add(attached(policy)));
        }
        return attached;
    }

    private Attached attached(AttachedPolicy policy) {
        return new Attached(
                calls.said(policy.policyName(), "the name of a policy"),
                calls.said(policy.policyArn(), "the ARN of a policy"));
    }

    /** The names of the policies that are part of a user. */
    public List<String> inlineOfUser(String user) {
        List<String> names = new ArrayList<>();
        for (ListUserPoliciesResponse page : client.listUserPoliciesPaginator(request -> request.userName(user))) {
            said(page.isTruncated());
            names.addAll(page.policyNames());
        }
        return names;
    }

    /** The names of the policies that are part of a group. */
    public List<String> inlineOfGroup(String group) {
        List<String> names = new ArrayList<>();
        for (ListGroupPoliciesResponse page : client.listGroupPoliciesPaginator(request -> request.groupName(group))) {
            said(page.isTruncated());
            names.addAll(page.policyNames());
        }
        return names;
    }

    /** The document of a policy that is part of a user. */
    public String documentOfUser(String user, String policy) {
        return decoded(client.getUserPolicy(request -> request.userName(user).policyName(policy))
                .policyDocument());
    }

    /** The document of a policy that is part of a group. */
    public String documentOfGroup(String group, String policy) {
        return decoded(client.getGroupPolicy(request -> request.groupName(group).policyName(policy))
                .policyDocument());
    }

    /** The document of a policy that can be attached, in the version that is in force. */
    public String document(String arn) {
        Policy policy =
                calls.said(client.getPolicy(request -> request.policyArn(arn)).policy(), "the policy");
        String version = calls.said(policy.defaultVersionId(), "the version of the policy");
        return decoded(calls.said(
                        client.getPolicyVersion(
                                        request -> request.policyArn(arn).versionId(version))
                                .policyVersion(),
                        "the version of the policy")
                .document());
    }

    /** IAM encodes documents as in URLs (RFC 3986), so that a plus is a plus. */
    private String decoded(@Nullable String document) {
        return URLDecoder.decode(
                calls.said(document, "the document of a policy").replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
