package dev.golive.railway;

import dev.golive.ActionContext;
import dev.golive.Conduct;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.Release;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ProviderAction;
import dev.golive.railway.internal.Calls;
import dev.golive.railway.internal.Deployment;
import dev.golive.railway.internal.Operation;
import dev.golive.railway.internal.Problems;
import dev.golive.railway.internal.ServicePort;
import dev.golive.railway.internal.Sight;
import dev.golive.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What everything that makes a deployment has in common.
 *
 * <ul>
 *   <li>While anything goes on that is not ours, nothing is judged and nothing is sent.
 *   <li>One request is sent. Whether it was answered or not, the deployment that came of it is known by not having been
 *       listed before; a request of which the answer was lost is looked for, and never repeated.
 *   <li>It is at its target when the one active deployment is the one that came of the request, with what was wanted.
 *   <li>What somebody else put live, judged by what this launch itself did, is left to a person.
 * </ul>
 */
abstract class RailwayServiceAction extends ProviderAction<Calls> {

    /** What names the kind of request in a receipt. */
    private static final String REQUEST = "request";

    private static final String TARGET = "target";

    /** The newest deployment that was listed before the request. */
    private static final String LISTED = "listed";

    private static final String ASKED = "asked";
    private static final String ANSWER = "answer";
    private static final String LOST = "lost";
    private static final String GIVEN = "given";
    private static final String NONE = "none";

    /** A record of a push that was not deployed. */
    private static final String SKIPPED = "SKIPPED";

    /** What a receipt has for an id as long as no deployment is known. */
    private static final String NOT_LISTED = "not listed yet";

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_FOR = Duration.ofSeconds(20);

    /** Lists are behind by half a minute at most; what is not listed after this never began. */
    private static final Duration LATEST = Duration.ofMinutes(2);

    /** What clocks may differ by. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final RailwayService service;

    RailwayServiceAction(RailwayService service, String sentence, Operation... sent) {
        super(
                service.railway().place(),
                Kind.REVERSIBLE,
                sentence,
                service.railway().permissions(changing(sent)));
        this.service = service;
    }

    /** What is sent to find out about releases, and what else. */
    static Operation[] changing(Operation... sent) {
        Set<Operation> all = new LinkedHashSet<>(List.of(
                Operation.SERVICES,
                Operation.SERVICE_INSTANCE,
                Operation.DEPLOYMENTS,
                Operation.DEPLOYMENT,
                Operation.DEPLOYMENT_SNAPSHOT));
        all.addAll(List.of(sent));
        return all.toArray(Operation[]::new);
    }

    /** What kind of request it is, for its receipt. */
    abstract String request();

    /** What it goes to, for its receipt: a release or a commit; empty for whatever comes. */
    abstract String target();

    /** Whether a deployment, the live one for example, has the target, so that nothing need be sent. */
    abstract boolean isReached(Sight sight, Deployment deployment) throws Exception;

    /** Whether a deployment, on its way perhaps, can be the one that this action asks for. */
    abstract boolean isFitting(Sight sight, Deployment deployment) throws Exception;

    /** Why the target cannot be reached from here, empty if it can. */
    abstract Optional<Observation> refusal(Sight sight) throws Exception;

    /** A request that is ready to be sent. */
    @FunctionalInterface
    interface Request {

        /** Sends it; gives the id of the deployment if Railway tells it. */
        Optional<String> send() throws Exception;
    }

    /** Finds out what the request needs, so that nothing is asked any more while it is sent. */
    abstract Request prepare(Sight sight) throws Exception;

    /** What is live now that the deployment of this action is. */
    abstract Release yielded(Sight sight, Deployment own) throws Exception;

    /** What is wrong with what the deployment of this action put live, empty if it is what was wanted. */
    abstract Optional<String> wrong(Sight sight, Deployment own) throws Exception;

    /** What the deployment of this action put live is what it goes to: kept in mind for the session. */
    void recognise(Sight sight, String deploymentId) {}

    final RailwayService service() {
        return service;
    }

    @Override
    public Conduct conduct() {
        return Conduct.standard().deadline(Duration.ofMinutes(30)).observedEvery(Duration.ofSeconds(10));
    }

    /** A second request makes a second deployment. */
    @Override
    public boolean isConvergent() {
        return false;
    }

    // ---- looking

