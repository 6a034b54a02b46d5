package dev.golive.aws;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Shared;
import dev.golive.Subject;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.Service;
import dev.golive.aws.internal.Session;
import dev.golive.provider.Given;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A store that is not of AWS and speaks the protocol of S3, such as Cloudflare R2 or MinIO.
 *
 * <pre>{@code
 * ObjectStore r2 = ObjectStore.at(URI.create("https://0123456789abcdef.r2.cloudflarestorage.com"), "R2")
 *         .credentials("0123456789abcdef", Secret.fromEnv("R2_KEY"));
 *
 * r2.bucket("shop-uploads").cors().allows("https://shop.example", "PUT");
 * r2.bucket("shop-uploads").trial("trials/");
 * }</pre>
 *
 * <ul>
 *   <li>It touches the host of its endpoint; there is no account whose credentials could be mixed up.
 *   <li>The bucket is part of the path, not of the host name.
 *   <li>The region is {@code auto} unless said otherwise, as Cloudflare R2 wants it.
 * </ul>
 *
 * <p>Needs {@code software.amazon.awssdk:s3} on the class path. Immutable and thread-safe.
 */
public final class ObjectStore {

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,40}");

    private final URI endpoint;
    private final String name;
    private final String region;
    private final Session.@Nullable Settings settings;
    private final @Nullable Place place;

    private ObjectStore(URI endpoint, String name, String region, Session.@Nullable Settings settings) {
        this.endpoint = endpoint;
        this.name = name;
        this.region = region;
        this.settings = settings;
        this.place = settings == null ? null : new There(endpoint.getHost(), name, region, settings);
    }

    /**
     * A store.
     *
     * @param endpoint where it is: a URL without a path
     * @param name what people call it
     * @return the store, of which the credentials are missing yet
     * @throws IllegalArgumentException if the endpoint is not a URL of http or https with a host alone
     */
    public static ObjectStore at(URI endpoint, String name) {
        String scheme = Given.notNull(endpoint, "endpoint").getScheme();
        String path = endpoint.getPath();
        if (!("https".equals(scheme) || "http".equals(scheme))
                || endpoint.getHost() == null
                || endpoint.getUserInfo() != null
                || endpoint.getQuery() != null
                || endpoint.getFragment() != null
                || !(path == null || path.isEmpty() || path.equals("/"))) {
            throw new IllegalArgumentException(
                    "endpoint must be a URL of http or https with a host alone but was " + endpoint);
        }
        return new ObjectStore(endpoint, Given.text(name, "name"), "auto", null);
    }

    /**
     * The same with an access key.
     *
     * @param accessKeyId the id of the key
     * @param secretAccessKey the key itself
     * @return the new store
     */
    public ObjectStore credentials(String accessKeyId, Secret secretAccessKey) {
        return new ObjectStore(
                endpoint,
                name,
                region,
                new Session.Settings(
                        null,
                        Given.text(accessKeyId, "accessKeyId"),
                        Given.notNull(secretAccessKey, "secretAccessKey"),
                        endpoint,
                        settings == null ? null : settings.http()));
    }

    /**
     * The same in a region.
     *
     * @param other the region that requests are signed for; {@code auto} unless said otherwise
     * @return the new store
     * @throws IllegalArgumentException if it has other characters than a region
     */
    public ObjectStore region(String other) {
        return new ObjectStore(
                endpoint, name, Given.form(other, "other", REGION, "a region such as auto or eu-central"), settings);
    }

    /**
     * The same with an HTTP client of the AWS SDK, for example one that knows a proxy.
     *
     * @param client sends the requests; must end a blocked exchange when it is aborted; not closed by golive
     * @return the new store
     * @throws IllegalStateException if there are no {@link #credentials} yet
     */
    public ObjectStore httpClient(SdkHttpClient client) {
        Session.Settings known = settings;
        if (known == null) {
            throw new IllegalStateException("credentials must be given first");
        }
        return new ObjectStore(
                endpoint,
                name,
                region,
                new Session.Settings(
                        null, known.accessKeyId(), known.secretAccessKey(), endpoint, Given.notNull(client, "client")));
    }

    /**
     * A bucket of the store.
     *
     * @param bucket its name
     * @return the bucket
     * @throws IllegalStateException if there are no {@link #credentials} yet
     */
    public Bucket bucket(String bucket) {
        Place known = place;
        if (known == null) {
            throw new IllegalStateException("credentials must be given first: those of AWS are never sent to " + name);
        }
        return new Bucket(known, "", null, Given.text(bucket, "bucket"));
    }

    /**
     * The store.
     *
     * @return its name and its host
     */
    @Override
    public String toString() {
        return name + " at " + endpoint.getHost();
    }

    /** Where its checks and actions ask. */
    private static final class There implements Place {

        private final String host;
        private final String name;
        private final String region;
        private final Session.Settings settings;
        private final Shared<Session> session;

        There(String host, String name, String region, Session.Settings settings) {
            this.host = host;
            this.name = name;
            this.region = region;
            this.settings = settings;
            this.session = Shared.of(name + " at " + host, (network, time) -> new Session(settings, network));
        }

        @Override
        public <T> T ask(Service service, CheckContext context, Calls.Asking<T> asking) throws Exception {
            return Calls.during(context.shared(session), service, region, context, asking);
        }

        @Override
        public List<Check> preconditions(Check check) {
            return List.of();
        }

        @Override
        public Set<Secret> secrets() {
            Secret secret = settings.secretAccessKey();
            return secret == null ? Set.of() : Set.of(secret);
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(Subject.host(host));
        }

        @Override
        public Permission permission(String action, String resource) {
            return new Permission(host, action, resource);
        }

        @Override
        public String whereabouts() {
            return " of " + name;
        }
    }
}
