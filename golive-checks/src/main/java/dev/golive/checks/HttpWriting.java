package dev.golive.checks;

import static dev.golive.checks.internal.Given.given;
import static dev.golive.checks.internal.Given.text;

import dev.golive.checks.internal.http.RequestPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that writes, of which it is not yet said how it is cleaned up.
 *
 * <p>Immutable and thread-safe.
 */
public final class HttpWriting {

    private final RequestPlan plan;
    private final String what;

    HttpWriting(RequestPlan plan, String what) {
        this.plan = plan;
        this.what = what;
    }

    /**
     * Cleaned up by requests, sent one after the other also when the trial failed. Each must be answered with a status
     * below 400, or with 404 or 410, which say that nothing is left.
     *
     * @param first the first request
     * @param more further ones
     * @return next, what is asserted
     */
    public HttpWrite cleanedUpBy(HttpProbe first, HttpProbe... more) {
        List<RequestPlan> all = new ArrayList<>();
        all.add(given(first, "first").plan());
        for (HttpProbe one : more) {
            all.add(given(one, "more").plan());
        }
        return new HttpWrite(plan, what, all);
    }

    /**
     * Not cleaned up.
     *
     * @param why why what is written may remain: "sessions end by themselves after an hour"
     * @return next, what is asserted
     */
    public HttpWrite needsNoCleanUp(String why) {
        return new HttpWrite(plan, what + " (not cleaned up: " + text(why, "why") + ")", List.of());
    }
}
