package dev.golive.checks.internal.net;

import java.io.IOException;

/** Says that a name certainly has no address: it does not exist, or has no record of the kind wanted. */
public final class NoAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The message is a sentence about the name, without a full stop. */
    public NoAddressException(String message) {
        super(message);
    }
}
