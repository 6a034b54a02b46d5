package dev.golive.aws;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Checklist;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Shared;
import dev.golive.Subject;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.Session;
import dev.golive.aws.internal.sts.StsPort;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.Given;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * One account of Amazon Web Services in one region: where every check, action and component of AWS begins.
 *
 * <pre>{@code
 * Aws aws = Aws.account("123456789012", "eu-north-1");
 *
 * Checklist.named("Shop 1.0")
 *         .require(aws.appRunner("shop-web").isRunning())
 *         .require(aws.rds("shop-db").isAvailable())
 *         .build();
 * }</pre>
 *
 * <ul>
 *   <li>Everything that it hands out has one precondition, examined once in a run: that the credentials belong to this
 *       account. Nobody proves the wrong account.
 *   <li>Credentials are looked for where the AWS SDK looks (environment, profile, container, instance), unless given.
 *   <li>Clients are made when they are first needed, and closed with the {@link dev.golive.GoLive} that ran the checks.
 *       Each service needs its module of the SDK on the class path, for example {@code software.amazon.awssdk:rds};
 *       where it is missing, the checks of that service are unknown and name it.
 *   <li>Reads are tried three times, with pauses, when AWS is busy or broken. What changes something is repeated only if
 *       AWS says that it did not look at it.
 *   <li>Denied, busy, broken or unreachable is unknown, never failed: only AWS's word that a thing is not there, or not
 *       as it should be, fails a check.
 * </ul>
 *
 * <p>It owns nothing. Immutable and thread-safe.
 */
public final class Aws {

    /** What permissions and subjects call AWS. */
    static final String SYSTEM = "aws";

