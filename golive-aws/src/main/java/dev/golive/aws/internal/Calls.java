package dev.golive.aws.internal;

import dev.golive.CheckContext;
import dev.golive.CheckContext.Each;
import dev.golive.provider.ApiProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The calls of one attempt to one service in one region: with the clients of the session, within the attempt's time,
 * and with every error turned into an {@link ApiProblem}.
 */
public final class Calls {

    /**
     * What makes calls.
     *
     * @param <T> what they give
     */
    @FunctionalInterface
    public interface Body<T> {

        /** Makes them. */
        T run() throws Exception;
    }

    /**
     * What makes calls and is handed the way to make them.
     *
     * @param <T> what they give
     */
    @FunctionalInterface
    public interface Asking<T> {

        /** Makes them. */
        T ask(Calls calls) throws Exception;
    }

    private final Session session;
    private final Service service;
    private final String region;
    private final CheckContext context;

    private Calls(Session session, Service service, String region, CheckContext context) {
        this.session = session;
        this.service = service;
        this.region = region;
        this.context = context;
    }

    /**
     * Makes calls in an attempt.
     *
     * @throws ApiProblem if something stood between golive and an answer
     */
    public static <T> T during(Session session, Service service, String region, CheckContext context, Asking<T> asking)
            throws Exception {
        session.reveal(context);
        Calls calls = new Calls(session, service, region, context);
        return calls.guarded(false, () -> asking.ask(calls));
    }

    private <T> T guarded(boolean writing, Body<T> body) throws Exception {
        try {
            return Guard.during(context, writing, body);
        } catch (InterruptedException e) {
            throw e;
        } catch (LinkageError | Exception e) {
            if (isOurs(e)) {
                throw e;
            }
            throw Problems.of(service, e);
        }
    }

    /** Whether it comes from the SDK or from the way to it; everything else is a mistake of ours and stays what it is. */
    private static boolean isOurs(Throwable thrown) {
        return !(thrown instanceof LinkageError) && !Problems.isOfSdk(thrown);
    }

    /** The client of the service, in the region of these calls. */
    public <C> C client(ClientType<?, C> type) throws Exception {
        return session.client(type, region);
    }

    /** Calls to another service in the same attempt. */
    public <T> T to(Service other, String where, Asking<T> asking) throws Exception {
        return during(session, other, where, context, asking);
    }

    /** Keeps something until the session ends. */
    public void remember(String key, Object value) {
        session.memory().remember(key, value);
    }

    /** What was kept in this session. */
    public <T> Optional<T> remembered(String key, Class<T> type) {
        return session.memory().remembered(key, type);
    }

    /** A call that changes something: it is not repeated unless AWS says that it did not look at it. */
    public <T> T writing(Body<T> body) throws Exception {
        return guarded(true, body);
    }

    /**
     * A call that changes something and carries values which are nobody's business: AWS repeats what it refuses, and the
     * words of such an error are dropped.
     */
    public <T> T writingValues(Body<T> body) throws Exception {
        try {
            return writing(body);
        } catch (ApiProblem e) {
            throw Problems.withoutWords(service, e);
        }
    }

    /** A call of which the answer may be that there is no such thing; the codes are those of the service for that. */
    public <T> Optional<T> found(Set<String> notFound, Body<T> body) throws Exception {
        try {
            return Optional.of(body.run());
        } catch (AwsServiceException e) {
            if (notFound.contains(Problems.code(e))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Calls for each element, side by side as far as threads are free. */
    public <A, B> List<B> each(List<A> in, Each<A, B> function) throws Exception {
        return context.parallel(in, 8, element -> guarded(false, () -> function.apply(element)));
    }

    /** What an answer must have said. */
    public <T> T said(@Nullable T value, String what) {
        if (value == null || value instanceof String text && text.isEmpty()) {
            throw ApiProblem.incomplete(service.title(), what);
        }
        return value;
    }

    /**
     * A list that an answer must have, though it may be empty: one without it says nothing, and not that there is none.
     *
     * @param listed what the SDK says of whether it was there
     */
    public <T> List<T> listed(boolean listed, List<T> list, String what) {
        if (!listed) {
            throw ApiProblem.incomplete(service.title(), "a list of " + what);
        }
        return list;
    }

    /** The attempt. */
    public CheckContext context() {
        return context;
    }

    /** The region asked. */
    public String region() {
        return region;
    }
}
