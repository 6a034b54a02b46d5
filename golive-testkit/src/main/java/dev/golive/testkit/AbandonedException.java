package dev.golive.testkit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Nobody waits for this answer any more: the client has gone, its attempt was given up, or the fake was closed. */
final class AbandonedException extends IOException {

    private static final long serialVersionUID = 1L;

    AbandonedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