    @Override
    protected Observation look(Calls calls, ActionContext context) throws Exception {
        Optional<Sight> seen = service.sight(calls);
        if (seen.isEmpty()) {
            return Observation.refused("there is no " + service);
        }
        Sight sight = seen.get();
        Optional<Receipt> receipt = context.receipt();
        if (receipt.isEmpty()) {
            return before(sight, context);
        } else if (!receipt.get().id().equals(NOT_LISTED)) {
            return after(sight, receipt.get().id());
        }
        List<Deployment> possible = possible(sight, receipt.get());
        if (possible.size() == 1) {
            return after(sight, possible.get(0).id());
        } else if (!possible.isEmpty()) {
            return Observation.somewhereElse("several deployments began after the request, and nothing tells which is"
                    + " its own: " + possible);
        }
        Instant asked = Instant.parse(detail(receipt.get(), ASKED));
        String answer = detail(receipt.get(), ANSWER);
        String answered = answer.equals(LOST)
                ? ", of which the answer was lost"
                : answer.equals(GIVEN) ? "" : ", which was answered with: " + answer;
        return context.time().now().isBefore(asked.plus(LATEST))
                ? Observation.underWay("no deployment is listed yet for the request" + answered)
                : Observation.refused("no deployment came of the request" + answered);
    }

    private static String detail(Receipt receipt, String name) {
        return receipt.details().getOrDefault(name, "");
    }

    /** What a request of this action would meet. */
    private Observation before(Sight sight, ActionContext context) throws Exception {
        Optional<Deployment> going = sight.moving(signature(context));
        if (going.isPresent()) {
            return Observation.underWay(going.get() + going.get().waitsFor());
        }
        Optional<Deployment> live = sight.live();
        if (live.isPresent() && isReached(sight, live.get())) {
            Release reached = yielded(sight, live.get());
            return Observation.atTarget(live.get() + " is live").yielding(reached);
        }
        Optional<Deployment> current = sight.current();
        Optional<String> foreign = foreign(sight, current, context);
        if (foreign.isPresent()) {
            return Observation.somewhereElse(foreign.get());
        }
        Optional<Observation> refusal = refusal(sight);
        return refusal.isPresent()
                ? refusal.get()
                : Observation.notAtTarget(live.map(one -> one + " is live")
                        .orElse(current.isEmpty() ? "nothing was deployed" : current.get() + " does not serve"));
    }

    /** What somebody else put there, judged by what this launch knows of its own. */
    private Optional<String> foreign(Sight sight, Optional<Deployment> current, ActionContext context)
            throws Exception {
        Optional<Release> launched = context.launched(service.name());
        return launched.isPresent()
                        && current.isPresent()
                        && !sight.isRelease(current.get(), launched.get().id())
                        && !sight.release(current.get())
                                .id()
                                .equals(launched.get().id())
                ? Optional.of(current.get() + " is there, which this launch did not deploy")
                : Optional.empty();
    }

    /** How far the deployment is that came of the request. */
    private Observation after(Sight sight, String id) throws Exception {
        Optional<Deployment> found = sight.find(id);
        if (found.isEmpty()) {
            return Observation.underWay("deployment " + id + " is not listed yet");
        }
        Deployment own = found.get();
        return switch (own.stage()) {
            case UNDER_WAY -> Observation.underWay(own + own.waitsFor());
            case LIVE -> live(sight, own);
            case FAILED ->
                Observation.refused(own
                        + (own.status().equals("CRASHED")
                                ? ": its process crashed, see its log at "
                                : ": Railway did not put it live, since its build, its start or its health check failed;"
                                        + " see its logs at ")
                        + sight.address(own));
            case ENDED -> ended(sight, own);
            case UNKNOWN -> throw ApiProblem.undecided("what the status of " + own + " means is not known");
        };
    }

    private static Observation ended(Sight sight, Deployment own) {
        if (own.status().equals(SKIPPED)) {
            return Observation.refused(
                    own + ": Railway skipped it, since the commit concerns none of the paths that" + " are watched");
        }
        for (Deployment one : sight.all()) {
            if (one.createdAt().isAfter(own.createdAt()) && !one.status().equals(SKIPPED)) {
                return Observation.somewhereElse(own + " was superseded by " + one + ", which is somebody else's");
            }
        }
        return Observation.refused(own + ": somebody removed it");
    }

    private Observation live(Sight sight, Deployment own) throws Exception {
        Optional<Deployment> going = sight.moving("");
        if (going.isPresent()) {
            return Observation.underWay(own + " is live, and " + going.get() + " is on its way"
                    + going.get().waitsFor());
        } else if (!Sight.serves(sight.instance(), own)) {
            return Observation.refused(own + ": its process has ended");
        }
        List<Deployment> active = sight.instance().active();
        if (active.size() != 1 || !active.get(0).id().equals(own.id())) {
            boolean later = active.stream().anyMatch(one -> one.createdAt().isAfter(own.createdAt()));
            return later
                    ? Observation.somewhereElse("a later deployment is active, which is somebody else's: " + active)
                    : Observation.underWay(own + " is not the only active one yet");
        }
        Optional<String> wrong = wrong(sight, own);
        if (wrong.isPresent()) {
            return Observation.refused(own + ": " + wrong.get());
        }
        recognise(sight, own.id());
        return Observation.atTarget(own + " is live").yielding(yielded(sight, own));
    }

