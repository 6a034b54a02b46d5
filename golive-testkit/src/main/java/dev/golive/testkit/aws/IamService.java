package dev.golive.testkit.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetGroupPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListGroupPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;

/** IAM. */
final class IamService extends FakeService {

    private static final String INVALID = "InvalidInput";
    private static final String VERSION = "v2";

    private final Map<String, FakeIamUser> users = new LinkedHashMap<>();
    private final Map<String, FakeIamUser.Policies> groups = new LinkedHashMap<>();
    /** The documents of policies that can be attached, by their ARNs. */
    private final Map<String, String> documents = new LinkedHashMap<>();

    IamService(FakeAws aws) {
        super(aws, "iam", "https://iam.amazonaws.com/doc/2010-05-08/");
        reads("GetUser", GetUserRequest::builder, this::user);
        reads("ListAccessKeys", ListAccessKeysRequest::builder, this::keys);
        reads("ListGroupsForUser", ListGroupsForUserRequest::builder, this::groups);
        reads("ListAttachedUserPolicies", ListAttachedUserPoliciesRequest::builder, this::attachedToUser);
        reads("ListAttachedGroupPolicies", ListAttachedGroupPoliciesRequest::builder, this::attachedToGroup);
        reads("ListUserPolicies", ListUserPoliciesRequest::builder, this::inlineOfUser);
        reads("ListGroupPolicies", ListGroupPoliciesRequest::builder, this::inlineOfGroup);
        reads("GetUserPolicy", GetUserPolicyRequest::builder, this::userPolicy);
        reads("GetGroupPolicy", GetGroupPolicyRequest::builder, this::groupPolicy);
        reads("GetPolicy", GetPolicyRequest::builder, this::policy);
        reads("GetPolicyVersion", GetPolicyVersionRequest::builder, this::policyVersion);
    }

    FakeIamUser iamUser(String name) {
        return users.computeIfAbsent(name, key -> new FakeIamUser(aws(), this, key));
    }

    FakeIamUser.Policies group(String name) {
        return groups.computeIfAbsent(name, key -> new FakeIamUser.Policies());
    }

    /** The ARN of a policy of AWS, which is there from now on. */
    String ofAws(String policy, String document) {
        return keep("arn:aws:iam::aws:policy/" + policy, document);
    }

    /** The ARN of a policy of the account, which is there from now on. */
    String ofAccount(String policy, String document) {
        return keep("arn:aws:iam::" + aws().account() + ":policy/" + policy, document);
    }

    private String keep(String arn, String document) {
        documents.put(arn, document);
        return arn;
    }

    private static AwsError none(String what) {
        return new AwsError(404, "NoSuchEntity", what + " cannot be found.");
    }

    private FakeIamUser find(String name) {
        FakeIamUser user = users.get(name);
        if (user == null) {
            throw none("The user with name " + name);
        }
        return user;
    }

    private FakeIamUser.Policies findGroup(String name) {
        FakeIamUser.Policies group = groups.get(name);
        if (group == null) {
            throw none("The group with name " + name);
        }
        return group;
    }

    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<AttachedPolicy> attached(List<String> arns) {
        return arns.stream()
                .map(arn -> AttachedPolicy.builder()
                        .policyArn(arn)
                        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                        .build())
                .toList();
    }

    private GetUserResponse user(GetUserRequest request, Instant now) {
        FakeIamUser user = find(request.userName());
        return GetUserResponse.builder()
                .user(one -> one.userName(user.name())
                        .path("/")
                        .userId("AIDAFAKE")
                        .createDate(now)
                        .arn("arn:aws:iam::" + aws().account() + ":user/" + user.name()))
                .build();
    }

