package dev.golive.checks;

/** A version of HTTP. */
public enum HttpVersion {
    /** HTTP/1.0 (RFC 1945); servers may answer in it, golive never asks in it. */
    HTTP_1_0("HTTP/1.0"),
    /** HTTP/1.1 (RFC 9112). */
    HTTP_1_1("HTTP/1.1"),
    /** HTTP/2 over TLS (RFC 9113). */
    HTTP_2("HTTP/2");

    private final String text;

    HttpVersion(String text) {
        this.text = text;
    }

    /**
     * The version as people write it.
     *
     * @return for example {@code HTTP/1.1}
     */
    @Override
    public String toString() {
        return text;
    }
}
