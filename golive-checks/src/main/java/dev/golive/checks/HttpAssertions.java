package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;
import static dev.golive.checks.internal.Given.positive;
import static dev.golive.checks.internal.Given.text;

import dev.golive.Capture;
import dev.golive.Expect;
import dev.golive.Expectation;
import dev.golive.checks.internal.http.Assertion;
import dev.golive.checks.internal.http.BodyAssertions;
import dev.golive.checks.internal.http.HeadAssertions;
import dev.golive.checks.internal.http.JsonAssertions;
import dev.golive.checks.internal.http.RequestHeader;
import dev.golive.checks.internal.http.TransferAssertions;
import dev.golive.checks.internal.http.Url;
import dev.golive.checks.internal.json.JsonPlace;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What can be asserted of a response. Every method gives a new value; all that was asserted must hold, and all of it is
 * judged, so that one run shows everything that is wrong. Where nothing is asserted of the status, a server error (500
 * and above) fails all the same.
 *
 * <p>All methods throw {@link NullPointerException} for {@code null} and {@link IllegalArgumentException} for arguments
 * of which no response could ever be: a status of 42, a malformed JSON path, a number where there are only texts.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> what a request with an assertion is: an {@link HttpCheck} or an {@link HttpTrial}
 */
public abstract sealed class HttpAssertions<T> permits HttpProbe, HttpCheck, HttpWrite, HttpTrial {

    HttpAssertions() {}

    abstract T asserting(Assertion assertion);

    // ---- head

