package dev.golive.rollback;

import dev.golive.Component;
import dev.golive.internal.Arguments;
import java.util.List;

/**
 * A trigger, what follows when it is true, and for what.
 *
 * @param trigger the trigger
 * @param consequence what follows
 * @param components what goes back, in order; empty for {@link Consequence#NOTIFY}
 */
public record Rule(Trigger trigger, Consequence consequence, List<Component> components) {

    /**
     * Copies the list.
     *
     * @param trigger the trigger
     * @param consequence what follows
     * @param components what goes back, in order
     */
    public Rule {
        Arguments.given(trigger, "trigger");
        Arguments.given(consequence, "consequence");
        components = Arguments.all(components, "components", 0);
    }
}
