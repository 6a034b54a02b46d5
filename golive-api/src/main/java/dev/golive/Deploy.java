package dev.golive;

import dev.golive.internal.Arguments;
import java.time.Duration;

/**
 * The action that puts a version of a {@link Component} live. It yields a {@link Release}, known once the action is at
 * its target: {@link Observation#yielding} names it. Checks that read {@link #release()} are unknown before, and the
 * release counts as live only when an identity check has seen it served.
 */
public interface Deploy extends Action {

    /**
     * The key under which later checks read what was deployed.
     *
     * @return a key made by {@link Capture#given(String, Class)}, always the same for the same action
     */
    Capture<Release> release();

    /**
     * What is deployed.
     *
     * @return the component
     */
    Component component();

    @Override
    default Kind kind() {
        return Kind.REVERSIBLE;
    }

    @Override
    default Deploy with(String id, Conduct conduct) {
        return new NamedDeploy(this, Arguments.text(id, "id"), Arguments.given(conduct, "conduct"), tags());
    }

    @Override
    default Deploy tagged(String... tags) {
        return new NamedDeploy(this, id(), conduct(), Arguments.tags(tags(), tags));
    }

    @Override
    default Deploy as(String id) {
        return with(id, conduct());
    }

    @Override
    default Deploy deadline(Duration limit) {
        return with(id(), conduct().deadline(limit));
    }

    @Override
    default Deploy attempts(int most) {
        return with(id(), conduct().attempts(most));
    }

    @Override
    default Deploy budget(Duration expected) {
        return with(id(), conduct().budget(expected));
    }

    @Override
    default Deploy onFailure(OnFailure consequence) {
        return with(id(), conduct().onFailure(consequence));
    }
}
