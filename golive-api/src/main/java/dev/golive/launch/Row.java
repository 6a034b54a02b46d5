package dev.golive.launch;

import dev.golive.Person;
import dev.golive.Verdict;
import dev.golive.rollback.Sample;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one rollback of a launch, from its decision on. Not changed once it is part of a {@link State}. */
final class Row {

    /** How far it has come. */
    enum Status {
        /** A trigger fired; the signals are sampled once more. */
        CONFIRMING,
        AWAITING_APPROVAL,
        ROLLING_BACK,
        VERIFYING,
        AFTERCARE,
        /** A dry run: nothing is done, and nothing more is decided. */
        WOULD_ROLL_BACK
    }

    final String id;
    final String cause;
    final String why;
    List<String> components;
    final List<Sample> evidence;
    final @Nullable Person by;
    final Instant decidedAt;
    Status status = Status.CONFIRMING;

    /** Whether there is another reason than the one it was decided for. */
    boolean furtherCause;

    @Nullable
    String token;

    @Nullable
    Instant expires;

    @Nullable
    Instant executingSince;

    @Nullable
    Instant verifyingSince;

    @Nullable
    Instant aftercareUntil;

    @Nullable
    Instant redSince;

    @Nullable
    Verdict verified;

    @Nullable
    Instant verifiedAt;

    String verifiedWhy = "";

    Row(Event.Deciding e, Instant at) {
        id = e.id();
        cause = e.cause();
        why = e.why();
        components = e.components();
        evidence = e.evidence();
        by = e.by();
        decidedAt = at;
    }

    Row(Row r) {
        id = r.id;
        cause = r.cause;
        why = r.why;
        components = r.components;
        evidence = r.evidence;
        by = r.by;
        decidedAt = r.decidedAt;
        status = r.status;
        furtherCause = r.furtherCause;
        token = r.token;
        expires = r.expires;
        executingSince = r.executingSince;
        verifyingSince = r.verifyingSince;
        aftercareUntil = r.aftercareUntil;
        redSince = r.redSince;
        verified = r.verified;
        verifiedAt = r.verifiedAt;
        verifiedWhy = r.verifiedWhy;
    }
}
