package dev.golive.checks;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Outcome;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.checks.internal.http.Assertion;
import dev.golive.checks.internal.http.Inquiry;
import java.util.Set;

/**
 * A request and what is asserted of its response.
 *
 * <ul>
 *   <li>A response that is not as asserted is failed; so are a name that does not exist, a certificate that is not good,
 *       a refused TLS handshake, and an answer that is not HTTP.
 *   <li>A connection that is refused, reset or not answered is {@linkplain Outcome#unreachable unreachable}.
 *   <li>A name that could not be looked up, a name with none but private addresses, a body longer than the limit, and a
 *       redirect to a host that is not listed are unknown.
 *   <li>The facts name the address that answered, the times of all phases, the certificate, and what was found of
 *       everything asserted. Facts of times are those of the opening of the connection where it is reused, and say so.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class HttpCheck extends HttpAssertions<HttpCheck> implements Check {

    private final Inquiry inquiry;

    private HttpCheck(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    static HttpCheck of(Inquiry inquiry, Assertion assertion) {
        return new HttpCheck(inquiry.and(assertion));
    }

    @Override
    HttpCheck asserting(Assertion assertion) {
        return of(inquiry, assertion);
    }

    @Override
    public String sentence() {
        return inquiry.sentence();
    }

    @Override
    public Outcome examine(CheckContext context) throws Exception {
        return inquiry.run(context);
    }

    @Override
    public Set<Capture<?>> reads() {
        return inquiry.reads();
    }

    @Override
    public Set<Capture<?>> writes() {
        return inquiry.writes();
    }

    @Override
    public Set<Secret> secrets() {
        return inquiry.plan().secrets();
    }

    @Override
    public Set<Subject> touches() {
        return Set.of(Subject.host(inquiry.plan().url().host()));
    }

    /**
     * The check in words.
     *
     * @return its sentence
     */
    @Override
    public String toString() {
        return sentence();
    }
}
