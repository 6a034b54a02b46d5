package dev.golive.testkit.aws;

import dev.golive.Secret;
import dev.golive.testkit.Asked;
import dev.golive.testkit.Fake;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.HttpHeader;
import dev.golive.testkit.ReceivedRequest;
import dev.golive.testkit.Reply;
import dev.golive.testkit.Trouble;
import dev.golive.testkit.internal.aws.MalformedRequestException;
import dev.golive.testkit.internal.aws.WireAnswer;
import dev.golive.testkit.internal.aws.WireError;
import dev.golive.testkit.internal.aws.WireProtocol;
import dev.golive.testkit.internal.aws.WireRequest;
import dev.golive.time.TimeSource;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * An AWS on loopback that speaks the real protocols of its services, so that the real SDK with its signing, its retries
 * and its parsing is what is tested.
 *
 * <pre>{@code
 * VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
 * try (FakeAws fake = FakeAws.start(time)) {
 *     fake.appRunner("shop-web").image("shop:v1").variable("LOGIN_MOCK", "true");
 *     fake.fault("apprunner:ListServices", AwsFault.throttled());
 *
 *     Aws aws = Aws.account(fake.account(), fake.region())
 *             .credentials(fake.accessKeyId(), fake.secretAccessKey());
 *     Outcome outcome = Examine.once(aws.appRunner("shop-web").isRunning())
 *             .through(fake.network()).on(time).outcome();
 * }
 * }</pre>
 *
 * <ul>
 *   <li>It has what a test has put there, under the same names as {@code Aws} hands out: {@code fake.rds("shop-db")} is
 *       what {@code aws.rds("shop-db")} asks about.
 *   <li>State is a function of the requests so far and of the time source's clock: a deployment goes through its states,
 *       a snapshot takes its time, nothing has a timer.
 *   <li>The protocol is that of the request, whatever the version of the SDK speaks.
 *   <li>A request without a valid signature by the fake's key is refused. An operation that the fake does not know is
 *       refused with a message that names it, and makes {@link #verify} fail.
 *   <li>Regions are not told apart, unless a handle says so.
 * </ul>
 *
 * <p>Needs the AWS SDK for Java 2 on the class path, with the modules of the services that are used, and Jackson. Options
 * change this object and return it. Thread-safe.
 *
 * <p>Its {@linkplain #troubles troubles} are the drifts of all that a test has put there (a variable of a service is
 * unset, a database is public, an alarm has no action), and one of each fault for each operation that is going to be asked.
 */
public final class FakeAws implements Fake, AutoCloseable {

    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "eu-north-1";
    private static final String KEY_ID = "AKIDFAKEAWSGOLIVE";
    private static final String KEY = "fake-secret-access-key-of-the-testkit";

    /** A fault and the requests that it concerns. */
    private static final class Wrong {
        final @Nullable String on;
        final AwsFault what;
        final Instant since;
        int left;

        Wrong(@Nullable String on, AwsFault what, Instant since, int left) {
            this.on = on;
            this.what = what;
            this.since = since;
            this.left = left;
        }

        boolean concerns(String service, String operation) {
            return on == null || on.equals(service) || on.equals(service + ":" + operation);
        }
    }

    /** What a request is about. */
    private record Understood(
            FakeService service, WireProtocol protocol, FakeService.Operation operation, SdkPojo input) {}

    private final TimeSource time;
    private final HttpFake server;
    private final Secret secret = Secret.found("secret access key of the fake AWS", KEY);
    private final Object lock = new Object();
    private final Map<Class<?>, FakeService> services = new HashMap<>();
    private final Map<String, FakeService> bySigningName = new HashMap<>();
    private final List<AwsRequest> requests = new ArrayList<>();
    private final List<Asked> questions = new ArrayList<>();
    private final List<Wrong> faults = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int pageSize = 100;
    private int numbers;

    private FakeAws(TimeSource time) {
        this.time = time;
        this.server = HttpFake.start(time);
        server.on("*", "/*").reply(this::answer);
    }

    /**
     * Starts an AWS that has nothing yet.
     *
     * @param time the clock that its operations go by
     * @return a running AWS
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    public static FakeAws start(TimeSource time) {
        return new FakeAws(Objects.requireNonNull(time, "time must not be null"));
    }

    // ---- where it is

    /**
     * Its only account.
     *
     * @return twelve digits
     */
    public String account() {
        return ACCOUNT;
    }

    /**
     * The region of everything that is not said to be elsewhere.
     *
     * @return the region
     */
    public String region() {
        return REGION;
    }

    /**
     * The id of the only access key that it accepts.
     *
     * @return the id
     */
    public String accessKeyId() {
        return KEY_ID;
    }

    /**
     * The only access key that it accepts.
     *
     * @return the key
     */
    public Secret secretAccessKey() {
        return secret;
    }

    /**
     * Where it listens.
     *
     * @return a URL without a path
     */
    public URI uri() {
        return server.uri("/");
    }

    /**
     * A network in which all of AWS is this fake, and nothing else is anywhere.
     *
     * @return the network
     */
    public FakeNetwork network() {
        return on(FakeNetwork.create());
    }

    /**
     * A network in which all of AWS is this fake.
     *
     * @param network the network without it
     * @return the same network with it
     */
    public FakeNetwork on(FakeNetwork network) {
        return network.endpoint(URI.create("https://*.amazonaws.com"), uri());
    }

    // ---- what there is

    /**
     * Whom the credentials belong to; the fake's own account unless said otherwise.
     *
     * @param id the account
     * @return this
     */
    public FakeAws callerOf(String id) {
        Objects.requireNonNull(id, "id must not be null");
        return within(() -> {
            service(StsService.class, StsService::new).account(id);
            return this;
        });
    }

    /**
     * A service of App Runner, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the service
     */
    public FakeAppRunner appRunner(String name) {
        Objects.requireNonNull(name, "name must not be null");
        Instant now = time.now();
        return within(
                () -> service(AppRunnerService.class, AppRunnerService::new).named(name, now));
    }

    /**
     * A repository of ECR, which is there from the first time that it is asked for.
     *
     * @param repository its name
     * @return the repository
     */
    public FakeEcr ecr(String repository) {
        Objects.requireNonNull(repository, "repository must not be null");
        return within(() -> ecr().named(repository));
    }

    /**
     * A secret of Secrets Manager, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the secret
     */
    public FakeSecret secret(String name) {
        Objects.requireNonNull(name, "name must not be null");
        Instant now = time.now();
        return within(() -> service(SecretsService.class, SecretsService::new).named(name, now));
    }

    /**
     * An alarm of CloudWatch, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the alarm of CloudWatch
     */
    public FakeAlarm alarm(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return within(
                () -> service(CloudWatchService.class, CloudWatchService::new).alarm(name));
    }

    /**
     * A metric of CloudWatch, which is there from the first time that it is asked for, without data.
     *
     * @param namespace its namespace, for example {@code AWS/AppRunner}
     * @param name its name
     * @param dimensions the values of its dimensions by their names, which are a part of its identity
     * @return the metric
     */
    public FakeMetric metric(String namespace, String name, Map<String, String> dimensions) {
        Objects.requireNonNull(namespace, "namespace must not be null");
        Objects.requireNonNull(name, "name must not be null");
        Map<String, String> copy = Map.copyOf(dimensions);
        return within(
                () -> service(CloudWatchService.class, CloudWatchService::new).metric(namespace, name, copy));
    }

    /**
     * A bucket of S3, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the bucket of S3
     */
    public FakeBucket bucket(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return within(() -> service(S3Service.class, S3Service::new).bucket(name));
    }

    /**
     * What the account costs.
     *
     * @return the costs
     */
    public FakeCosts costs() {
        return within(() ->
                service(CostExplorerService.class, CostExplorerService::new).costs());
    }

    /**
     * A budget, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the budget
     */
    public FakeBudget budget(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return within(() -> service(BudgetsService.class, BudgetsService::new).budget(name));
    }

    /**
     * A certificate of ACM, which is there from the first time that it is asked for.
     *
     * @param arn its ARN
     * @return the certificate of ACM
     */
    public FakeCertificate certificate(String arn) {
        Objects.requireNonNull(arn, "arn must not be null");
        Instant now = time.now();
        return within(() -> service(AcmService.class, AcmService::new).certificate(arn, now));
    }

    /**
     * A distribution of CloudFront, which is there from the first time that it is asked for.
     *
     * @param id its id
     * @return the distribution of CloudFront
     */
    public FakeDistribution distribution(String id) {
        Objects.requireNonNull(id, "id must not be null");
        Instant now = time.now();
        return within(
                () -> service(CloudFrontService.class, CloudFrontService::new).distribution(id, now));
    }

    /**
     * A table of DynamoDB, which is there from the first time that it is asked for.
     *
     * @param table the name of the table
     * @return the table of DynamoDB
     */
    public FakeDynamoDb dynamoDb(String table) {
        Objects.requireNonNull(table, "table must not be null");
        return within(() -> service(DynamoDbService.class, DynamoDbService::new).dynamoDb(table));
    }

    /**
     * An instance of EC2, which is there from the first time that it is asked for.
     *
     * @param id its id
     * @return the instance of EC2
     */
    public FakeEc2 ec2(String id) {
        Objects.requireNonNull(id, "id must not be null");
        return within(() -> service(Ec2Service.class, Ec2Service::new).ec2(id));
    }

    /**
     * An elastic IP address, which is there from the first time that it is asked for.
     *
     * @param address the address, or the id of its allocation
     * @return the elastic IP address
     */
    public FakeElasticIp elasticIp(String address) {
        Objects.requireNonNull(address, "address must not be null");
        return within(() -> service(Ec2Service.class, Ec2Service::new).elasticIp(address));
    }

    /**
     * A key pair of EC2, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the key pair of EC2
     */
    public FakeKeyPair keyPair(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return within(() -> service(Ec2Service.class, Ec2Service::new).keyPair(name));
    }

    /**
     * A managed prefix list of EC2, which is there from the first time that it is asked for.
     *
     * @param id its id, for example {@code pl-0123456789abcdef0}
     * @return the prefix list
     */
    public FakePrefixList prefixList(String id) {
        Objects.requireNonNull(id, "id must not be null");
        return within(() -> service(Ec2Service.class, Ec2Service::new).prefixList(id));
    }

    /**
     * A security group of EC2, which is there from the first time that it is asked for.
     *
     * @param id its id
     * @return the security group of EC2
     */
    public FakeSecurityGroup securityGroup(String id) {
        Objects.requireNonNull(id, "id must not be null");
        return within(() -> service(Ec2Service.class, Ec2Service::new).securityGroup(id));
    }

    /**
     * A service of ECS Express Mode, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the service of ECS Express Mode
     */
    public FakeExpressService expressService(String name) {
        Objects.requireNonNull(name, "name must not be null");
        Instant now = time.now();
        return within(() -> service(EcsService.class, EcsService::new).expressService(name, now));
    }

    /**
     * A service of ECS, which is there from the first time that it is asked for.
     *
     * @param cluster the name of its cluster
     * @param service its name
     * @return the service of ECS
     */
    public FakeEcs ecs(String cluster, String service) {
        Objects.requireNonNull(cluster, "cluster must not be null");
        Objects.requireNonNull(service, "service must not be null");
        Instant now = time.now();
        return within(() -> service(EcsService.class, EcsService::new).ecs(cluster, service, now));
    }

    /**
     * A hosted zone of Route 53, which is there from the first time that it is asked for.
     *
     * @param name its name, for example {@code shop.example}
     * @return the hosted zone of Route 53
     */
    public FakeHostedZone hostedZone(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return within(() -> service(Route53Service.class, Route53Service::new).hostedZone(name));
    }

    /**
     * A user of IAM, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the user of IAM
     */
    public FakeIamUser iamUser(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return within(() -> service(IamService.class, IamService::new).iamUser(name));
    }

    /**
     * A log group of CloudWatch, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the log group of CloudWatch
     */
    public FakeLogGroup logGroup(String name) {
        Objects.requireNonNull(name, "name must not be null");
        Instant now = time.now();
        return within(() -> service(LogsService.class, LogsService::new).logGroup(name, now));
    }

    /**
     * An instance of RDS, which is there from the first time that it is asked for.
     *
     * @param id its id
     * @return the instance of RDS
     */
    public FakeRds rds(String id) {
        Objects.requireNonNull(id, "id must not be null");
        return within(() -> service(RdsService.class, RdsService::new).rds(id));
    }

    /**
     * A topic of SNS, which is there from the first time that it is asked for.
     *
     * @param name its name
     * @return the topic of SNS
     */
    public FakeTopic topic(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return within(() -> service(SnsService.class, SnsService::new).topic(name));
    }

    /**
     * An alias of a function of Lambda, which is there from the first time that it is asked for.
     *
     * @param function the name of the function
     * @param alias the name of the alias
     * @return the alias of a function of Lambda
     */
    public FakeLambda lambda(String function, String alias) {
        Objects.requireNonNull(function, "function must not be null");
        Objects.requireNonNull(alias, "alias must not be null");
        Instant now = time.now();
        return within(() -> service(LambdaService.class, LambdaService::new).lambda(function, alias, now));
    }

    // ---- what goes wrong

    /**
     * Lets every request go wrong from now on, until {@link #mend}.
     *
     * @param what the fault
     * @return this
     */
    public FakeAws fault(AwsFault what) {
        return add(null, what, Integer.MAX_VALUE);
    }

    /**
     * Lets some requests go wrong from now on, until {@link #mend}.
     *
     * @param on a service's signing name such as {@code rds}, or one operation as in {@code rds:DescribeDBInstances}
     * @param what the fault
     * @return this
     */
    public FakeAws fault(String on, AwsFault what) {
        return add(Objects.requireNonNull(on, "on must not be null"), what, Integer.MAX_VALUE);
    }

    /**
     * Lets the next requests go wrong.
     *
     * @param times how many; at least 1
     * @param what the fault
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public FakeAws faultNext(int times, AwsFault what) {
        return add(null, what, requirePositive(times));
    }

    /**
     * Lets the next requests of some go wrong.
     *
     * @param times how many; at least 1
     * @param on a service's signing name such as {@code rds}, or one operation as in {@code rds:DescribeDBInstances}
     * @param what the fault
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public FakeAws faultNext(int times, String on, AwsFault what) {
        return add(Objects.requireNonNull(on, "on must not be null"), what, requirePositive(times));
    }

    private static int requirePositive(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1 but was " + times);
        }
        return times;
    }

    private FakeAws add(@Nullable String on, AwsFault what, int times) {
        Objects.requireNonNull(what, "what must not be null");
        synchronized (lock) {
            faults.add(new Wrong(on, what, Instant.MIN, times));
        }
        return this;
    }

    /**
     * Ends everything that goes wrong.
     *
     * @return this
     */
    public FakeAws mend() {
        synchronized (lock) {
            faults.clear();
        }
        return this;
    }

    /**
     * How many things there are on a page of a list at most; 100 unless said otherwise.
     *
     * @param most how many; at least 1
     * @return this
     * @throws IllegalArgumentException if it is less than 1
     */
    public FakeAws pageSize(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1 but was " + most);
        }
        synchronized (lock) {
            pageSize = most;
        }
        return this;
    }

    // ---- what was asked

    /**
     * The requests that were understood, also those that were then refused or went wrong.
     *
     * @return the requests in the order in which they came
     */
    public List<AwsRequest> requests() {
        synchronized (lock) {
            return List.copyOf(requests);
        }
    }

    /**
     * The requests for one operation.
     *
     * @param operation for example {@code apprunner:UpdateService}
     * @return the requests in the order in which they came
     */
    public List<AwsRequest> requests(String operation) {
        Objects.requireNonNull(operation, "operation must not be null");
        return requests().stream()
                .filter(request -> request.toString().equals(operation))
                .toList();
    }

    /**
     * The account.
     *
     * @return {@code AWS} and its number
     */
    @Override
    public String plays() {
        return "AWS " + ACCOUNT;
    }

    /**
     * The requests that were understood, as service and operation with the resource that they name, if they name one:
     * {@code rds:DescribeDBInstances shop-db}.
     *
     * @return the questions in the order in which they came
     */
    @Override
    public List<Asked> asked() {
        synchronized (lock) {
            return List.copyOf(questions);
        }
    }

    /**
     * The drifts of all that is there, and for each operation that is asked one of each fault.
     *
     * @param asked what is going to be asked, as {@link #asked} has it
     * @return the troubles, drifts first
     */
    @Override
    public List<Trouble> troubles(Set<String> asked) {
        Set<String> sorted = new TreeSet<>(asked);
        Drifts drifts = new Drifts(sorted, time.now());
        synchronized (lock) {
            // there from the beginning, whether or not anybody has asked it yet
            service(StsService.class, StsService::new);
            new TreeMap<>(bySigningName).values().forEach(service -> service.drifts(drifts));
        }
        List<Trouble> all = new ArrayList<>(drifts.all());
        Set<String> operations = new TreeSet<>();
        sorted.forEach(question -> operations.add(Questions.operation(question)));
        for (String operation : operations) {
            boolean changes = changes(operation);
            for (AwsFault fault : AwsFault.catalogue()) {
                // whoever changes something sees nothing old; who only looks loses nothing that a reset would not lose
                if (changes ? !(fault instanceof AwsFault.StaleRead) : !(fault instanceof AwsFault.LostAnswer)) {
                    all.add(trouble(operation, fault));
                }
            }
        }
        return List.copyOf(all);
    }

    private Trouble trouble(String operation, AwsFault fault) {
        int colon = operation.indexOf(':');
        Trouble trouble = Trouble.fault(
                        operation + " " + fault,
                        operation + " " + words(fault),
                        question -> Questions.operation(question).equals(operation),
                        () -> goesWrong(operation, fault))
                .about(operation, operation.substring(colon + 1));
        return fault instanceof AwsFault.Slow || fault instanceof AwsFault.StaleRead ? trouble.harmless() : trouble;
    }

    private static String words(AwsFault fault) {
        if (fault instanceof AwsFault.Throttled) {
            return "is throttled";
        } else if (fault instanceof AwsFault.Denied) {
            return "is denied";
        } else if (fault instanceof AwsFault.ExpiredToken) {
            return "is refused because the credentials have expired";
        } else if (fault instanceof AwsFault.Broken) {
            return "fails with an internal error";
        } else if (fault instanceof AwsFault.Slow slow) {
            return "is answered " + slow.by().toSeconds() + " s late";
        } else if (fault instanceof AwsFault.Hanging) {
            return "is never answered";
        } else if (fault instanceof AwsFault.LostAnswer) {
            return "has its effect but its answer is lost";
        } else if (fault instanceof AwsFault.Reset) {
            return "has its connection reset";
        } else if (fault instanceof AwsFault.Garbage) {
            return "is answered with garbage";
        } else if (fault instanceof AwsFault.StaleRead stale) {
            return "is answered with what was there " + stale.by().toSeconds() + " s ago";
        }
        return "is answered with nothing";
    }

    /** What it was like before that is not hidden by reads of old state: the fake has not been there for ever. */
    private void goesWrong(String operation, AwsFault fault) {
        Instant now = time.now();
        synchronized (lock) {
            faults.add(new Wrong(operation, fault, now, Integer.MAX_VALUE));
        }
    }

    private boolean changes(String question) {
        int colon = question.indexOf(':');
        if (colon < 0) {
            return false;
        }
        synchronized (lock) {
            String signingName = question.substring(0, colon);
            FakeService service = bySigningName.get(signingName);
            if (service == null) {
                service = known(signingName);
            }
            return service != null
                    && service.operation(question.substring(colon + 1))
                            .map(FakeService.Operation::changes)
                            .orElse(false);
        }
    }

    /**
     * Fails if something was asked that the fake does not know or could not read.
     *
     * @throws AssertionError names all of it
     */
    public void verify() {
        synchronized (lock) {
            if (!problems.isEmpty()) {
                throw new AssertionError(String.join("\n", problems));
            }
        }
        server.verify();
    }

    /** Ends all connections and closes the port. */
    @Override
    public void close() {
        server.close();
    }

    // ---- for the services

    EcrService ecr() {
        return service(EcrService.class, EcrService::new);
    }

    int pageSize() {
        return pageSize;
    }

    TimeSource time() {
        return time;
    }

    /** The next number of a row, for ids that are the same in every run. */
    int number() {
        return ++numbers;
    }

    /** Does something with the state of the services while nobody else does. */
    <T> T within(Supplier<T> work) {
        synchronized (lock) {
            return work.get();
        }
    }

    /** The service, which is there from the first time that it is asked for. */
    <S extends FakeService> S service(Class<S> type, Function<FakeAws, S> maker) {
        synchronized (lock) {
            FakeService known = services.get(type);
            if (known == null) {
                known = maker.apply(this);
                services.put(type, known);
                bySigningName.put(known.signingName(), known);
            }
            return type.cast(known);
        }
    }

    // ---- the exchange

    private Reply answer(ReceivedRequest received) {
        // the clock may hand the turn to somebody else, so it is read outside of every lock
        Instant now = time.now();
        WireRequest request = new WireRequest(
                received.method(), received.path(), received.query().orElse(""), received.headers(), received.body());
        synchronized (lock) {
            return answer(request, now);
        }
    }

    private Reply answer(WireRequest request, Instant now) {
        String requestId = "00000000-0000-4000-8000-" + String.format("%012d", number());
        Optional<SigV4> signature = SigV4.of(request);
        String signingName = signature.map(SigV4::service).orElse("s3");
        FakeService service = bySigningName.get(signingName);
        if (service == null) {
            service = known(signingName);
        }
        WireProtocol protocol = WireProtocol.naming(request, signingName).orElseGet(() -> restOf(signingName));
        if (service == null) {
            return problem(protocol, requestId, "FakeAws has no service " + signingName);
        }
        if (signature.isEmpty() && !service.admitsAnonymous(request)) {
            return error(
                    protocol, new AwsError(403, "MissingAuthenticationToken", "The request is not signed"), requestId);
        }
        if (signature.isPresent()) {
            if (!signature.get().accessKeyId().equals(KEY_ID)) {
                return error(
                        protocol,
                        new AwsError(
                                403, service.unknownKey(), "The security token included in the request is invalid"),
                        requestId);
            }
            if (!signature.get().fits(request, KEY)) {
                return error(
                        protocol,
                        new AwsError(403, service.badSignature(), "The request signature does not match"),
                        requestId);
            }
        }
        Understood asked;
        try {
            asked = understood(service, protocol, request);
        } catch (MalformedRequestException e) {
            return problem(
                    protocol, requestId, "FakeAws cannot read a request to " + signingName + ": " + e.getMessage());
        }
        if (asked == null) {
            String operation = protocol.operation(request).orElse(request.method() + " " + request.rawPath());
            return problem(
                    protocol, requestId, "FakeAws does not know the operation " + operation + " of " + signingName);
        }
        String name = asked.operation().name();
        AwsRequest read = new AwsRequest(
                signingName, name, signature.map(SigV4::region).orElse(REGION), Plain.of(asked.input()), now);
        requests.add(read);
        questions.add(new Asked(Questions.of(read), asked.operation().changes(), now));
        return played(asked, request, take(signingName, name), requestId, now);
    }

    private @Nullable Understood understood(FakeService service, WireProtocol protocol, WireRequest request) {
        Optional<String> named = protocol.operation(request);
        if (named.isPresent()) {
            FakeService.Operation operation = service.operation(named.get()).orElse(null);
            if (operation == null) {
                return null;
            }
            SdkPojo input = operation.input().get();
            protocol.read(request, Map.of(), input);
            return new Understood(service, protocol, operation, built(input));
        }
        for (FakeService.Operation operation : service.routed()) {
            if (!request.method().equals(operation.method())
                    || operation.route() == null
                    || !service.isFor(operation, request)) {
                continue;
            }
            Optional<Map<String, String>> labels = operation.route().match(request.rawPath(), request.rawQuery());
            if (labels.isPresent()) {
                SdkPojo input = operation.input().get();
                protocol.read(request, labels.get(), input);
                return new Understood(service, protocol, operation, built(input));
            }
        }
        return null;
    }

    /** The SDK reads the members of what is built only. */
    private static SdkPojo built(SdkPojo builder) {
        return (SdkPojo) ((SdkBuilder<?, ?>) builder).build();
    }

    private Reply played(Understood asked, WireRequest request, @Nullable Wrong wrong, String requestId, Instant now) {
        AwsFault fault = wrong == null ? null : wrong.what;
        FakeService service = asked.service();
        WireProtocol protocol = asked.protocol();
        if (fault instanceof AwsFault.Throttled) {
            return error(protocol, service.throttled(), requestId);
        } else if (fault instanceof AwsFault.Denied) {
            return error(protocol, service.denied(asked.operation().name()), requestId);
        } else if (fault instanceof AwsFault.ExpiredToken) {
            return error(protocol, service.expired(), requestId);
        } else if (fault instanceof AwsFault.Broken) {
            return error(protocol, service.broken(), requestId);
        } else if (fault instanceof AwsFault.Reset) {
            return Reply.text("").with(HttpFault.resetBeforeHeaders());
        } else if (fault instanceof AwsFault.Hanging) {
            return Reply.text("").with(HttpFault.hangBeforeHeaders());
        } else if (fault instanceof AwsFault.Garbage) {
            return Reply.bytes(200, "application/octet-stream", new byte[] {'<', '{', 0, -1, 'x'});
        } else if (fault instanceof AwsFault.Empty) {
            return Reply.bytes(200, "text/plain", new byte[0]);
        }
        Instant seen = now;
        if (fault instanceof AwsFault.StaleRead stale && !asked.operation().changes()) {
            Instant then = now.minus(stale.by());
            seen = wrong != null && then.isBefore(wrong.since) ? wrong.since : then;
        }
        Reply reply;
        try {
            FakeService.Streamed answer = asked.operation().run().answer(asked.input(), request.body(), seen);
            reply = reply(protocol.write(
                    asked.operation().name(),
                    service.namespace(),
                    answer.response(),
                    answer.body().length == 0 ? null : answer.body(),
                    requestId));
        } catch (AwsError e) {
            reply = error(protocol, e, requestId);
        }
        if (fault instanceof AwsFault.LostAnswer) {
            return Reply.text("").with(HttpFault.resetBeforeHeaders());
        }
        return fault instanceof AwsFault.Slow slow ? reply.after(slow.by()) : reply;
    }

    private @Nullable Wrong take(String service, String operation) {
        for (Iterator<Wrong> all = faults.iterator(); all.hasNext(); ) {
            Wrong wrong = all.next();
            if (wrong.concerns(service, operation)) {
                if (wrong.left != Integer.MAX_VALUE && --wrong.left == 0) {
                    all.remove();
                }
                return wrong;
            }
        }
        return null;
    }

    /** What the fake lacks is a mistake of the test or of the fake, and never looks like a usual answer. */
    private Reply problem(WireProtocol protocol, String requestId, String message) {
        problems.add(message);
        return error(protocol, new AwsError(501, "UnknownOperationException", message), requestId);
    }

    private static Reply error(WireProtocol protocol, AwsError error, String requestId) {
        WireAnswer answer = protocol.error(
                new WireError(error.status(), error.code(), error.text(), error.status() < 500), requestId);
        for (Map.Entry<String, String> header : error.headers().entrySet()) {
            answer = answer.header(header.getKey(), header.getValue());
        }
        return reply(answer);
    }

    private static Reply reply(WireAnswer answer) {
        String type = "";
        for (HttpHeader header : answer.headers()) {
            if (header.name().equalsIgnoreCase("Content-Type")) {
                type = header.value();
            }
        }
        Reply reply = Reply.bytes(answer.status(), type.isEmpty() ? "application/octet-stream" : type, answer.body());
        for (HttpHeader header : answer.headers()) {
            if (!header.name().equalsIgnoreCase("Content-Type")) {
                reply = reply.header(header.name(), header.value());
            }
        }
        return reply;
    }

    private static WireProtocol restOf(String signingName) {
        return switch (signingName) {
            case "lambda" -> WireProtocol.REST_JSON;
            case "s3" -> WireProtocol.REST_XML_S3;
            default -> WireProtocol.REST_XML;
        };
    }

    /** A service that answers although no test has put anything into it. */
    private @Nullable FakeService known(String signingName) {
        Function<FakeAws, ? extends FakeService> maker = Catalogue.SERVICES.get(signingName);
        if (maker == null) {
            return null;
        }
        FakeService made = maker.apply(this);
        services.put(made.getClass(), made);
        bySigningName.put(signingName, made);
        return made;
    }

    /** Kept apart, so that a service's module of the SDK is not needed before the service is asked. */
    private static final class Catalogue {
        static final Map<String, Function<FakeAws, ? extends FakeService>> SERVICES = Map.ofEntries(
                Map.entry("acm", AcmService::new),
                Map.entry("apprunner", AppRunnerService::new),
                Map.entry("budgets", BudgetsService::new),
                Map.entry("ce", CostExplorerService::new),
                Map.entry("cloudfront", CloudFrontService::new),
                Map.entry("dynamodb", DynamoDbService::new),
                Map.entry("ec2", Ec2Service::new),
                Map.entry("ecr", EcrService::new),
                Map.entry("ecs", EcsService::new),
                Map.entry("iam", IamService::new),
                Map.entry("lambda", LambdaService::new),
                Map.entry("logs", LogsService::new),
                Map.entry("monitoring", CloudWatchService::new),
                Map.entry("rds", RdsService::new),
                Map.entry("route53", Route53Service::new),
                Map.entry("s3", S3Service::new),
                Map.entry("secretsmanager", SecretsService::new),
                Map.entry("sns", SnsService::new),
                Map.entry("sts", StsService::new));
    }
}
