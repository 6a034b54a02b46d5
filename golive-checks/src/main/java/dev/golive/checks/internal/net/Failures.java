package dev.golive.checks.internal.net;

import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.time.Spans;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Puts what sockets throw into words that a person would use. */
public final class Failures {

    /** What the systems that Java runs on say when they do not even send something. */
    private static final List<String> OUR_OWN = List.of(
            "network is unreachable",
            "network is down",
            "assign requested address",
            "too many open files",
            "no buffer space",
            "not permitted",
            "permission denied",
            "address family not supported",
            "protocol family unavailable");

    private Failures() {}

    static String connecting(Endpoint endpoint, InetAddress address, IOException e, Duration took) {
        String where = Addresses.text(address) + " port " + endpoint.port();
        if (isRefused(e)) {
            return where + " refused the connection";
        }
        if (e instanceof NoRouteToHostException) {
            return "there is no route to " + where;
        }
        return isClosedByUs(e) || e instanceof SocketTimeoutException
                ? where + " did not answer within " + Spans.text(took)
                : where + " could not be connected: " + text(e);
    }

    static Outcome handshake(Endpoint endpoint, IOException e, Duration took) {
        if (isClosedByUs(e)) {
            return Outcome.unreachable(
                    "the TLS handshake with " + endpoint.host() + " was not finished within " + Spans.text(took));
        }
        String said = text(e);
        int alert = said.indexOf("fatal alert: ");
        if (alert >= 0) {
            return Outcome.failed(endpoint.host() + " refused the TLS handshake: "
                    + said.substring(alert + "fatal alert: ".length()).replace('_', ' '));
        }
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("unrecognized ssl message") || lower.contains("unsupported or unrecognized")) {
            return Outcome.failed(endpoint.host() + " does not speak TLS on port " + endpoint.port());
        }
        if (e instanceof SSLException && !isReset(e) && !isEnd(e)) {
            return Outcome.failed("the TLS handshake with " + endpoint.host() + " failed: " + said);
        }
        return Outcome.unreachable(endpoint.host() + " broke off the TLS handshake: " + said);
    }

    /** Whose certificate it is and how long it is good. */
    public static List<Fact> certificate(X509Certificate leaf, Instant now) {
        // rounded down, as everywhere: a minute after the end it is -1
        long days = Math.floorDiv(
                Duration.between(now, leaf.getNotAfter().toInstant()).toSeconds(),
                Duration.ofDays(1).toSeconds());
        return List.of(
                Fact.of("certificate", leaf.getSubjectX500Principal().getName()),
                Fact.of("certificate days left", days));
    }

    /**
     * Whether this machine itself could not try, so that nothing was learned about the other side: it has no addresses
     * of that family, no route, no port or no file left, or forbids it.
     */
    public static boolean isOurOwn(Throwable e) {
        String said = text(e).toLowerCase(Locale.ROOT);
        return OUR_OWN.stream().anyMatch(said::contains);
    }

    /** Whether the other side said that nobody listens there. */
    public static boolean isRefused(Throwable e) {
        return e instanceof ConnectException && text(e).toLowerCase(Locale.ROOT).contains("refused");
    }

    /** Whether the connection was reset by the other side. */
    public static boolean isReset(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            String said = text(one).toLowerCase(Locale.ROOT);
            if (one instanceof SocketException && (said.contains("reset") || said.contains("broken pipe"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether our own side closed the socket, which it does when time is up. */
    public static boolean isClosedByUs(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            String said = text(one).toLowerCase(Locale.ROOT);
            if (one instanceof SocketException && (said.contains("socket closed") || said.contains("socket is closed"))
                    || one instanceof java.nio.channels.ClosedChannelException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEnd(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one instanceof EOFException) {
                return true;
            }
        }
        return false;
    }

    /** What an exception says, never blank. */
    public static String text(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }
}
