package dev.golive.checks;

/** A version of the protocol, in the order of age. */
public enum TlsVersion {
    /** SSL 3.0 (RFC 6101), broken and prohibited by RFC 7568. */
    SSL_3("SSL 3.0", 0x0300),
    /** TLS 1.0 (RFC 2246), prohibited by RFC 8996. */
    TLS_1_0("TLS 1.0", 0x0301),
    /** TLS 1.1 (RFC 4346), prohibited by RFC 8996. */
    TLS_1_1("TLS 1.1", 0x0302),
    /** TLS 1.2 (RFC 5246). */
    TLS_1_2("TLS 1.2", 0x0303),
    /** TLS 1.3 (RFC 8446). */
    TLS_1_3("TLS 1.3", 0x0304);

    private final String text;
    private final int code;

    TlsVersion(String text, int code) {
        this.text = text;
        this.code = code;
    }

    /**
     * The number that stands for the version in the protocol.
     *
     * @return two bytes, for example 0x0303
     */
    public int code() {
        return code;
    }

    @Override
    public String toString() {
        return text;
    }
}
