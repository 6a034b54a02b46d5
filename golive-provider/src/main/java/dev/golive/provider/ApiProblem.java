package dev.golive.provider;

import dev.golive.Fact;
import dev.golive.GoLiveException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something stood between golive and an answer of a provider. It says nothing about what was asked for, so that whoever
 * asked does not know: no kind of it is ever a failure of a check. Immutable.
 */
public final class ApiProblem extends GoLiveException {

    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Kind {
        /** The provider does not accept the credential. */
        NOT_ACCEPTED,
        /** The credential has expired. */
        EXPIRED,
        /** There is no credential. */
        NO_CREDENTIAL,
        /** The credential is good, and does not reach that far. */
        DENIED,
        /** The provider says that there is no such thing; whether that fails a check is for whoever asked. */
        NOT_FOUND,
        /** Too many requests, also after waiting. */
        THROTTLED,
        /** The request was understood and not carried out. */
        REFUSED,
        /** The provider itself failed. */
        BROKEN,
        /** The provider could not be reached, or did not answer in time. */
        UNREACHABLE,
        /** The answer made no sense, or said less than it must. */
        UNREADABLE,
        /** A library that is needed to ask is not on the class path. */
        MODULE_MISSING
    }

    /** What stood in the way. */
    private final Kind kind;

    /** The provider's own code of the error, empty if there is none. */
    private final String code;

    private final transient List<Fact> facts;

    private ApiProblem(Kind kind, String code, String why, List<Fact> facts, @Nullable Throwable cause) {
        super(why);
        if (cause != null) {
            initCause(cause);
        }
        this.kind = kind;
        this.code = code;
        this.facts = List.copyOf(facts);
    }

    /**
     * A problem.
     *
     * @param kind what stood in the way
     * @param why the same as a sentence without a full stop, without secrets
     * @return the problem
     */
    public static ApiProblem of(Kind kind, String why) {
        return new ApiProblem(
                Objects.requireNonNull(kind, "kind must not be null"), "", Given.text(why, "why"), List.of(), null);
    }

    /**
     * An answer without something that it must have: what was asked is not proven.
     *
     * @param provider who answered
     * @param missing what was missing
     * @return the problem
     */
    public static ApiProblem incomplete(String provider, String missing) {
        return of(Kind.UNREADABLE, Given.text(provider, "provider") + " answered without " + missing);
    }

    /**
     * The provider answered, and what was asked cannot be told from it.
     *
     * @param why the reason, as a sentence without a full stop
     * @return the problem
     */
    public static ApiProblem undecided(String why) {
        return of(Kind.UNREADABLE, why);
    }

    /**
     * The same with the provider's own code of it.
     *
     * @param ownCode the code, in one line
     * @return the new problem
     */
    public ApiProblem code(String ownCode) {
        return new ApiProblem(kind, Given.notNull(ownCode, "ownCode"), why(), facts, getCause());
    }

    /**
     * The same with what led to it.
     *
     * @param thrown the exception
     * @return the new problem
     */
    public ApiProblem because(Throwable thrown) {
        return new ApiProblem(kind, code, why(), facts, Given.notNull(thrown, "thrown"));
    }

    /**
     * The same with one more fact.
     *
     * @param fact the fact
     * @return the new problem
     */
    public ApiProblem with(Fact fact) {
        List<Fact> more = new ArrayList<>(facts);
        more.add(Given.notNull(fact, "fact"));
        return new ApiProblem(kind, code, why(), more, getCause());
    }

    /**
     * The same in other words, for example without what the provider repeated of the request.
     *
     * @param words a sentence without a full stop
     * @return the new problem, without its cause
     */
    public ApiProblem reworded(String words) {
        return new ApiProblem(kind, code, Given.text(words, "words"), facts, null);
    }

    /**
     * What stood in the way.
     *
     * @return a sentence without a full stop
     */
    public String why() {
        return String.valueOf(getMessage());
    }

    /**
     * What stood in the way.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The provider's own code of the error.
     *
     * @return the code, empty if there is none
     */
    public String code() {
        return code;
    }

    /**
     * What helps to find the request again.
     *
     * @return the facts
     */
    public List<Fact> facts() {
        return facts;
    }

    /**
     * Whether a request that changes something may have had its effect although this was the answer.
     *
     * @return {@code false} only if the provider said that it did not look at it
     */
    public boolean isAmbiguous() {
        return switch (kind) {
            case BROKEN, UNREACHABLE, UNREADABLE -> true;
            case NOT_ACCEPTED, EXPIRED, NO_CREDENTIAL, DENIED, NOT_FOUND, THROTTLED, REFUSED, MODULE_MISSING -> false;
        };
    }
}
