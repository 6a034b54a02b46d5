package dev.golive.railway.internal;

import dev.golive.Fact;
import dev.golive.provider.ApiDialect;
import dev.golive.provider.ApiJson;
import dev.golive.provider.ApiProblem;
import dev.golive.provider.ApiProblem.Kind;
import dev.golive.provider.ApiResponse;
import dev.golive.provider.RateLimit;
import dev.golive.provider.Words;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How Railway speaks: the only place where it is decided what its errors mean. Most of them come with status 200 and one
 * code for all, so that their words decide.
 */
public final class Problems implements ApiDialect {

    /** What people call it. */
    public static final String RAILWAY = "Railway";

    /** Words of an error, in lower case, and what they mean; the first that fits counts. */
    private record Meaning(String words, Kind kind) {}

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning("project token not found", Kind.NOT_ACCEPTED),
            new Meaning("not authorized", Kind.DENIED),
            new Meaning("two factor authentication required", Kind.DENIED),
            // a guess would be wrong: it is said of bad input, of what is just made and of what is gone
            new Meaning("problem processing request", Kind.BROKEN),
            new Meaning("project not found", Kind.NOT_FOUND),
            new Meaning("environment not found", Kind.NOT_FOUND),
            new Meaning("service not found", Kind.NOT_FOUND),
            new Meaning("serviceinstance not found", Kind.NOT_FOUND),
            new Meaning("deployment not found", Kind.NOT_FOUND),
            new Meaning("volumeinstance not found", Kind.NOT_FOUND),
            new Meaning("commit not found", Kind.REFUSED),
            new Meaning("cannot redeploy", Kind.REFUSED),
            new Meaning("an operation is already in progress", Kind.REFUSED),
            new Meaning("already exists in this project", Kind.REFUSED),
            new Meaning("too quickly", Kind.THROTTLED),
            new Meaning("can be created per user every", Kind.THROTTLED));

    @Override
    public String provider() {
        return RAILWAY;
    }

    @Override
    public Optional<ApiProblem> problem(ApiResponse answer) {
        int status = answer.status();
        if (status == 429) {
            boolean edge = answer.text().contains("1015");
            return Optional.of(ApiProblem.of(
                            Kind.THROTTLED,
                            edge
                                    ? "Railway's edge has had too many requests from here (error 1015)"
                                    : "Railway has had too many requests with this token")
                    .with(Fact.of("status", status)));
        } else if (status >= 500) {
            return Optional.of(
                    ApiProblem.of(Kind.BROKEN, "Railway failed itself").with(Fact.of("status", status)));
        } else if (status == 200 || status == 400) {
            return read(answer);
        }
        if ((status == 401 || status == 403) && !answer.text().strip().startsWith("{")) {
            return Optional.of(ApiProblem.of(
                            Kind.BROKEN, "something before Railway's API turns the request away, not Railway itself")
                    .with(Fact.of("status", status)));
        }
        Kind kind = status == 401 ? Kind.NOT_ACCEPTED : status == 403 ? Kind.DENIED : Kind.UNREADABLE;
        return Optional.of(ApiProblem.of(
                        kind,
                        kind == Kind.UNREADABLE
                                ? "Railway gave an answer that cannot be read"
                                : "Railway does not let this token in")
                .with(Fact.of("status", status)));
    }

    private static Optional<ApiProblem> read(ApiResponse answer) {
        ApiJson body;
        try {
            body = answer.json();
        } catch (ApiProblem e) {
            return Optional.of(e);
        }
        if (!body.isObject()) {
            return Optional.of(ApiProblem.incomplete(RAILWAY, "an object"));
        }
        ApiJson errors = body.get("errors");
        if (!errors.isPresent()) {
            return answer.status() == 200
                    ? Optional.empty()
                    : Optional.of(ApiProblem.of(Kind.REFUSED, "Railway refuses the request")
                            .with(Fact.of("status", answer.status())));
        }
        try {
            List<ApiJson> all = errors.list();
            return Optional.of(all.isEmpty() ? ApiProblem.incomplete(RAILWAY, "any error in errors") : of(all.get(0)));
        } catch (ApiProblem e) {
            return Optional.of(e);
        }
    }

    private static ApiProblem of(ApiJson error) {
        String message = Words.line(error.get("message").textIfAny().orElse("no reason given"));
        String code =
                error.get("extensions").get("code").textIfAny().map(Words::line).orElse("");
        Kind kind = kind(message, code);
        ApiProblem problem =
                ApiProblem.of(kind, "Railway " + verb(kind) + ": " + message).code(code);
        if (!code.isEmpty()) {
            problem = problem.with(Fact.of("error code", code));
        }
        Optional<String> trace = error.get("traceId").textIfAny();
        return trace.isPresent() ? problem.with(Fact.of("trace id", Words.line(trace.get()))) : problem;
    }

    private static Kind kind(String message, String code) {
        String words = message.toLowerCase(Locale.ROOT);
        for (Meaning meaning : MEANINGS) {
            boolean fits = meaning.kind() == Kind.NOT_FOUND
                    // a word more may be about something else that is missing, which proves nothing
                    ? words.replaceAll("[.!]+$", "").equals(meaning.words())
                    : words.contains(meaning.words());
            if (fits) {
                return meaning.kind();
            }
        }
        return switch (code) {
            case "UNAUTHENTICATED" -> Kind.NOT_ACCEPTED;
            case "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT" -> Kind.REFUSED;
            default -> Kind.BROKEN;
        };
    }

    /** Whether Railway itself answered that it did not do it, though its words leave open why. */
    public static boolean isItsAnswer(ApiProblem problem) {
        return problem.kind() == Kind.BROKEN
                && problem.facts().stream().noneMatch(fact -> fact.name().equals("status"));
    }

    private static String verb(Kind kind) {
        return switch (kind) {
            case NOT_ACCEPTED -> "does not accept the token";
            case DENIED -> "denies the request";
            case NOT_FOUND -> "does not find it";
            case THROTTLED -> "asks to wait";
            case REFUSED -> "refuses the request";
            default -> "gave no answer";
        };
    }

    @Override
    public Optional<RateLimit> rateLimit(ApiResponse answer, Instant now) {
        Optional<Long> limit = number(answer, "x-ratelimit-limit");
        Optional<Long> left = number(answer, "x-ratelimit-remaining");
        Optional<Instant> reset = answer.header("x-ratelimit-reset").flatMap(text -> instant(text, now));
        return limit.isPresent() && left.isPresent() && reset.isPresent() && limit.get() > 0
                ? Optional.of(new RateLimit(limit.get(), Math.min(left.get(), limit.get()), reset.get()))
                : Optional.empty();
    }

    private static Optional<Long> number(ApiResponse answer, String header) {
        return answer.header(header).filter(text -> text.matches("[0-9]{1,12}")).map(Long::valueOf);
    }

    /** The form is documented nowhere: seconds or milliseconds since 1970, seconds from now, or ISO 8601. */
    private static Optional<Instant> instant(String text, Instant now) {
        try {
            if (text.matches("[0-9]{1,9}")) {
                return Optional.of(now.plusSeconds(Long.parseLong(text)));
            } else if (text.matches("[0-9]{13}")) {
                return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
            }
            return Optional.of(
                    text.matches("[0-9]{10,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** 50 a second on the plans with 10000 an hour, 10 on smaller ones; some are left to others. */
    @Override
    public int perSecond(Optional<RateLimit> known) {
        return known.isPresent() && known.get().limit() >= 10_000 ? 40 : 8;
    }
}
