package dev.golive.checks.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes the content coding of a body (RFC 9110 section 8.4), without unpacking more than the limit. */
final class Decoding {

    private Decoding() {}

    /**
     * Decodes a body.
     *
     * @param received what was received
     * @param whole whether that is all of it
     * @param coding the value of Content-Encoding, empty for none
     * @param limit how many bytes to unpack at most
     */
    static Body decode(byte[] received, boolean whole, String coding, int limit) {
        String name = coding.strip().toLowerCase(Locale.ROOT);
        String cut = whole ? null : "it is longer than the limit of " + limit + " bytes";
        if (name.isEmpty() || name.equals("identity")) {
            return new Body(received, received.length, "", cut, false);
        }
        if (cut != null || received.length == 0) {
            return new Body(new byte[0], received.length, name, cut, false);
        }
        try (InputStream in = unpacking(received, name)) {
            byte[] unpacked = in.readNBytes(limit);
            boolean more = unpacked.length == limit && in.read() >= 0;
            return new Body(
                    unpacked,
                    received.length,
                    name,
                    more ? "unpacked, it is longer than the limit of " + limit + " bytes" : null,
                    false);
        } catch (UnsupportedOperationException e) {
            return new Body(new byte[0], received.length, name, "its coding " + name + " is not understood", false);
        } catch (IOException e) {
            return new Body(new byte[0], received.length, name, "it is not valid " + name, true);
        }
    }

    private static InputStream unpacking(byte[] received, String coding) throws IOException {
        InputStream in = new ByteArrayInputStream(received);
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in, new Inflater(!hasZlibHeader(received)));
            default -> throw new UnsupportedOperationException(coding);
        };
    }

    /** Many servers send "deflate" without the wrapping that RFC 9110 demands. */
    private static boolean hasZlibHeader(byte[] bytes) {
        return bytes.length >= 2 && (bytes[0] & 0x0f) == 8 && ((bytes[0] & 0xff) << 8 | bytes[1] & 0xff) % 31 == 0;
    }
}
