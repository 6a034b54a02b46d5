package dev.golive.launch;

import dev.golive.Action;
import dev.golive.internal.Arguments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a database schema means for going back. A plan with an action that
 * {@linkplain Action#migratesSchema migrates a schema} states one. Immutable and thread-safe.
 */
public final class Compatibility {

    /** What is known. */
    enum Kind {
        OLD_CODE_RUNS,
        DOWN_MIGRATION,
        FIX_FORWARD_ONLY
    }

    private final Kind kind;
    private final String why;
    private final @Nullable Action down;

    private Compatibility(Kind kind, String why, @Nullable Action down) {
        this.kind = kind;
        this.why = why;
        this.down = down;
    }

    /**
     * The old code runs on the new schema, so that the code can go back alone.
     *
     * @param evidence how that is known, for example {@code release 40 ran its tests on schema 12}
     * @return the compatibility
     */
    public static Compatibility oldCodeRuns(String evidence) {
        return new Compatibility(Kind.OLD_CODE_RUNS, Arguments.text(evidence, "evidence"), null);
    }

    /**
     * The schema is taken back before the code. The action needs an approval of its own.
     *
     * @param migration takes the schema back; destructive
     * @return the compatibility
     * @throws IllegalArgumentException if the action says that it is reversible
     */
    public static Compatibility downMigration(Action migration) {
        if (Arguments.given(migration, "migration").kind() != Action.Kind.DESTRUCTIVE) {
            throw new IllegalArgumentException("migration must be destructive, since data may be lost, but was "
                    + migration.kind() + ": " + migration.sentence());
        }
        return new Compatibility(Kind.DOWN_MIGRATION, migration.sentence(), migration);
    }

    /**
     * There is no way back: a policy that rolls back by itself is refused.
     *
     * @param why the reason
     * @return the compatibility
     */
    public static Compatibility fixForwardOnly(String why) {
        return new Compatibility(Kind.FIX_FORWARD_ONLY, Arguments.text(why, "why"), null);
    }

    Kind kind() {
        return kind;
    }

    Optional<Action> down() {
        return Optional.ofNullable(down);
    }

    /**
     * For people.
     *
     * @return for example {@code fix forward only: the column is gone}
     */
    @Override
    public String toString() {
        return switch (kind) {
            case OLD_CODE_RUNS -> "the old code runs on the new schema: " + why;
            case DOWN_MIGRATION -> "taken back by: " + why;
            case FIX_FORWARD_ONLY -> "fix forward only: " + why;
        };
    }
}
