package dev.golive.checks;

import dev.golive.checks.internal.http.Assertion;
import dev.golive.checks.internal.http.Inquiry;
import dev.golive.checks.internal.http.RequestPlan;
import java.util.List;

/**
 * A request that writes, and how that is cleaned up. Not a trial before something is asserted of its response.
 *
 * <p>Immutable and thread-safe.
 */
public final class HttpWrite extends HttpAssertions<HttpTrial> {

    private final RequestPlan plan;
    private final String what;
    private final List<RequestPlan> cleanUp;

    HttpWrite(RequestPlan plan, String what, List<RequestPlan> cleanUp) {
        this.plan = plan;
        this.what = what;
        this.cleanUp = List.copyOf(cleanUp);
    }

    @Override
    HttpTrial asserting(Assertion assertion) {
        return HttpTrial.of(new Inquiry(plan, List.of()), assertion, what, cleanUp);
    }
}
