package dev.golive.checks.internal.net;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says that it could not be found out which addresses a name has. */
public final class UnresolvedException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The message is a sentence about what stood in the way, without a full stop. */
    public UnresolvedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
