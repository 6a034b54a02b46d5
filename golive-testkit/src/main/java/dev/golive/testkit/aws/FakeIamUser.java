package dev.golive.testkit.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A user of IAM in {@link FakeAws}, who may do nothing and has no access keys.
 *
 * <p>Options change this object and return it. Thread-safe.
 */
public final class FakeIamUser {

    /** An access key. */
    record Key(String id, String status, Instant createdAt) {}

    /** What is attached, by the ARNs, and what is part of it, by the names. */
    static final class Policies {
        final List<String> attached = new ArrayList<>();
        final Map<String, String> inline = new LinkedHashMap<>();
    }

    private static final String POWER =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"NotAction\":"
                    + "[\"iam:*\",\"organizations:*\",\"account:*\"],\"Resource\":\"*\"}]}";
    private static final String EVERYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    private final FakeAws aws;
    private final IamService service;
    private final String name;
    private final Policies own = new Policies();
    private final List<String> groups = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();

    FakeIamUser(FakeAws aws, IamService service, String name) {
        this.aws = aws;
        this.service = service;
        this.name = name;
    }

    private FakeIamUser with(Runnable change) {
        return aws.within(() -> {
            change.run();
            return this;
        });
    }

    /**
     * Has the policy {@code AdministratorAccess} of AWS.
     *
     * @return this
     */
    public FakeIamUser administrator() {
        return with(() -> own.attached.add(service.ofAws("AdministratorAccess", EVERYTHING)));
    }

    /**
     * Has the policy {@code PowerUserAccess} of AWS.
     *
     * @return this
     */
    public FakeIamUser powerUser() {
        return with(() -> own.attached.add(service.ofAws("PowerUserAccess", POWER)));
    }

    /**
     * Has one more policy of the account attached.
     *
     * @param policy its name
     * @param document its document, as JSON
     * @return this
     */
    public FakeIamUser attached(String policy, String document) {
        Objects.requireNonNull(policy, "policy must not be null");
        Objects.requireNonNull(document, "document must not be null");
        return with(() -> own.attached.add(service.ofAccount(policy, document)));
    }

    /**
     * Has one more policy that is part of it.
     *
     * @param policy its name
     * @param document its document, as JSON
     * @return this
     */
    public FakeIamUser inline(String policy, String document) {
        Objects.requireNonNull(policy, "policy must not be null");
        Objects.requireNonNull(document, "document must not be null");
        return with(() -> own.inline.put(policy, document));
    }

    /**
     * Is in one more group.
     *
     * @param group the name of the group
     * @return this
     */
    public FakeIamUser inGroup(String group) {
        Objects.requireNonNull(group, "group must not be null");
        return with(() -> join(group));
    }

    /**
     * Is in a group that has the policy {@code AdministratorAccess} of AWS.
     *
     * @param group the name of the group
     * @return this
     */
    public FakeIamUser groupAdministrator(String group) {
        Objects.requireNonNull(group, "group must not be null");
        return with(() -> join(group).attached.add(service.ofAws("AdministratorAccess", EVERYTHING)));
    }

    /**
     * Is in a group that has a policy of the account attached.
     *
     * @param group the name of the group
     * @param policy the name of the policy
     * @param document its document, as JSON
     * @return this
     */
    public FakeIamUser groupAttached(String group, String policy, String document) {
        Objects.requireNonNull(group, "group must not be null");
        Objects.requireNonNull(policy, "policy must not be null");
        Objects.requireNonNull(document, "document must not be null");
        return with(() -> join(group).attached.add(service.ofAccount(policy, document)));
    }

    /**
     * Is in a group of which a policy is part.
     *
     * @param group the name of the group
     * @param policy the name of the policy
     * @param document its document, as JSON
     * @return this
     */
    public FakeIamUser groupInline(String group, String policy, String document) {
        Objects.requireNonNull(group, "group must not be null");
        Objects.requireNonNull(policy, "policy must not be null");
        Objects.requireNonNull(document, "document must not be null");
        return with(() -> join(group).inline.put(policy, document));
    }

    private Policies join(String group) {
        if (!groups.contains(group)) {
            groups.add(group);
        }
        return service.group(group);
    }

    /**
     * Has one more access key, which is active.
     *
     * @param createdAt when it was made
     * @return this
     */
    public FakeIamUser accessKey(Instant createdAt) {
        return key("Active", createdAt);
    }

    /**
     * Has one more access key, which is not active.
     *
     * @param createdAt when it was made
     * @return this
     */
    public FakeIamUser inactiveAccessKey(Instant createdAt) {
        return key("Inactive", createdAt);
    }

    private FakeIamUser key(String status, Instant createdAt) {
        Objects.requireNonNull(createdAt, "createdAt must not be null");
        return with(() -> keys.add(new Key(String.format("AKIAFAKE%012d", aws.number()), status, createdAt)));
    }

    // ---- for the service; all of it within the lock

    /** Lists what may become otherwise; the service knows how it is gone. */
    void drifts(Drifts drifts, Runnable gone) {
        Instant then = drifts.now().minus(Duration.ofDays(400));
        drifts.of("iam", name, "IAM user " + name)
                .add("gone", "does not exist", gone)
                .add("administrator", "is an administrator", this::administrator)
                .add("administrator by group", "is in a group of administrators", () -> groupAdministrator("otherwise"))
                .add(
                        "administrator inline",
                        "may do everything by a policy of its own",
                        () -> inline("otherwise", EVERYTHING))
                .add("old key", "has an access key of 400 days ago", () -> accessKey(then), "key");
    }

    String name() {
        return name;
    }

    Policies own() {
        return own;
    }

    List<String> groups() {
        return List.copyOf(groups);
    }

    List<Key> keys() {
        return List.copyOf(keys);
    }

    @Override
    public String toString() {
        return name + " of " + aws.account();
    }
}
