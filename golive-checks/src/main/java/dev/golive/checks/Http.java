package dev.golive.checks;

import dev.golive.checks.internal.Given;
import dev.golive.checks.internal.http.RequestPlan;
import dev.golive.checks.internal.http.Url;
import java.util.Locale;

/**
 * Checks and trials over HTTP/1.1 and HTTP/2, the entry to all of them.
 *
 * <pre>{@code
 * Http.get("https://shop.example/api/health").status(200).json("/data/status", "ok")
 * Http.get("https://shop.example/").header("Strict-Transport-Security", hsts().maxAge(atLeast(days(365))))
 * Http.get("http://shop.example/").redirectsTo("https://shop.example/")
 * Http.get("https://shop.example/").at("203.0.113.10").status(200)
 * }</pre>
 *
 * <p>A request is no {@link dev.golive.Check} before something is asserted of its response. URLs are absolute, of scheme
 * http or https, without user name, password or fragment; international host names are turned into ASCII.
 */
public final class Http {

    private Http() {}

    /**
     * A GET request.
     *
     * @param url where to
     * @return the request
     * @throws IllegalArgumentException if it is not an absolute http or https URL, or carries a secret
     */
    public static HttpProbe get(String url) {
        return request("GET", url);
    }

    /**
     * A HEAD request.
     *
     * @param url where to
     * @return the request
     * @throws IllegalArgumentException if it is not an absolute http or https URL, or carries a secret
     */
    public static HttpProbe head(String url) {
        return request("HEAD", url);
    }

    /**
     * An OPTIONS request.
     *
     * @param url where to
     * @return the request
     * @throws IllegalArgumentException if it is not an absolute http or https URL, or carries a secret
     */
    public static HttpProbe options(String url) {
        return request("OPTIONS", url);
    }

    /**
     * A POST request. It becomes a trial through {@link HttpProbe#writing}, or a check through
     * {@link HttpProbe#readOnly}.
     *
     * @param url where to
     * @return the request
     * @throws IllegalArgumentException if it is not an absolute http or https URL, or carries a secret
     */
    public static HttpProbe post(String url) {
        return request("POST", url);
    }

    /**
     * A PUT request, of which the same holds as of {@link #post}.
     *
     * @param url where to
     * @return the request
     * @throws IllegalArgumentException if it is not an absolute http or https URL, or carries a secret
     */
    public static HttpProbe put(String url) {
        return request("PUT", url);
    }

    /**
     * A DELETE request, of which the same holds as of {@link #post}.
     *
     * @param url where to
     * @return the request
     * @throws IllegalArgumentException if it is not an absolute http or https URL, or carries a secret
     */
    public static HttpProbe delete(String url) {
        return request("DELETE", url);
    }

    /**
     * A request of any method but CONNECT and TRACE. Methods other than GET, HEAD and OPTIONS are taken to write.
     *
     * @param method the method, in any case
     * @param url where to
     * @return the request
     * @throws IllegalArgumentException if the method is none, or the URL is not an absolute http or https URL, or
     *     carries a secret
     */
    public static HttpProbe request(String method, String url) {
        String name = Given.text(method, "method").strip().toUpperCase(Locale.ROOT);
        if (!name.matches("[A-Z][A-Z-]{0,31}") || name.equals("CONNECT") || name.equals("TRACE")) {
            throw new IllegalArgumentException(
                    "method must be a method of HTTP other than CONNECT and TRACE, but was " + method);
        }
        return new HttpProbe(RequestPlan.of(name, Url.of(Given.text(url, "url"), "url")));
    }
}