    /** Under which a session remembers whose credentials it has. */
    private static final String CALLER = "caller";

    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z]{2,5}(-[a-z]+)+-[0-9]+");

    private final String account;
    private final String region;
    private final Session.Settings settings;
    private final Shared<Session> session;
    private final Check caller;

    private Aws(String account, String region, Session.Settings settings) {
        this.account = account;
        this.region = region;
        this.settings = settings;
        this.session = Shared.of("AWS " + account, (network, time) -> new Session(settings, network));
        this.caller =
                AwsCheck.of(this, Service.STS, "AWS is asked by somebody of account " + account, this::judgeCaller);
    }

    /** The same account with the same clients, elsewhere. */
    private Aws(Aws other, String region) {
        this.account = other.account;
        this.region = region;
        this.settings = other.settings;
        this.session = other.session;
        this.caller = other.caller;
    }

    /**
     * An account in a region.
     *
     * @param id the twelve digits of the account that is meant; what belongs to another is never examined
     * @param region the region, for example {@code eu-north-1}
     * @return the account, with the credentials that the SDK finds
     * @throws IllegalArgumentException if the id has not twelve digits, or the region is none
     */
    public static Aws account(String id, String region) {
        return new Aws(
                Given.form(id, "id", ACCOUNT, "the twelve digits of an account"),
                region(region),
                new Session.Settings(null, null, null, null, null));
    }

    /** The name of something in the account that is asked: an ARN might be of another one. */
    private static String name(String name) {
        if (Given.text(name, "name").startsWith("arn:")) {
            throw new IllegalArgumentException("name must be a name and no ARN but was " + name);
        }
        return name;
    }

    private static String region(String region) {
        return Given.form(region, "region", REGION, "a region such as eu-north-1");
    }

    /**
     * The same account in another region, with the same credentials and the same HTTP client.
     *
     * @param other the other region, for example {@code us-east-1} for the certificates of CloudFront
     * @return the account there
     * @throws IllegalArgumentException if it is no region
     */
    public Aws in(String other) {
        return new Aws(this, region(other));
    }

    /**
     * The same with credentials of its own.
     *
     * @param provider gives the credentials; not closed by golive
     * @return the new account
     */
    public Aws credentials(AwsCredentialsProvider provider) {
        return with(new Session.Settings(
                Given.notNull(provider, "provider"), null, null, settings.endpoint(), settings.http()));
    }

    /**
     * The same with an access key.
     *
     * @param accessKeyId the id of the key
     * @param secretAccessKey the key itself
     * @return the new account
     */
    public Aws credentials(String accessKeyId, Secret secretAccessKey) {
        return with(new Session.Settings(
                null,
                Given.text(accessKeyId, "accessKeyId"),
                Given.notNull(secretAccessKey, "secretAccessKey"),
                settings.endpoint(),
                settings.http()));
    }

    /**
     * The same with all services at one place, as in an emulator or behind a gateway.
     *
     * @param uri the place
     * @return the new account
     */
    public Aws endpoint(URI uri) {
        return with(new Session.Settings(
                settings.credentials(),
                settings.accessKeyId(),
                settings.secretAccessKey(),
                Given.notNull(uri, "uri"),
                settings.http()));
    }

    /**
     * The same with an HTTP client of the AWS SDK, for example one that knows a proxy.
     *
     * @param client sends the requests; must end a blocked exchange when it is aborted; not closed by golive
     * @return the new account
     */
    public Aws httpClient(SdkHttpClient client) {
        return with(new Session.Settings(
                settings.credentials(),
                settings.accessKeyId(),
                settings.secretAccessKey(),
                settings.endpoint(),
                Given.notNull(client, "client")));
    }

    private Aws with(Session.Settings other) {
        return new Aws(account, region, other);
    }

    /**
     * The policy of IAM that allows what a checklist does, and nothing else.
     *
     * @param checklist the checklist
     * @return the document, as JSON, with one statement for each set of resources; checks of other systems do not appear
     */
    public static String permissionsFor(Checklist checklist) {
        return permissionsFor(Given.notNull(checklist, "checklist").permissions());
    }

    /**
     * The policy of IAM that allows what actions, components and metrics do, and nothing else.
     *
     * @param permissions what they say that they need, for example {@code web.driver().permissions()}
     * @return the document, as JSON, with one statement for each set of resources; other systems do not appear
     */
    public static String permissionsFor(Collection<Permission> permissions) {
        return Policies.document(Given.all(permissions, "permissions"));
    }

    /**
     * Whether the credentials belong to this account. Needs no permission. It is the precondition of everything else
     * here, so that a checklist need not name it.
     *
     * @return the check
     */
    public Check callerIsOfAccount() {
        return caller;
    }

    /**
     * A service of App Runner.
     *
     * @param name its name
     * @return the service
     */
    public AppRunnerService appRunner(String name) {
        return new AppRunnerService(this, Given.text(name, "name"), null, false);
    }

    /**
     * An alarm of CloudWatch.
     *
     * @param name its name
     * @return the alarm of CloudWatch
     */
    public Alarm alarm(String name) {
        return new Alarm(this, List.of(Given.text(name, "name")));
    }

    /**
     * Several alarms of CloudWatch, which are asked about together.
     *
     * @param name the name of one
     * @param more the names of the others
     * @return the alarms
     */
    public Alarm alarms(String name, String... more) {
        List<String> names = Given.all(name, "name", more);
        names.forEach(one -> Given.text(one, "name"));
        return new Alarm(this, names);
    }

    /**
     * The metrics of a namespace of CloudWatch.
     *
     * @param namespace its name, for example {@code AWS/AppRunner}
     * @return the metrics without dimensions
     */
    public MetricNamespace metrics(String namespace) {
        return new MetricNamespace(this, Given.text(namespace, "namespace"), Map.of());
    }

    /**
     * A bucket of S3.
     *
     * @param name its name
     * @return the bucket of S3
     */
    public Bucket bucket(String name) {
        return new Bucket(place(), "arn:" + partition() + ":s3:::", account, Given.text(name, "name"));
    }

    /**
     * A budget.
     *
     * @param name its name
     * @return the budget
     */
    public Budget budget(String name) {
        return new Budget(this, Given.text(name, "name"));
    }

    /**
     * A certificate of ACM.
     *
     * @param arn its ARN, which says the region too
     * @return the certificate of ACM
     * @throws IllegalArgumentException if it is no ARN of a certificate of this account
     */
    public Certificate certificate(String arn) {
        return Certificate.of(this, Given.text(arn, "arn"));
    }

    /**
     * A distribution of CloudFront.
     *
     * @param id its id
     * @return the distribution of CloudFront
     */
    public Distribution distribution(String id) {
        return new Distribution(this, Given.text(id, "id"));
    }

    /**
     * A table of DynamoDB.
     *
     * @param table the name of the table
     * @return the table of DynamoDB
     */
    public DynamoDbTable dynamoDb(String table) {
        return new DynamoDbTable(this, Given.text(table, "table"));
    }

    /**
     * An instance of EC2.
     *
     * @param id its id
     * @return the instance of EC2
     */
    public Ec2Instance ec2(String id) {
        return new Ec2Instance(this, Given.text(id, "id"));
    }

    /**
     * An elastic IP address.
     *
     * @param address the address, or the id of its allocation
     * @return the elastic IP address
     */
    public ElasticIp elasticIp(String address) {
        return new ElasticIp(this, Given.text(address, "address"));
    }

    /**
     * A key pair of EC2.
     *
     * @param name its name
     * @return the key pair of EC2
     */
    public KeyPair keyPair(String name) {
        return new KeyPair(this, Given.text(name, "name"));
    }

    /**
     * A security group of EC2.
     *
     * @param id its id
     * @return the security group of EC2
     */
    public SecurityGroup securityGroup(String id) {
        return new SecurityGroup(this, Given.text(id, "id"));
    }

    /**
     * A repository of ECR.
     *
     * @param repository its name
     * @return the repository of ECR
     */
    public EcrRepository ecr(String repository) {
        return new EcrRepository(this, Given.text(repository, "repository"));
    }

    /**
     * A service of ECS Express Mode.
     *
     * @param name its name
     * @return the service of ECS Express Mode
     */
    public ExpressService expressService(String name) {
        return new ExpressService(this, Given.text(name, "name"));
    }

    /**
     * A hosted zone of Route 53.
     *
     * @param name its name, for example {@code shop.example}
     * @return the hosted zone of Route 53
     */
    public HostedZone hostedZone(String name) {
        return new HostedZone(this, Given.text(name, "name"));
    }

    /**
     * A user of IAM.
     *
     * @param name its name
     * @return the user of IAM
     */
    public IamUser iamUser(String name) {
        return new IamUser(this, Given.text(name, "name"));
    }

    /**
     * A log group of CloudWatch.
     *
     * @param name its name
     * @return the log group of CloudWatch
     */
    public LogGroup logGroup(String name) {
        return new LogGroup(this, Given.text(name, "name"));
    }

    /**
     * An instance of RDS.
     *
     * @param id its id
     * @return the instance of RDS
     */
    public RdsInstance rds(String id) {
        return new RdsInstance(this, Given.text(id, "id"));
    }

    /**
     * A secret of Secrets Manager.
     *
     * @param name its name
     * @return the secret of Secrets Manager
     * @throws IllegalArgumentException if it is blank or an ARN
     */
    public AwsSecret secret(String name) {
        return new AwsSecret(this, name(name));
    }

    /**
     * A topic of SNS.
     *
     * @param name its name
     * @return the topic of SNS
     * @throws IllegalArgumentException if it is blank or an ARN
     */
    public SnsTopic topic(String name) {
        return new SnsTopic(this, name(name));
    }

    /**
     * A service of ECS.
     *
     * @param cluster the name of its cluster
     * @param service its name
     * @return the service of ECS
     */
    public EcsService ecs(String cluster, String service) {
        return new EcsService(this, Given.text(cluster, "cluster"), Given.text(service, "service"));
    }

    /**
     * An alias of a function of Lambda.
     *
     * @param function the name of the function
     * @param alias the name of the alias
     * @return the alias of a function of Lambda
     */
    public LambdaAlias lambda(String function, String alias) {
        return new LambdaAlias(this, Given.text(function, "function"), Given.text(alias, "alias"));
    }

    /**
     * What the account costs.
     *
     * @return the costs
     */
    public Costs costs() {
        return new Costs(this);
    }

    private Outcome judgeCaller(Calls calls) throws Exception {
        StsPort.Identity identity = caller(calls);
        Fact account = Fact.of("account", this.account, identity.account());
        Fact caller = Fact.of("caller", identity.arn());
        return identity.account().equals(this.account)
                ? Outcome.passed(account, caller)
                : Outcome.failed("the credentials belong to account " + identity.account(), account, caller);
    }

    /** The account as its checks and actions see it. */
    Place place() {
        return new Here();
    }

    /** Apart from {@link Aws}, of which every method of an interface would be public. */
    private final class Here implements Place {

        @Override
        public <T> T ask(Service service, CheckContext context, Calls.Asking<T> asking) throws Exception {
            return Aws.this.ask(service, context, asking);
        }

        @Override
        public List<Check> preconditions(Check check) {
            return Aws.this.preconditions(check);
        }

        @Override
        public Set<Secret> secrets() {
            return Aws.this.secrets();
        }

        @Override
        public Set<Subject> touches() {
            return Aws.this.touches();
        }

        @Override
        public Permission permission(String action, String resource) {
            return Aws.this.permission(action, resource);
        }

        @Override
        public String whereabouts() {
            return " in " + region;
        }
    }

    /** Asks a service in an attempt. */
    <T> T ask(Service service, CheckContext context, Calls.Asking<T> asking) throws Exception {
        return Calls.during(context.shared(session), service, region, context, calls -> {
            if (service != Service.STS) {
                confirm(calls);
            }
            return asking.ask(calls);
        });
    }

    /** Actions, components and metrics have no preconditions, and another account may have a thing of the same name. */
    private void confirm(Calls calls) throws Exception {
        Optional<String> known = calls.remembered(CALLER, String.class);
        String found = known.isPresent()
                ? known.get()
                : calls.to(Service.STS, region, this::caller).account();
        if (!found.equals(account)) {
            throw ApiProblem.undecided("the credentials belong to account " + found);
        }
    }

    private StsPort.Identity caller(Calls calls) throws Exception {
        StsPort.Identity identity = StsPort.of(calls).caller();
        calls.remember(CALLER, identity.account());
        return identity;
    }

    /** What must hold before a check is examined. */
    @SuppressWarnings("ReferenceEquality") // it is this very check that has none
    List<Check> preconditions(Check check) {
        return check == caller ? List.of() : List.of(caller);
    }

    Set<Secret> secrets() {
        Secret secret = settings.secretAccessKey();
        return secret == null ? Set.of() : Set.of(secret);
    }

    Set<Subject> touches() {
        return Set.of(new Subject(SYSTEM, account));
    }

    Permission permission(String action, String resource) {
        return new Permission(SYSTEM, action, resource);
    }

    String account() {
        return account;
    }

    String region() {
        return region;
    }

    /** The ARN of something of a service in this account and region. */
    String arn(String service, String resource) {
        return "arn:" + partition() + ":" + service + ":" + region + ":" + account + ":" + resource;
    }

    /** The ARN of something of a service that has no regions. */
    String globalArn(String service, String resource) {
        return "arn:" + partition() + ":" + service + "::" + account + ":" + resource;
    }

    String partition() {
        return PartitionMetadata.of(Region.of(region)).id();
    }

    /**
     * The account and the region.
     *
     * @return for example {@code AWS 123456789012 in eu-north-1}
     */
    @Override
    public String toString() {
        return "AWS " + account + " in " + region;
    }
}
