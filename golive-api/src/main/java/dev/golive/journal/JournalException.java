package dev.golive.journal;

import dev.golive.GoLiveException;

/** A journal cannot be opened, read or written; the message names the file and what is wrong with it. */
public final class JournalException extends GoLiveException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception with a message.
     *
     * @param message what is wrong
     */
    public JournalException(String message) {
        super(message);
    }

    /**
     * An exception with a message and a cause.
     *
     * @param message what is wrong
     * @param cause what led to it
     */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
