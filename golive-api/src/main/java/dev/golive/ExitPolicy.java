package dev.golive;

import dev.golive.internal.Arguments;

/**
 * Which exit code a process ends with for each verdict.
 *
 * <table>
 * <caption>{@link #standard()}</caption>
 * <tr><th>verdict</th><th>exit code</th></tr>
 * <tr><td>GO</td><td>0</td></tr>
 * <tr><td>CONDITIONAL_GO</td><td>0</td></tr>
 * <tr><td>NO_GO</td><td>1</td></tr>
 * <tr><td>UNDECIDED</td><td>2</td></tr>
 * </table>
 *
 * <p>Immutable and thread-safe.
 */
public final class ExitPolicy {

    private static final ExitPolicy STANDARD = new ExitPolicy(0, 1, 2);

    private final int conditional;
    private final int noGo;
    private final int undecided;

    private ExitPolicy(int conditional, int noGo, int undecided) {
        this.conditional = conditional;
        this.noGo = noGo;
        this.undecided = undecided;
    }

    /**
     * The policy of the table above.
     *
     * @return the policy
     */
    public static ExitPolicy standard() {
        return STANDARD;
    }

    /**
     * The same with another code for a conditional go.
     *
     * @param code between 0 and 125
     * @return the new policy
     */
    public ExitPolicy conditional(int code) {
        return new ExitPolicy(Arguments.between(code, 0, 125, "code"), noGo, undecided);
    }

    /**
     * The same with another code for a no-go.
     *
     * @param code between 1 and 125: a failure never looks like success
     * @return the new policy
     */
    public ExitPolicy noGo(int code) {
        return new ExitPolicy(conditional, Arguments.between(code, 1, 125, "code"), undecided);
    }

    /**
     * The same with another code for an undecided verdict.
     *
     * @param code between 1 and 125: what was not found out never looks like success
     * @return the new policy
     */
    public ExitPolicy undecided(int code) {
        return new ExitPolicy(conditional, noGo, Arguments.between(code, 1, 125, "code"));
    }

    /**
     * The exit code of a verdict.
     *
     * @param verdict the verdict
     * @return the code, 0 for GO
     */
    public int exitCode(Verdict verdict) {
        return switch (Arguments.given(verdict, "verdict")) {
            case GO -> 0;
            case CONDITIONAL_GO -> conditional;
            case NO_GO -> noGo;
            case UNDECIDED -> undecided;
        };
    }

    /**
     * The table.
     *
     * @return every verdict with its code
     */
    @Override
    public String toString() {
        return "GO 0, CONDITIONAL_GO " + conditional + ", NO_GO " + noGo + ", UNDECIDED " + undecided;
    }
}
