package dev.golive.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link HttpFake} answers to one request.
 *
 * <pre>{@code
 * Reply.json(200, "{\"status\":\"ok\"}").header("Cache-Control", "no-store")
 * Reply.text("late").after(Duration.ofSeconds(3))
 * Reply.html("<p>Hello").with(HttpFault.truncatedBody())
 * }</pre>
 *
 * <p>Date, Content-Length (or, when chunked, Transfer-Encoding) are added unless the reply has them, so that a reply can
 * also give wrong ones.
 *
 * <p>Immutable and thread-safe.
 */
public final class Reply {

    private final int status;
    private final List<HttpHeader> headers;
    private final HttpBody body;
    private final boolean chunked;
    private final boolean dated;
    private final Duration delay;
    private final HttpFault.@Nullable OfExchange fault;

    private Reply(
            int status,
            List<HttpHeader> headers,
            HttpBody body,
            boolean chunked,
            boolean dated,
            Duration delay,
            HttpFault.@Nullable OfExchange fault) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.chunked = chunked;
        this.dated = dated;
        this.delay = delay;
        this.fault = fault;
    }

    /**
     * An answer without a body.
     *
     * @param status the status; 200 to 999, so that statuses nobody has heard of can be sent too
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Reply status(int status) {
        if (status < 200 || status > 999) {
            throw new IllegalArgumentException("status must be between 200 and 999, was " + status);
        }
        return new Reply(status, List.of(), HttpBody.EMPTY, false, true, Duration.ZERO, null);
    }

    /**
     * Status 200 with plain text in UTF-8.
     *
     * @param body the text
     * @return the answer
     */
    public static Reply text(String body) {
        return text(200, body);
    }

    /**
     * Plain text in UTF-8.
     *
     * @param status the status; 200 to 999
     * @param body the text
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Reply text(int status, String body) {
        return utf8(status, "text/plain; charset=utf-8", body);
    }

    /**
     * Status 200 with a page in UTF-8.
     *
     * @param body the page
     * @return the answer
     */
    public static Reply html(String body) {
        return utf8(200, "text/html; charset=utf-8", body);
    }

    /**
     * Status 200 with JSON, which is not checked: it may be malformed.
     *
     * @param body the JSON
     * @return the answer
     */
    public static Reply json(String body) {
        return json(200, body);
    }

    /**
     * JSON, which is not checked: it may be malformed.
     *
     * @param status the status; 200 to 999
     * @param body the JSON
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Reply json(int status, String body) {
        return utf8(status, "application/json", body);
    }

    /**
     * Bytes of some type.
     *
     * @param status the status; 200 to 999
     * @param contentType the value of the header Content-Type
     * @param body the bytes, which are copied
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Reply bytes(int status, String contentType, byte[] body) {
        return status(status).header("Content-Type", contentType).body(HttpBody.of(body.clone()));
    }

    /**
     * A redirect.
     *
     * @param status the status; 300 to 399
     * @param location where to
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Reply redirect(int status, String location) {
        if (status < 300 || status > 399) {
            throw new IllegalArgumentException("status must be between 300 and 399, was " + status);
        }
        return status(status).header("Location", location);
    }

    /**
     * Status 200 with so many bytes, made while they are sent.
     *
     * @param bytes how many; not negative
     * @return the answer
     * @throws IllegalArgumentException if it is negative
     */
    public static Reply filler(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, was " + bytes);
        }
        return status(200).header("Content-Type", "text/plain").body(HttpBody.filler(bytes));
    }

    private static Reply utf8(int status, String contentType, String body) {
        return status(status)
                .header("Content-Type", contentType)
                .body(HttpBody.of(Objects.requireNonNull(body, "body").getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The same answer with a further header field; earlier ones of that name stay.
     *
     * @param name its name; not blank
     * @param value its value
     * @return another answer
     * @throws IllegalArgumentException if the name is blank, or one of them has a line break
     */
    public Reply header(String name, String value) {
        return headers(List.of(new HttpHeader(name, value)));
    }

    /**
     * The same answer without the header fields of that name, also those that would be added, such as Date.
     *
     * @param name the name, in any case
     * @return another answer
     */
    public Reply withoutHeader(String name) {
        Objects.requireNonNull(name, "name");
        List<HttpHeader> fewer =
                headers.stream().filter(header -> !header.isNamed(name)).toList();
        return new Reply(status, fewer, body, chunked, dated && !name.equalsIgnoreCase("Date"), delay, fault);
    }

    /**
     * The same answer with its body compressed and the header Content-Encoding.
     *
     * @return another answer
     */
    public Reply gzipped() {
        return header("Content-Encoding", "gzip").body(body.gzipped());
    }

    /**
     * The same answer without announced length: in chunks on HTTP/1.1.
     *
     * @return another answer
     */
    public Reply chunked() {
        return new Reply(status, headers, body, true, dated, delay, fault);
    }

    /**
     * The same answer, sent that long after the request was read.
     *
     * @param time how long; not negative
     * @return another answer
     * @throws IllegalArgumentException if it is negative
     */
    public Reply after(Duration time) {
        if (Objects.requireNonNull(time, "time").isNegative()) {
            throw new IllegalArgumentException("time must not be negative, was " + time);
        }
        return new Reply(status, headers, body, chunked, dated, time, fault);
    }

    /**
     * The same answer, with which something goes wrong.
     *
     * @param what the fault; replaces an earlier one
     * @return another answer
     */
    public Reply with(HttpFault.OfExchange what) {
        return new Reply(status, headers, body, chunked, dated, delay, Objects.requireNonNull(what, "what"));
    }

    /**
     * The status.
     *
     * @return the status
     */
    public int status() {
        return status;
    }

    /**
     * The header fields that were given.
     *
     * @return the header fields, without those that are added when it is sent
     */
    public List<HttpHeader> headers() {
        return headers;
    }

    /**
     * The delay.
     *
     * @return how long after the request the answer begins
     */
    public Duration delay() {
        return delay;
    }

    /**
     * What goes wrong.
     *
     * @return the fault; empty if nothing does
     */
    public Optional<HttpFault.OfExchange> fault() {
        return Optional.ofNullable(fault);
    }

    Reply headers(List<HttpHeader> more) {
        List<HttpHeader> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Reply(status, List.copyOf(all), body, chunked, dated, delay, fault);
    }

    HttpBody body() {
        return body;
    }

    Reply body(HttpBody other) {
        return new Reply(status, headers, other, chunked, dated, delay, fault);
    }

    boolean isChunked() {
        return chunked;
    }

    boolean isDated() {
        return dated && !has("Date");
    }

    boolean has(String name) {
        return headers.stream().anyMatch(header -> header.isNamed(name));
    }

    /**
     * The answer in one line.
     *
     * @return status and what is special about it
     */
    @Override
    public String toString() {
        return status + (delay.isZero() ? "" : " after " + delay) + (fault == null ? "" : ", " + fault);
    }
}
