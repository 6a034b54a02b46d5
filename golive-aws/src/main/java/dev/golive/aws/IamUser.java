package dev.golive.aws;

import dev.golive.Check;
import dev.golive.Expect;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.iam.IamPort;
import dev.golive.aws.internal.iam.IamPort.Attached;
import dev.golive.aws.internal.iam.PolicyDocument;
import dev.golive.provider.Given;
import dev.golive.provider.Judge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user of IAM: what it may do, and how old its keys are.
 *
 * <pre>{@code
 * aws.iamUser("deployer").isNotAdministrator();
 * aws.iamUser("deployer").accessKeysYoungerThan(days(90));
 * }</pre>
 *
 * <p>IAM has no regions. Needs {@code software.amazon.awssdk:iam} on the class path. Immutable and thread-safe.
 */
public final class IamUser {

    private static final String ADMINISTRATOR = ":iam::aws:policy/AdministratorAccess";

    private final Aws aws;
    private final String name;

    IamUser(Aws aws, String name) {
        this.aws = aws;
        this.name = name;
    }

    /**
     * Whether it is there.
     *
     * @return the check
     */
    public Check exists() {
        return check("exists", (calls, port) -> Outcome.passed(Fact.of("user", port.user(name))))
                .needing("iam:GetUser", arn());
    }

    /**
     * Whether no policy makes it an administrator: none that is attached to it or to one of its groups, and none that is
     * part of them.
     *
     * <ul>
     *   <li>A policy makes an administrator if it allows every action on every resource, everything in IAM, or everything
     *       with exceptions among which IAM is not; so does {@code AdministratorAccess}.
     *   <li>What other statements deny, conditions, and a permissions boundary are not looked at: a user that only these
     *       hold back fails.
     *   <li>Roles that it may assume are not looked at.
     * </ul>
     *
     * @return the check
     */
    public Check isNotAdministrator() {
        String policies = "arn:" + aws.partition() + ":iam::*:policy/*";
        String groups = aws.globalArn("iam", "group/*");
        return AwsCheck.of(aws, Service.IAM, this + " is no administrator", calls -> {
                    IamPort port = IamPort.of(calls);
                    // only here is it the user that may be missing; a group or a policy that is gone later is a problem
                    Optional<List<Attached>> attached = port.present(() -> port.attachedToUser(name));
                    if (attached.isEmpty()) {
                        return missing();
                    }
                    Map<String, String> why = new LinkedHashMap<>();
                    List<String> seen = new ArrayList<>();
                    judge(attached.get(), "", port, seen, why);
                    for (String policy : port.inlineOfUser(name)) {
                        judge(policy + " of the user", port.documentOfUser(name, policy), seen, why);
                    }
                    for (String group : port.groups(name)) {
                        judge(port.attachedToGroup(group), " of group " + group, port, seen, why);
                        for (String policy : port.inlineOfGroup(group)) {
                            judge(policy + " of group " + group, port.documentOfGroup(group, policy), seen, why);
                        }
                    }
                    List<Fact> facts = new ArrayList<>();
                    facts.add(Fact.of("policies", seen.isEmpty() ? "none" : String.join(", ", seen)));
                    why.forEach((policy, reason) -> facts.add(Fact.of(policy, reason)));
                    return (why.isEmpty()
                                    ? Outcome.passed()
                                    : Outcome.failed("it is an administrator by " + String.join(", ", why.keySet())))
                            .with(facts);
                })
                .needing("iam:ListAttachedUserPolicies", arn())
                .needing("iam:ListUserPolicies", arn())
                .needing("iam:GetUserPolicy", arn())
                .needing("iam:ListGroupsForUser", arn())
                .needing("iam:ListAttachedGroupPolicies", groups)
                .needing("iam:ListGroupPolicies", groups)
                .needing("iam:GetGroupPolicy", groups)
                .needing("iam:GetPolicy", policies)
                .needing("iam:GetPolicyVersion", policies);
    }

    private static void judge(
            List<Attached> policies, String by, IamPort port, List<String> seen, Map<String, String> why) {
        for (Attached policy : policies) {
            if (policy.arn().endsWith(ADMINISTRATOR)) {
                seen.add(policy.name() + by);
                why.put(policy.name() + by, "allows everything");
            } else {
                judge(policy.name() + by, port.document(policy.arn()), seen, why);
            }
        }
    }

    private static void judge(String policy, String document, List<String> seen, Map<String, String> why) {
        seen.add(policy);
        PolicyDocument.administrator(document).ifPresent(reason -> why.put(policy, reason));
    }

    /**
     * Whether every access key that is active was made a short time ago. A user without an active key passes.
     *
     * @param age less than this, longer than zero
     * @return the check
     * @throws IllegalArgumentException if {@code age} is not longer than zero
     */
    public Check accessKeysYoungerThan(Duration age) {
        Given.positive(age, "age");
        String most = Expect.text(age);
        return check("has no active access key of " + most + " or older", (calls, port) -> {
                    List<Fact> facts = new ArrayList<>();
                    List<String> old = new ArrayList<>();
                    for (IamPort.Key key : port.keys(name)) {
                        String which = "access key " + key.id();
                        Duration found = Judge.age(which, key.createdAt(), calls.context());
                        facts.add(Fact.of(which, key.status() + ", " + Expect.text(found) + " old"));
                        if (key.status().equals("Active") && found.compareTo(age) >= 0) {
                            old.add(key.id());
                        }
                    }
                    if (facts.isEmpty()) {
                        facts.add(Fact.of("access keys", "none"));
                    }
                    return (old.isEmpty() ? Outcome.passed() : Outcome.failed("too old: " + String.join(", ", old)))
                            .with(facts);
                })
                .needing("iam:ListAccessKeys", arn());
    }

    private interface Question {
        Outcome of(Calls calls, IamPort port) throws Exception;
    }

    private AwsCheck check(String predicate, Question question) {
        return AwsCheck.of(aws, Service.IAM, this + " " + predicate, calls -> {
            IamPort port = IamPort.of(calls);
            return port.present(() -> question.of(calls, port)).orElseGet(this::missing);
        });
    }

    private Outcome missing() {
        return Outcome.failed("there is no " + this);
    }

    /** The path of a user is part of its ARN, and nobody knows it from the name. */
    private String arn() {
        return aws.globalArn("iam", "user/*");
    }

    /**
     * What it is.
     *
     * @return for example {@code IAM user deployer}
     */
    @Override
    public String toString() {
        return "IAM user " + name;
    }
}