    /** What may have come of a request after which no deployment was found. */
    private List<Deployment> possible(Sight sight, Receipt receipt) throws Exception {
        Instant asked = Instant.parse(detail(receipt, ASKED));
        Instant listed = null;
        for (Deployment one : sight.all()) {
            if (one.id().equals(detail(receipt, LISTED))) {
                listed = one.createdAt();
            }
        }
        List<Deployment> possible = new ArrayList<>();
        for (Deployment one : sight.all()) {
            // Railway's clock alone tells, if what was there before is still listed
            boolean later = one.createdAt().isAfter(listed == null ? asked.minus(SKEW) : listed);
            if (later && !one.status().equals(SKIPPED) && isFitting(sight, one)) {
                possible.add(one);
            }
        }
        return possible;
    }

    // ---- sending

    @Override
    protected Receipt send(Calls calls, ActionContext context) throws Exception {
        Sight sight = service.sight(calls).orElseThrow(() -> new GoLiveException("there is no " + service));
        Instant asked = context.time().now();
        Optional<Receipt> earlier = context.receipt();
        if (earlier.isPresent() && earlier.get().id().equals(NOT_LISTED)) {
            List<Deployment> possible = possible(sight, earlier.get());
            if (possible.size() == 1) {
                return receipt(sight, signature(context), possible.get(0).id(), asked, GIVEN);
            }
            throw new GoLiveException(
                    "what came of an earlier request is not known, so that it is not sent once more: a person decides");
        }
        Optional<Deployment> going = sight.moving(signature(context));
        if (going.isPresent()) {
            if (sight.wasAskedFor(going.get(), signature(context)) || isReached(sight, going.get())) {
                // a request that is repeated, or one that nobody needs
                return receipt(sight, signature(context), going.get().id(), asked, GIVEN);
            }
            throw new GoLiveException("another deployment of " + service + " goes on: " + going.get());
        }
        Optional<Deployment> live = sight.live();
        if (live.isPresent() && isReached(sight, live.get())) {
            return receipt(sight, signature(context), live.get().id(), asked, GIVEN);
        }
        Optional<String> foreign = foreign(sight, sight.current(), context);
        if (foreign.isPresent()) {
            throw new GoLiveException(foreign.get());
        }
        Optional<Observation> refusal = refusal(sight);
        if (refusal.isPresent()) {
            throw new GoLiveException(refusal.get().found());
        }
        return sendOnce(calls, sight, signature(context), asked);
    }

    private Receipt sendOnce(Calls calls, Sight sight, String signature, Instant asked) throws Exception {
        String answer = GIVEN;
        Request request = prepare(sight);
        try {
            Optional<String> told = request.send();
            if (told.isPresent()) {
                return receipt(sight, signature, told.get(), asked, answer);
            }
        } catch (ApiProblem e) {
            if (!e.isAmbiguous()) {
                throw e;
            }
            // what Railway says of an error of its own does not tell that nothing came of it
            answer = Problems.isItsAnswer(e) ? e.why() : LOST;
        }
        Optional<Deployment> own = byDifference(calls, sight);
        return receipt(sight, signature, own.map(Deployment::id).orElse(NOT_LISTED), asked, answer);
    }

    /** The only deployment that was not listed before the request and can be what was asked for. */
    private Optional<Deployment> byDifference(Calls calls, Sight before) throws Exception {
        Set<String> known = new HashSet<>();
        before.all().forEach(one -> known.add(one.id()));
        TimeSource time = calls.context().time();
        Instant end = time.now().plus(LOOK_FOR);
        Instant latest = calls.context().deadline().minus(LOOK_EVERY);
        if (latest.isBefore(end)) {
            end = latest;
        }
        while (time.now().isBefore(end)) {
            time.sleepUntil(time.now().plus(LOOK_EVERY));
            List<Deployment> fitting = new ArrayList<>();
            try {
                for (Deployment one :
                        ServicePort.of(calls).newest(before.instance().serviceId())) {
                    if (!known.contains(one.id()) && !one.status().equals(SKIPPED) && isFitting(before, one)) {
                        fitting.add(one);
                    }
                }
            } catch (ApiProblem e) {
                // the request was sent, which must not be forgotten over an answer that is missing now
                continue;
            }
            if (fitting.size() == 1) {
                return Optional.of(fitting.get(0));
            } else if (!fitting.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** What tells requests apart: one without a target is never the same as another. */
    private String signature(ActionContext context) {
        return request() + " " + (target().isEmpty() ? context.idempotencyKey() : target());
    }

    private Receipt receipt(Sight sight, String signature, String id, Instant asked, String answer) {
        sight.askedFor(id, signature);
        Map<String, String> details = new TreeMap<>();
        details.put(REQUEST, request());
        details.put(TARGET, target());
        details.put(LISTED, sight.all().isEmpty() ? NONE : sight.all().get(0).id());
        details.put(ASKED, asked.toString());
        details.put(ANSWER, answer);
        return new Receipt(id, details);
    }
}
