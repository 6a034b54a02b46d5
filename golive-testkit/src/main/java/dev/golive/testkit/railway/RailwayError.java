package dev.golive.testkit.railway;

/** What Railway refuses a request with. */
final class RailwayError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The message of everything that Railway does not explain; it comes without a path and without a code. */
    static final String PROBLEM = "Problem processing request";

    private final String message;
    private final String code;

    private RailwayError(String message, String code) {
        super(message, null, false, false);
        this.message = message;
        this.code = code;
    }

    static RailwayError saying(String message) {
        return new RailwayError(message, "INTERNAL_SERVER_ERROR");
    }

    static RailwayError notAuthorized() {
        return saying("Not Authorized");
    }

    static RailwayError problem() {
        return new RailwayError(PROBLEM, "");
    }

    static RailwayError unauthenticated() {
        return new RailwayError("Not Authorized", "UNAUTHENTICATED");
    }

    String text() {
        return message;
    }

    /** The code in the extensions; empty if the error has neither path nor extensions. */
    String code() {
        return code;
    }
}
