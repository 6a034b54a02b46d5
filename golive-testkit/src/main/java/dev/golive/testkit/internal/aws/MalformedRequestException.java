package dev.golive.testkit.internal.aws;

import java.util.Objects;

/** A request that is not what its protocol says it should be; a real service answers it with status 400. */
public final class MalformedRequestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * A request that cannot be read.
     *
     * @param message what is wrong, and where
     */
    public MalformedRequestException(String message) {
        super(Objects.requireNonNull(message, "message"));
    }

    MalformedRequestException(String message, Throwable cause) {
        super(message, cause);
    }
}
