package dev.golive.checks.internal.http;

import dev.golive.Capture;
import dev.golive.Secret;
import dev.golive.checks.HttpVersion;
import dev.golive.checks.internal.net.Family;
import java.net.InetAddress;
import java.security.cert.TrustAnchor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request and how it is to be sent, before any of it has happened. Immutable. */
public final class RequestPlan {

    /** What a request may yet become. Lives only within {@link #changed}. */
    public static final class Draft {
        /** The header lines that the user gave. */
        public List<RequestHeader> headers = new ArrayList<>();
        /** The content, {@code null} for none; never changed once set. */
        public byte @Nullable [] content;
        /** The version to offer. */
        public HttpVersion version = HttpVersion.HTTP_1_1;
        /** Which addresses of the host are wanted. */
        public Family family = Family.ANY;
        /** The one address to ask. */
        public @Nullable InetAddress pinned;
        /** Whether to use a connection of its own. */
        public boolean fresh;
        /** Whether to follow redirects. */
        public boolean following;
        /** Whether to offer to receive the body compressed. */
        public boolean compressed;
        /** How much of a body to read. */
        public int maxBodyBytes = 1 << 20;
        /** Whom to trust besides those whom the network trusts. */
        public Set<TrustAnchor> anchors = Set.of();
        /** Why any certificate will do; {@code null} if it must be good. */
        public @Nullable String anyCertificate;
        /** Why a method that usually writes does not; {@code null} if it does. */
        public @Nullable String readOnly;
    }

    private final String method;
    private final Url url;
    private final Draft parts;

    private RequestPlan(String method, Url url, Draft parts) {
        this.method = method;
        this.url = url;
        this.parts = parts;
    }

    /** A request without anything special. */
    public static RequestPlan of(String method, Url url) {
        return new RequestPlan(method, url, new Draft());
    }

    /** The same with a change. */
    public RequestPlan changed(Consumer<Draft> change) {
        Draft next = copy();
        change.accept(next);
        if (next.anyCertificate != null && next.headers.stream().anyMatch(RequestHeader::secret)) {
            throw new IllegalArgumentException(
                    "a request that accepts any certificate must not carry secrets: anybody could receive them");
        }
        return new RequestPlan(method, url, next);
    }

    private Draft copy() {
        Draft next = new Draft();
        next.headers.addAll(parts.headers);
        next.content = parts.content;
        next.version = parts.version;
        next.family = parts.family;
        next.pinned = parts.pinned;
        next.fresh = parts.fresh;
        next.following = parts.following;
        next.compressed = parts.compressed;
        next.maxBodyBytes = parts.maxBodyBytes;
        next.anchors = parts.anchors;
        next.anyCertificate = parts.anyCertificate;
        next.readOnly = parts.readOnly;
        return next;
    }

    /** The request that follows a redirect: what is secret stays with its origin, a rewritten method has no content. */
    RequestPlan redirected(Hop hop) {
        boolean rewritten = hop.status() == 303 && !method.equals("HEAD")
                || (hop.status() == 301 || hop.status() == 302) && method.equals("POST");
        Draft next = copy();
        if (!url.sameOrigin(hop.to())) {
            next.headers.removeIf(RequestHeader::secret);
        }
        if (!url.host().equals(hop.to().host())) {
            next.pinned = null;
        }
        if (rewritten) {
            next.content = null;
            next.headers.removeIf(header -> header.name().regionMatches(true, 0, "content-", 0, 8));
        }
        return new RequestPlan(rewritten ? "GET" : method, hop.to(), next);
    }

    /** The same without anything that is meant for the right server only. */
    RequestPlan bare() {
        Draft next = copy();
        next.headers.clear();
        next.content = null;
        return new RequestPlan(method, url, next);
    }

    /** The method, in capitals. */
    public String method() {
        return method;
    }

    /** Where it goes. */
    public Url url() {
        return url;
    }

    List<RequestHeader> headers() {
        return parts.headers;
    }

    byte @Nullable [] content() {
        return parts.content;
    }

    /** The version to offer. */
    public HttpVersion version() {
        return parts.version;
    }

    Family family() {
        return parts.family;
    }

    /** The one address to ask, if it is not for DNS to say. */
    public @Nullable InetAddress pinned() {
        return parts.pinned;
    }

    boolean fresh() {
        return parts.fresh;
    }

    /** Whether redirects are followed. */
    public boolean following() {
        return parts.following;
    }

    boolean compressed() {
        return parts.compressed;
    }

    int maxBodyBytes() {
        return parts.maxBodyBytes;
    }

    Set<TrustAnchor> anchors() {
        return parts.anchors;
    }

    boolean anyCertificate() {
        return parts.anyCertificate != null;
    }

    /** Whether nothing is written by it: by the meaning of its method (RFC 9110 section 9.2.1), or as declared. */
    public boolean reads() {
        return isSafe() || parts.readOnly != null;
    }

    /** Whether its method means that nothing is written. */
    boolean isSafe() {
        return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
    }

    /** The captures whose values it sends. */
    public Set<Capture<?>> captures() {
        Set<Capture<?>> all = new LinkedHashSet<>();
        parts.headers.forEach(header -> all.addAll(header.reads()));
        return all;
    }

    /** The secrets that it sends. */
    public Set<Secret> secrets() {
        Set<Secret> all = new LinkedHashSet<>();
        parts.headers.forEach(header -> all.addAll(header.secrets()));
        return all;
    }

    /** What is unusual about it, to follow the URL in a sentence; empty for nothing. */
    public String manner() {
        StringBuilder text = new StringBuilder();
        InetAddress address = parts.pinned;
        if (address != null) {
            text.append(" at ").append(dev.golive.checks.internal.net.Addresses.text(address));
        }
        if (parts.family != Family.ANY) {
            text.append(" by ").append(parts.family);
        }
        if (parts.anyCertificate != null) {
            text.append(" with any certificate");
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return method + " " + url + manner();
    }
}
