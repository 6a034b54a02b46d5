package dev.golive.checks.internal.json;

/** Says that a query selects more values than it is sensible to look at, on the way or in the end. */
public final class TooManyNodesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** How many values a query may select. */
    public static final int MOST = 200_000;

    TooManyNodesException() {
        super("the JSONPath selects more than " + MOST + " values");
    }
}
