package dev.golive.testkit.internal.aws;

import dev.golive.testkit.HttpHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An answer as it goes over the wire.
 *
 * @param status its HTTP status
 * @param headers its header fields in their order, without those about length and transfer
 * @param body its body; empty if there is none. It is not copied: nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared; a copy for each hand would be a waste
public record WireAnswer(int status, List<HttpHeader> headers, byte[] body) {

    /**
     * An answer.
     *
     * @param status its HTTP status, from 100 to 599
     * @param headers its header fields in their order, without those about length and transfer
     * @param body its body; empty if there is none. It is not copied: nobody may change it
     * @throws IllegalArgumentException if there is no such status
     */
    public WireAnswer {
        requireStatus(status);
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }

    /**
     * The same answer with another status: SDK models do not say which one an operation of a REST protocol has.
     *
     * @param status the HTTP status, from 100 to 599
     * @return a new answer
     * @throws IllegalArgumentException if there is no such status
     */
    public WireAnswer status(int status) {
        return new WireAnswer(status, headers, body);
    }

    /**
     * The same answer with one header field more.
     *
     * @param name its name
     * @param value its value
     * @return a new answer
     */
    public WireAnswer header(String name, String value) {
        List<HttpHeader> more = new ArrayList<>(headers);
        more.add(new HttpHeader(name, value));
        return new WireAnswer(status, more, body);
    }

    static int requireStatus(int status) {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status must be from 100 to 599, was " + status);
        }
        return status;
    }
}
