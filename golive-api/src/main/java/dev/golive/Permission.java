package dev.golive;

import dev.golive.internal.Arguments;

/**
 * Something that a check must be allowed to do at a provider, so that the least privilege of a checklist can be listed.
 *
 * @param system the provider, for example {@code aws}
 * @param action the provider's own name of the action, for example {@code rds:DescribeDBInstances}
 * @param resource the resource it is needed on, {@code *} for any
 */
public record Permission(String system, String action, String resource) {

    /**
     * Refuses blank parts.
     *
     * @param system the provider, for example {@code aws}
     * @param action the provider's own name of the action, for example {@code rds:DescribeDBInstances}
     * @param resource the resource it is needed on, {@code *} for any
     */
    public Permission {
        Arguments.text(system, "system");
        Arguments.text(action, "action");
        Arguments.text(resource, "resource");
    }
}