    private ListAccessKeysResponse keys(ListAccessKeysRequest request, Instant now) {
        FakeIamUser user = find(request.userName());
        Page<FakeIamUser.Key> page = page(user.keys(), request.marker(), request.maxItems(), INVALID);
        return ListAccessKeysResponse.builder()
                .accessKeyMetadata(page.items().stream()
                        .map(key -> AccessKeyMetadata.builder()
                                .userName(user.name())
                                .accessKeyId(key.id())
                                .status(key.status())
                                .createDate(key.createdAt())
                                .build())
                        .toList())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private ListGroupsForUserResponse groups(ListGroupsForUserRequest request, Instant now) {
        Page<String> page = page(find(request.userName()).groups(), request.marker(), request.maxItems(), INVALID);
        return ListGroupsForUserResponse.builder()
                .groups(page.items().stream()
                        .map(group -> Group.builder()
                                .groupName(group)
                                .arn("arn:aws:iam::" + aws().account() + ":group/" + group)
                                .build())
                        .toList())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private ListAttachedUserPoliciesResponse attachedToUser(ListAttachedUserPoliciesRequest request, Instant now) {
        Page<String> page =
                page(find(request.userName()).own().attached, request.marker(), request.maxItems(), INVALID);
        return ListAttachedUserPoliciesResponse.builder()
                .attachedPolicies(attached(page.items()))
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private ListAttachedGroupPoliciesResponse attachedToGroup(ListAttachedGroupPoliciesRequest request, Instant now) {
        Page<String> page =
                page(findGroup(request.groupName()).attached, request.marker(), request.maxItems(), INVALID);
        return ListAttachedGroupPoliciesResponse.builder()
                .attachedPolicies(attached(page.items()))
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private ListUserPoliciesResponse inlineOfUser(ListUserPoliciesRequest request, Instant now) {
        Page<String> page = page(
                List.copyOf(find(request.userName()).own().inline.keySet()),
                request.marker(),
                request.maxItems(),
                INVALID);
        return ListUserPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private ListGroupPoliciesResponse inlineOfGroup(ListGroupPoliciesRequest request, Instant now) {
        Page<String> page = page(
                List.copyOf(findGroup(request.groupName()).inline.keySet()),
                request.marker(),
                request.maxItems(),
                INVALID);
        return ListGroupPoliciesResponse.builder()
                .policyNames(page.items())
                .isTruncated(page.next() != null)
                .marker(page.next())
                .build();
    }

    private GetUserPolicyResponse userPolicy(GetUserPolicyRequest request, Instant now) {
        return GetUserPolicyResponse.builder()
                .userName(request.userName())
                .policyName(request.policyName())
                .policyDocument(inline(find(request.userName()).own(), request.policyName()))
                .build();
    }

    private GetGroupPolicyResponse groupPolicy(GetGroupPolicyRequest request, Instant now) {
        return GetGroupPolicyResponse.builder()
                .groupName(request.groupName())
                .policyName(request.policyName())
                .policyDocument(inline(findGroup(request.groupName()), request.policyName()))
                .build();
    }

    private static String inline(FakeIamUser.Policies policies, String name) {
        String document = policies.inline.get(name);
        if (document == null) {
            throw none("The policy with name " + name);
        }
        return encoded(document);
    }

    private String document(String arn) {
        String document = documents.get(arn);
        if (document == null) {
            throw none("Policy " + arn);
        }
        return document;
    }

    private GetPolicyResponse policy(GetPolicyRequest request, Instant now) {
        document(request.policyArn());
        return GetPolicyResponse.builder()
                .policy(policy -> policy.arn(request.policyArn())
                        .policyName(request.policyArn()
                                .substring(request.policyArn().lastIndexOf('/') + 1))
                        .defaultVersionId(VERSION))
                .build();
    }

    private GetPolicyVersionResponse policyVersion(GetPolicyVersionRequest request, Instant now) {
        String document = document(request.policyArn());
        if (!VERSION.equals(request.versionId())) {
            throw none("The version " + request.versionId());
        }
        return GetPolicyVersionResponse.builder()
                .policyVersion(version ->
                        version.document(encoded(document)).versionId(VERSION).isDefaultVersion(true))
                .build();
    }

    @Override
    void drifts(Drifts drifts) {
        users.forEach((key, one) -> one.drifts(drifts, () -> aws().within(() -> users.remove(key, one))));
    }
}