    /**
     * The status.
     *
     * @param status the status code expected, from 100 to 599
     * @return with the assertion
     */
    public T status(int status) {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status must be between 100 and 599 but was " + status);
        }
        return status(Expect.is(status));
    }

    /**
     * The status.
     *
     * @param status what it should be, for example {@code oneOf(200, 204)} or {@code between(200, 299)}
     * @return with the assertion
     */
    public T status(Expectation<Integer> status) {
        return asserting(HeadAssertions.status(typed(status, Integer.class, "status")));
    }

    /**
     * The version of HTTP in which the server answers. With {@link HttpVersion#HTTP_2} the request is made in HTTP/2, on
     * a connection of its own on which HTTP/2 and HTTP/1.1 are offered; otherwise HTTP/1.1 is offered.
     *
     * @param version the version expected; HTTP/2 for https URLs only
     * @return with the assertion
     */
    public T version(HttpVersion version) {
        return asserting(HeadAssertions.version(given(version, "version")));
    }

    /**
     * A header. If it is sent in several lines, they are taken as one list with commas (RFC 9110 section 5.3).
     *
     * @param name its name, in any case
     * @param value the value expected
     * @return with the assertion
     */
    public T header(String name, String value) {
        return header(name, Expect.is(given(value, "value")));
    }

    /**
     * A header. If it is sent in several lines, they are taken as one list with commas (RFC 9110 section 5.3).
     *
     * @param name its name, in any case
     * @param value what it should be, for example {@code hsts()} or {@code containing("nosniff")}
     * @return with the assertion
     */
    public T header(String name, Expectation<String> value) {
        return asserting(HeadAssertions.header(headerName(name), typed(value, String.class, "value")));
    }

    /**
     * Every line of a header, of which there must be at least one.
     *
     * @param name its name, in any case
     * @param value what each should be
     * @return with the assertion
     */
    public T everyHeader(String name, Expectation<String> value) {
        return asserting(HeadAssertions.everyHeader(headerName(name), typed(value, String.class, "value")));
    }

    /**
     * The absence of a header.
     *
     * @param name its name, in any case
     * @return with the assertion
     */
    public T noHeader(String name) {
        return asserting(HeadAssertions.noHeader(headerName(name)));
    }

    /**
     * Several headers at once, such as {@link HeaderPolicy#recommended()}.
     *
     * @param policy what the headers should be
     * @return with the assertion
     */
    public T headers(HeaderPolicy policy) {
        return asserting(given(policy, "policy").assertion());
    }

    /**
     * A cookie that the response sets. Its value is never shown.
     *
     * @param name its name, in its case
     * @param cookie what it should be, for example {@code setCookie().secure().httpOnly()}
     * @return with the assertion
     */
    public T cookie(String name, SetCookie cookie) {
        return asserting(HeadAssertions.cookie(text(name, "name"), given(cookie, "cookie")));
    }

    /**
     * That the answer does not come out of a cache, as told by Age, X-Cache and their like. If it does, the outcome is
     * unknown: the server itself was not seen.
     *
     * @return with the assertion
     */
    public T uncached() {
        return asserting(HeadAssertions.uncached());
    }

    // ---- body

    /**
     * The body as text, in the character set that the response names, or else UTF-8.
     *
     * @param text the text expected
     * @return with the assertion
     */
    public T body(String text) {
        return body(Expect.is(given(text, "text")));
    }

    /**
     * The body as text, in the character set that the response names, or else UTF-8.
     *
     * @param text what it should be, for example {@code containing("Welcome")} or {@code matching("v\\d+\\n")}
     * @return with the assertion
     */
    public T body(Expectation<String> text) {
        return asserting(BodyAssertions.text(typed(text, String.class, "text")));
    }

    /**
     * The body, byte for byte.
     *
     * @param bytes the bytes expected, copied
     * @return with the assertion
     */
    public T bodyBytes(byte[] bytes) {
        return asserting(BodyAssertions.bytes(given(bytes, "bytes").clone()));
    }

    /**
     * The SHA-256 of the body.
     *
     * @param hex the hash expected, 64 hexadecimal digits
     * @return with the assertion
     */
    public T bodySha256(String hex) {
        if (!given(hex, "hex").matches("[0-9A-Fa-f]{64}")) {
            throw new IllegalArgumentException("hex must be 64 hexadecimal digits but was " + hex);
        }
        return asserting(BodyAssertions.sha256(hex));
    }

    /**
     * The size of the body, without its compression.
     *
     * @param bytes the number of bytes expected
     * @return with the assertion
     */
    public T bodySize(long bytes) {
        return bodySize(Expect.is(bytes));
    }

    /**
     * The size of the body, without its compression.
     *
     * @param bytes what the number of bytes should be
     * @return with the assertion
     */
    public T bodySize(Expectation<Long> bytes) {
        return asserting(BodyAssertions.size(typed(bytes, Long.class, "bytes")));
    }

    /**
     * That the body is compressed with gzip or deflate, both of which are then offered.
     *
     * @return with the assertion
     */
    public T compressed() {
        return asserting(BodyAssertions.compressed());
    }

    // ---- JSON

    /**
     * Values in a JSON body. Where a path selects several, each must be as expected; there must be at least one.
     *
     * @param place a pointer (RFC 6901), for example {@code /data/status}, or a path (RFC 9535), for example
     *     {@code $.items[*].state}
     * @param value what it should be; of type String, Boolean, BigDecimal, Integer, Long, BigInteger or Double. Numbers
     *     are compared as decimals, so that 1.0 is 1
     * @return with the assertion
     */
    public T json(String place, Expectation<?> value) {
        return asserting(JsonAssertions.value(place(place), given(value, "value")));
    }

    /**
     * A text in a JSON body, see {@link #json(String, Expectation)}.
     *
     * @param place a pointer or a path
     * @param value the text expected
     * @return with the assertion
     */
    public T json(String place, String value) {
        return json(place, Expect.is(given(value, "value")));
    }

    /**
     * A truth value in a JSON body, see {@link #json(String, Expectation)}.
     *
     * @param place a pointer or a path
     * @param value the value expected
     * @return with the assertion
     */
    public T json(String place, boolean value) {
        return json(place, Expect.is(value));
    }

    /**
     * A number in a JSON body, see {@link #json(String, Expectation)}.
     *
     * @param place a pointer or a path
     * @param value the number expected
     * @return with the assertion
     */
    public T json(String place, long value) {
        return json(place, BigDecimal.valueOf(value));
    }

    /**
     * A number in a JSON body, see {@link #json(String, Expectation)}.
     *
     * @param place a pointer or a path
     * @param value the number expected, compared by value: 1.0 is 1
     * @return with the assertion
     */
    public T json(String place, BigDecimal value) {
        return json(place, Expect.is(given(value, "value")));
    }

    /**
     * The absence of a value in a JSON body.
     *
     * @param place a pointer or a path
     * @return with the assertion
     */
    public T jsonAbsent(String place) {
        return asserting(JsonAssertions.absent(place(place)));
    }

    /**
     * A null in a JSON body.
     *
     * @param place a pointer or a path
     * @return with the assertion
     */
    public T jsonNull(String place) {
        return asserting(JsonAssertions.isNull(place(place)));
    }

    /**
     * How many values a path selects in a JSON body or, at a place where only one value can be, how many elements the
     * array there has. No array there is a failure, whatever the count.
     *
     * @param place a pointer or a path
     * @param count what their number should be
     * @return with the assertion
     */
    public T jsonCount(String place, Expectation<Integer> count) {
        return asserting(JsonAssertions.count(place(place), typed(count, Integer.class, "count")));
    }

    // ---- the way the response came

    /**
     * A permanent redirect (301 or 308) to a URL, which is not asked.
     *
     * @param url the absolute URL that it should lead to
     * @return with the assertion
     */
    public T redirectsTo(String url) {
        return redirectsTo(url, Expect.oneOf(301, 308));
    }

    /**
     * A redirect to a URL, which is not asked.
     *
     * @param url the absolute URL that it should lead to
     * @param status what the status should be
     * @return with the assertion
     */
    public T redirectsTo(String url, Expectation<Integer> status) {
        return asserting(
                TransferAssertions.redirect(Url.of(text(url, "url"), "url"), typed(status, Integer.class, "status")));
    }

    /**
     * The URL at which the redirects end, of a request that follows them.
     *
     * @param url the absolute URL expected
     * @return with the assertion
     */
    public T finalUrl(String url) {
        return finalUrl(Expect.is(Url.of(text(url, "url"), "url").toString()));
    }

    /**
     * The URL at which the redirects end, of a request that follows them.
     *
     * @param url what it should be
     * @return with the assertion
     */
    public T finalUrl(Expectation<String> url) {
        return asserting(TransferAssertions.finalUrl(typed(url, String.class, "url")));
    }

    /**
     * How many redirects there are, of a request that follows them.
     *
     * @param count what their number should be
     * @return with the assertion
     */
    public T redirects(Expectation<Integer> count) {
        return asserting(TransferAssertions.redirects(typed(count, Integer.class, "count")));
    }

    /**
     * How long the whole takes: finding the address, connecting, the TLS handshake and the exchange with all redirects.
     * On a reused connection, the times of its opening are counted.
     *
     * @param limit the longest time that is good
     * @return with the assertion
     */
    public T answersWithin(Duration limit) {
        return asserting(TransferAssertions.time(Expect.atMost(positive(limit, "limit"))));
    }

    /**
     * How long the certificate of the server is yet valid, for https only.
     *
     * @param left what the time left should be, for example {@code atLeast(days(21))}
     * @return with the assertion
     */
    public T certificateExpiresIn(Expectation<Duration> left) {
        return asserting(TransferAssertions.certificate(typed(left, Duration.class, "left")));
    }

    // ---- captures

    /**
     * Takes a value from a JSON body for later checks; it must be there.
     *
     * @param place a pointer or a path
     * @param capture the key; of type String, Secret, Boolean, BigDecimal, Integer, Long, BigInteger or Double
     * @param <V> the type of the value
     * @return with the assertion
     */
    public <V> T capture(String place, Capture<V> capture) {
        return asserting(JsonAssertions.capture(place(place), given(capture, "capture")));
    }

    /**
     * Takes a header for later checks; it must be there.
     *
     * @param name its name, in any case
     * @param capture the key; of type String or Secret
     * @param <V> the type of the value
     * @return with the assertion
     */
    public <V> T captureHeader(String name, Capture<V> capture) {
        return asserting(HeadAssertions.capture(headerName(name), given(capture, "capture")));
    }

    private static JsonPlace place(String place) {
        return JsonPlace.of(given(place, "place"), "place");
    }

    static String headerName(String name) {
        return RequestHeader.requireToken(text(name, "name"));
    }

    /** Generics are no proof: a raw type or an expectation of another type fails here and not in the run. */
    static <V> Expectation<V> typed(Expectation<V> expectation, Class<V> type, String argument) {
        if (given(expectation, argument).type() != type) {
            throw new IllegalArgumentException(argument + " must be an expectation of type " + type.getSimpleName()
                    + " but is of type " + expectation.type().getSimpleName());
        }
        return expectation;
    }
}
