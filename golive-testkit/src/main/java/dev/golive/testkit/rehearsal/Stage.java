package dev.golive.testkit.rehearsal;

import dev.golive.launch.LaunchPlan;

/**
 * A plan and what it is tried out against, set up as everything should be: made anew for each trouble of a fire drill and
 * for each trigger of a rollback rehearsal, so that none of them sees what another has left.
 *
 * <pre>{@code
 * FireDrill.of(ShopStage::new).planned(planned).run();
 * }</pre>
 *
 * <p>Implementations need not be thread-safe: each is used by one rehearsal.
 */
public interface Stage extends AutoCloseable {

    /**
     * The plan, unchanged: the one that the launch is armed with.
     *
     * @return the plan, always the same value
     */
    LaunchPlan plan();

    /**
     * What it is tried out against.
     *
     * @return the fakes, always the same
     */
    Fakes fakes();

    /** Closes the fakes. */
    @Override
    void close();
}
