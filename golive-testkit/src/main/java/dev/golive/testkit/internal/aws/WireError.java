package dev.golive.testkit.internal.aws;

import java.util.Objects;

/**
 * An error of a service.
 *
 * @param status its HTTP status
 * @param code its code on the wire, for example {@code DBInstanceNotFound}
 * @param message what it says to people
 * @param sender whether the request is to blame rather than the service
 */
public record WireError(int status, String code, String message, boolean sender) {

    /**
     * An error.
     *
     * @param status its HTTP status, from 400 to 599, or 300 to 399 for a redirect
     * @param code its code on the wire, for example {@code DBInstanceNotFound}; not blank
     * @param message what it says to people
     * @param sender whether the request is to blame rather than the service
     * @throws IllegalArgumentException if the code is blank or the status is not one of an error
     */
    public WireError {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException("status must be from 300 to 599, was " + status);
        }
        if (Objects.requireNonNull(code, "code").isBlank()) {
            throw new IllegalArgumentException("code must not be blank");
        }
        Objects.requireNonNull(message, "message");
    }
}
