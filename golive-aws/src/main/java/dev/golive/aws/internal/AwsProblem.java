package dev.golive.aws.internal;

import dev.golive.Fact;
import dev.golive.GoLiveException;
import java.util.List;

/**
 * Something stood between golive and an answer of AWS. It says nothing about what was asked for, so that whoever asked
 * does not know: no kind of it is ever a failure of a check.
 */
public final class AwsProblem extends GoLiveException {

    private static final long serialVersionUID = 1L;

    /** What stood in the way. */
    public enum Kind {
        /** The caller may not do this. */
        DENIED,
        /** The credentials have expired. */
        EXPIRED,
        /** AWS does not know the credentials, or the signature made with them is wrong. */
        NOT_ACCEPTED,
        /** There are no credentials. */
        NO_CREDENTIALS,
        /** Too many requests, also after waiting. */
        THROTTLED,
        /** The request was understood and not carried out. */
        REFUSED,
        /** The service itself failed. */
        BROKEN,
        /** The service could not be reached, or did not answer in time. */
        UNREACHABLE,
        /** The answer made no sense, or said less than it must. */
        UNREADABLE,
        /** The module of the SDK is not on the class path. */
        MODULE_MISSING
    }

    private final Kind kind;
    private final String code;
    private final transient List<Fact> facts;

    AwsProblem(Kind kind, String code, String message, List<Fact> facts, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
        this.facts = List.copyOf(facts);
    }

    AwsProblem(Kind kind, String message) {
        this(kind, "", message, List.of());
    }

    private AwsProblem(Kind kind, String code, String message, List<Fact> facts) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.facts = facts;
    }

    /** An answer without something that it must have: what was asked is not proven. */
    public static AwsProblem incomplete(Service service, String missing) {
        return new AwsProblem(Kind.UNREADABLE, service.title() + " answered without " + missing);
    }

    /** AWS answered, and what was asked cannot be told from it. */
    public static AwsProblem undecided(String why) {
        return new AwsProblem(Kind.UNREADABLE, why);
    }

    /** The same without what AWS said, and without its cause. */
    AwsProblem withoutWords(Service service) {
        return new AwsProblem(
                kind,
                code,
                code.isEmpty()
                        ? service.title() + " did not take what was sent"
                        : Problems.sentence(service, kind, code),
                facts);
    }

    /** What stood in the way, as a sentence without a full stop. */
    public String why() {
        return String.valueOf(getMessage());
    }

    /** What stood in the way. */
    public Kind kind() {
        return kind;
    }

    /** The service's own code of the error, empty if it gave none. */
    public String code() {
        return code;
    }

    /** What helps to find the request again. */
    public List<Fact> facts() {
        return facts;
    }
}
