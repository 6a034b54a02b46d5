package dev.golive.checks.internal.http;

import dev.golive.checks.internal.net.Addresses;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute http or https URL (RFC 3986), with its host in ASCII and without user information or fragment.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host name in lower case, or a literal address without brackets
 * @param port the port, also where the URL leaves it out
 * @param target path and query as they are sent
 */
public record Url(String scheme, String host, int port, String target) {

    private static final Pattern PARTS = Pattern.compile("(?is)(https?)://([^/?#\\\\]*)([^#]*)(#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]+)(?::(\\d{1,5}))?");
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final Set<String> SECRET_PARAMETERS =
            Set.of("access_token", "api_key", "apikey", "client_secret", "passwd", "password", "secret");

    /**
     * Reads a URL that somebody wrote into a check.
     *
     * @param text the URL
     * @param argument names it in messages
     * @throws IllegalArgumentException if it is none, or carries what would be shown in reports and must not be
     */
    public static Url of(String text, String argument) {
        Matcher parts = PARTS.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    argument + " must be an absolute URL that begins with http:// or https://, but was " + shown(text));
        }
        if (parts.group(2).indexOf('@') >= 0) {
            throw new IllegalArgumentException(argument
                    + " must not contain a user name or password: give them to basic(..) or bearer(..) as a Secret");
        }
        if (parts.group(4) != null) {
            throw new IllegalArgumentException(
                    argument + " must not have a fragment, which is never sent, but was " + shown(text));
        }
        Url url = parse(parts, text, argument);
        for (String parameter :
                url.target.substring(url.target.indexOf('?') + 1).split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0
                    && url.target.indexOf('?') >= 0
                    && SECRET_PARAMETERS.contains(parameter.substring(0, equals).toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(argument + " must not contain a secret such as the parameter "
                        + parameter.substring(0, equals) + ": send it as a header, as a Secret");
            }
        }
        return url;
    }

    /**
     * Where a redirect leads.
     *
     * @param location the value of the header field, absolute or relative
     * @throws IllegalArgumentException if it leads nowhere
     */
    public Url resolve(String location) {
        String given = location.strip();
        int query = target.indexOf('?');
        try {
            String resolved = PARTS.matcher(given).matches()
                    ? given
                    : given.startsWith("?") // java.net.URI would drop the last segment of the path
                            ? scheme + "://" + authority() + (query < 0 ? target : target.substring(0, query)) + given
                            : new URI(toString()).resolve(new URI(given)).toString();
            Matcher parts = PARTS.matcher(resolved);
            if (parts.matches() && parts.group(2).indexOf('@') < 0) {
                return parse(parts, resolved, "location");
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("location is not a URL: " + shown(location), e);
        }
        throw new IllegalArgumentException("location is not an http or https URL: " + shown(location));
    }

    private static Url parse(Matcher parts, String text, String argument) {
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        if (!authority.matches()) {
            throw new IllegalArgumentException(argument + " must name a host, but was " + shown(text));
        }
        int port = scheme.equals("https") ? 443 : 80;
        if (authority.group(2) != null) {
            port = Integer.parseInt(authority.group(2));
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException(
                        argument + " must have a port between 1 and 65535, but was " + shown(text));
            }
        }
        String rest = parts.group(3);
        String target = rest.startsWith("/") ? rest : "/" + rest;
        try {
            String ascii = new URI("http://host" + target).toASCIIString();
            target = ascii.substring("http://host".length());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    argument + " must have a path and query without illegal characters (write a space as %20): "
                            + e.getReason() + " in " + shown(text),
                    e);
        }
        return new Url(scheme, host(authority.group(1), argument), port, target);
    }

    /**
     * A host as DNS and certificates write it.
     *
     * @param text a name, also an internationalized one (RFC 5891), or a literal address
     * @param argument names it in messages
     * @throws IllegalArgumentException if it is neither
     */
    public static String host(String text, String argument) {
        Optional<InetAddress> literal = Addresses.literal(text);
        if (literal.isPresent()) {
            return Addresses.text(literal.get());
        }
        String ascii;
        try {
            ascii = IDN.toASCII(text.strip(), IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(argument + " must name a host, but was " + shown(text), e);
        }
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        boolean onlyDigits = name.matches("[0-9.]+");
        if (onlyDigits || name.length() > 253 || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(argument
                    + " must name a host: labels of letters, digits and hyphens, or a literal address, but was "
                    + shown(text));
        }
        return name;
    }

    private static String shown(String text) {
        // what stands before an @ may be a password, whatever else is wrong with the URL
        String safe = text.replaceAll("//[^/]*@", "//***@");
        return safe.length() > 200 ? safe.substring(0, 200) + "..." : safe;
    }

    /** Whether it is an https URL. */
    public boolean secure() {
        return scheme.equals("https");
    }

    /** Whether a request to the other may carry what is meant for this one. */
    public boolean sameOrigin(Url other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    /** Host and port as they stand in a URL and in the Host header. */
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure() ? 443 : 80) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority() + target;
    }
}
