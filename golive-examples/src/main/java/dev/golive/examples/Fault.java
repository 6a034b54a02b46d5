package dev.golive.examples;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code --break} can spoil on the stage, one at a time. */
enum Fault {
    EXPIRED_CERTIFICATE("the certificate of the apex has expired"),
    MISSING_INTERMEDIATE("the edge does not send the intermediate certificate"),
    WRONG_NAME("the certificate of the apex does not cover www"),
    ORIGIN_CERTIFICATE("the origin behind the edge has a self-signed certificate"),
    REVOKED_CERTIFICATE("the certificate of the api was revoked"),
    NO_HSTS("the Strict-Transport-Security header is missing"),
    NO_REDIRECT("plain HTTP answers the page instead of redirecting to HTTPS"),
    HTTP_1_ONLY("the edge does not speak HTTP/2"),
    BYPASSED_PROXY("the apex is not served through the proxy"),
    PROXIED_API("the api name is proxied, so its alias cannot be seen"),
    STALE_NAME_SERVER("one of the two name servers still answers the old address"),
    SILENT_NAME_SERVER("one of the two name servers does not answer"),
    HEALTH_DOWN("the health endpoint answers 503"),
    DATABASE_DOWN("the health endpoint answers 200, but says that the database is down"),
    NO_STATUS_PAGE("the host of the status page refuses connections"),
    NO_TERMS("the page with the terms is missing"),
    LAX_COOKIE("the session cookie is neither HttpOnly nor SameSite=Strict"),
    FIVE_RATES("the rates endpoint returns five currency pairs instead of six");

    private final String sentence;

    Fault(String sentence) {
        this.sentence = sentence;
    }

    /** What is spoilt, in words. */
    String sentence() {
        return sentence;
    }

    /** What it is called on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault> of(String word) {
        return Arrays.stream(values())
                .filter(fault -> fault.word().equals(word))
                .findFirst();
    }

    static String all() {
        return Arrays.stream(values())
                .map(fault -> String.format("  %-22s %s", fault.word(), fault.sentence))
                .collect(Collectors.joining("\n"));
    }
}
