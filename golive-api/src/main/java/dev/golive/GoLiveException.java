package dev.golive;

/**
 * The root of everything golive throws besides {@link IllegalArgumentException} and {@link NullPointerException} for
 * bad arguments. What a check finds out is never an exception but an {@link Outcome}.
 */
public class GoLiveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what is wrong and what is allowed
     */
    public GoLiveException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what is wrong and what is allowed
     * @param cause what led to it
     */
    public GoLiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
