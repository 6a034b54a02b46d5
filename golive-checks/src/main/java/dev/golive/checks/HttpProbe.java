package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;
import static dev.golive.checks.internal.Given.text;

import dev.golive.Capture;
import dev.golive.Secret;
import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.http.Assertion;
import dev.golive.checks.internal.http.Inquiry;
import dev.golive.checks.internal.http.RequestHeader;
import dev.golive.checks.internal.http.RequestPlan;
import dev.golive.checks.internal.net.Addresses;
import dev.golive.checks.internal.net.Family;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A request of which nothing is asserted yet. Not a check: the first assertion makes it one.
 *
 * <ul>
 *   <li>One address is asked, once. Only a GET or HEAD on a reused connection that died before the first byte of the
 *       response is sent again, on a new connection, and the facts say so.
 *   <li>Checks of one {@link dev.golive.GoLive} share connections, at most 8 for each origin, address and trust, unless
 *       {@link #freshConnection()}. Requests other than GET, HEAD and OPTIONS, and those in HTTP/2, never share.
 *   <li>To a server whose certificate is not good, nothing is sent but a request without any of its headers, and only
 *       the head of the answer is read, for the facts.
 *   <li>Redirects are not followed unless {@link #followingRedirects()}.
 *   <li>At most {@value #DEFAULT_MAX_BODY_BYTES} bytes of a body are read, also unpacked, unless {@link #maxBodyBytes}
 *       says otherwise.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class HttpProbe extends HttpAssertions<HttpCheck> {

    /** How many bytes of a body are read unless said otherwise: 1 MiB. */
    public static final int DEFAULT_MAX_BODY_BYTES = 1 << 20;

    private final RequestPlan plan;

    HttpProbe(RequestPlan plan) {
        this.plan = plan;
    }

    RequestPlan plan() {
        return plan;
    }

    private HttpProbe changed(Consumer<RequestPlan.Draft> change) {
        return new HttpProbe(plan.changed(change));
    }

    // ---- what is sent

    /**
     * The same with a header line.
     *
     * @param name its name
     * @param value its value, which is no secret
     * @return the new request
     * @throws IllegalArgumentException if it is no header, or one that must carry a {@link Secret}, or one that the
     *     transport sets
     */
    public HttpProbe sending(String name, String value) {
        return with(RequestHeader.plain(text(name, "name"), given(value, "value")));
    }

    /**
     * The same with a header line whose value is secret.
     *
     * @param name its name
     * @param value its value
     * @return the new request
     * @throws IllegalArgumentException if it is no header, or one that the transport sets
     */
    public HttpProbe sending(String name, Secret value) {
        return with(RequestHeader.secret(text(name, "name"), given(value, "value"), Function.identity()));
    }

    /**
     * The same with a header line whose value an earlier item captures.
     *
     * @param name its name
     * @param value the key; of type String or Secret
     * @return the new request
     * @throws IllegalArgumentException if it is no header, or one that the transport sets, or the key is of another type
     */
    public HttpProbe sending(String name, Capture<?> value) {
        return with(RequestHeader.captured(text(name, "name"), given(value, "value"), Function.identity()));
    }

    /**
     * The same with a bearer token (RFC 6750).
     *
     * @param token the token
     * @return the new request
     */
    public HttpProbe bearer(Secret token) {
        return with(RequestHeader.secret("Authorization", given(token, "token"), value -> "Bearer " + value));
    }

    /**
     * The same with a bearer token (RFC 6750) that an earlier item captures.
     *
     * @param token the key of the token
     * @return the new request
     */
    public HttpProbe bearer(Capture<Secret> token) {
        return with(RequestHeader.captured("Authorization", given(token, "token"), value -> "Bearer " + value));
    }

    /**
     * The same with a user name and a password (RFC 7617, in UTF-8).
     *
     * @param user the user name, without a colon
     * @param password the password
     * @return the new request
     * @throws IllegalArgumentException if the user name has a colon
     */
    public HttpProbe basic(String user, Secret password) {
        return with(RequestHeader.secret("Authorization", given(password, "password"), basic(user)));
    }

    /**
     * The same with a user name and a password (RFC 7617, in UTF-8) that an earlier item captures.
     *
     * @param user the user name, without a colon
     * @param password the key of the password
     * @return the new request
     * @throws IllegalArgumentException if the user name has a colon
     */
    public HttpProbe basic(String user, Capture<Secret> password) {
        return with(RequestHeader.captured("Authorization", given(password, "password"), basic(user)));
    }

    private static Function<String, String> basic(String user) {
        if (text(user, "user").indexOf(':') >= 0) {
            throw new IllegalArgumentException("user must not contain a colon");
        }
        return password ->
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpProbe with(RequestHeader header) {
        return changed(draft -> {
            draft.headers.removeIf(one -> one.name().equalsIgnoreCase(header.name()));
            draft.headers.add(header);
        });
    }

    /**
     * The same with content.
     *
     * @param contentType the media type of the content
     * @param content the content, sent in UTF-8
     * @return the new request
     * @throws IllegalArgumentException if the method is GET or HEAD, whose content has no meaning
     */
    public HttpProbe sendingBody(String contentType, String content) {
        return sendingBody(contentType, given(content, "content").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The same with content.
     *
     * @param contentType the media type of the content
     * @param content the content, copied
     * @return the new request
     * @throws IllegalArgumentException if the method is GET or HEAD, whose content has no meaning
     */
    public HttpProbe sendingBody(String contentType, byte[] content) {
        if (plan.method().equals("GET") || plan.method().equals("HEAD")) {
            throw new IllegalArgumentException("content must not be sent with " + plan.method());
        }
        byte[] copy = given(content, "content").clone();
        return sending("Content-Type", text(contentType, "contentType")).changed(draft -> draft.content = copy);
    }

    /**
     * The same with JSON.
     *
     * @param json the JSON text
     * @return the new request
     * @throws IllegalArgumentException if the method is GET or HEAD, whose content has no meaning
     */
    public HttpProbe sendingJson(String json) {
        return sendingBody("application/json", text(json, "json"));
    }

    /**
     * The same with a form.
     *
     * @param fields the names and values of its fields, none of them secret
     * @return the new request
     * @throws IllegalArgumentException if the method is GET or HEAD, whose content has no meaning
     */
    public HttpProbe sendingForm(Map<String, String> fields) {
        String form = given(fields, "fields").entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return sendingBody("application/x-www-form-urlencoded", form);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(given(text, "fields"), StandardCharsets.UTF_8);
    }

    // ---- how it is sent

    /**
     * The same, asked of one address instead of those that the name has, with the host's name in TLS and HTTP and in the
     * judgement of the certificate: how a server answers before DNS is switched to it.
     *
     * @param address the address
     * @return the new request
     */
    public HttpProbe at(InetAddress address) {
        given(address, "address");
        return changed(draft -> draft.pinned = address);
    }

    /**
     * The same, asked of one address, see {@link #at(InetAddress)}.
     *
     * @param address a literal IPv4 or IPv6 address
     * @return the new request
     * @throws IllegalArgumentException if it is not a literal address
     */
    public HttpProbe at(String address) {
        return at(Addresses.literal(given(address, "address"))
                .orElseThrow(() -> new IllegalArgumentException(
                        "address must be a literal IPv4 or IPv6 address but was " + address)));
    }

    /**
     * The same, by IPv4 only.
     *
     * @return the new request
     */
    public HttpProbe ipv4() {
        return changed(draft -> draft.family = Family.IPV4);
    }

    /**
     * The same, by IPv6 only.
     *
     * @return the new request
     */
    public HttpProbe ipv6() {
        return changed(draft -> draft.family = Family.IPV6);
    }

    /**
     * The same on a connection of its own, so that all its times are measured now.
     *
     * @return the new request
     */
    public HttpProbe freshConnection() {
        return changed(draft -> draft.fresh = true);
    }

    /**
     * The same, following up to 10 redirects, each of which is a fact. Going round in a circle fails. A redirect to a
     * host that the environment does not list is unknown. What is secret is not sent to another origin.
     *
     * @return the new request
     */
    public HttpProbe followingRedirects() {
        return changed(draft -> draft.following = true);
    }

    /**
     * The same with another limit of how much of a body is read, also unpacked. Of a longer body nothing can be said.
     *
     * @param most between 1 and 256 MiB
     * @return the new request
     */
    public HttpProbe maxBodyBytes(int most) {
        Given.between(most, 1, 256 << 20, "most");
        return changed(draft -> draft.maxBodyBytes = most);
    }

    /**
     * The same, trusting certificate authorities of one's own besides those that the network trusts.
     *
     * @param authorities the certificates of the authorities, at least one
     * @return the new request
     */
    public HttpProbe trusting(X509Certificate... authorities) {
        if (authorities.length == 0) {
            throw new IllegalArgumentException("authorities must not be empty");
        }
        Set<TrustAnchor> anchors = Arrays.stream(authorities)
                .map(one -> new TrustAnchor(given(one, "authorities"), null))
                .collect(Collectors.toUnmodifiableSet());
        return changed(draft -> draft.anchors = anchors);
    }

    /**
     * The same, whatever the certificate of the server. Its verdict remains a fact. Such a request must not carry
     * secrets.
     *
     * @param why why that is good enough
     * @return the new request
     * @throws IllegalArgumentException if the request carries a secret
     */
    public HttpProbe acceptingAnyCertificate(String why) {
        text(why, "why");
        return changed(draft -> draft.anyCertificate = why);
    }

    // ---- what becomes of it

    /**
     * The same, declared to write nothing although its method usually does, as a query by POST.
     *
     * @param why why it writes nothing
     * @return the new request, of which a check can be made
     */
    public HttpProbe readOnly(String why) {
        text(why, "why");
        return changed(draft -> draft.readOnly = why);
    }

    /**
     * A request that writes test data and becomes a trial.
     *
     * @param what what it writes, in words: "a session of the account shop-test"
     * @return next, how that is cleaned up
     */
    public HttpWriting writing(String what) {
        return new HttpWriting(plan, text(what, "what"));
    }

    @Override
    HttpCheck asserting(Assertion assertion) {
        if (!plan.reads()) {
            throw new IllegalArgumentException("a check must not write, and " + plan.method()
                    + " usually does: declare writing(..) to make it a trial, or readOnly(..) if it writes nothing");
        }
        return HttpCheck.of(new Inquiry(plan, List.of()), assertion);
    }

    /**
     * The request in words.
     *
     * @return method and URL
     */
    @Override
    public String toString() {
        return plan.toString();
    }
}
