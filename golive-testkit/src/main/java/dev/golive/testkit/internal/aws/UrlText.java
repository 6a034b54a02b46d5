package dev.golive.testkit.internal.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Text with percent-encoding: parts of paths, queries and forms. */
final class UrlText {

    private UrlText() {}

    /** A part of a path, where a plus is a plus. */
    static String decodePath(String raw) {
        return decode(raw, false);
    }

    /** The names and values of a query or a form in their order. */
    static Map<String, List<String>> parameters(String raw) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
                parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decode(String raw, boolean plusIsSpace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c == '%') {
                int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
                int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw new MalformedRequestException(
                            "\"" + Scalars.shown(raw) + "\": a percent sign that encodes nothing");
                }
                bytes.write(high << 4 | low);
                at += 3;
            } else {
                int end = at + Character.charCount(raw.codePointAt(at));
                bytes.writeBytes(
                        (c == '+' && plusIsSpace ? " " : raw.substring(at, end)).getBytes(StandardCharsets.UTF_8));
                at = end;
            }
        }
        return Scalars.utf8(bytes.toByteArray(), "\"" + Scalars.shown(raw) + "\"");
    }
}
