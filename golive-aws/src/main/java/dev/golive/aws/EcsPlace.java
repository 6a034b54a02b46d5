package dev.golive.aws;

import dev.golive.Component;
import dev.golive.Permission;
import dev.golive.aws.internal.Calls;
import dev.golive.aws.internal.ecs.EcsSight;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service of ECS, of whichever kind, for what deploys to it and takes it back.
 *
 * @param aws where it is
 * @param component what is deployed
 * @param cluster the name of its cluster
 * @param container the container that stands for the whole task, {@code null} for the only or first one
 * @param naming what its releases are called
 */
record EcsPlace(
        Aws aws,
        Component component,
        String cluster,
        @Nullable String container,
        EcsSight.Naming naming) {

    String name() {
        return component.name();
    }

    Optional<EcsSight> sight(Calls calls) throws Exception {
        return EcsSight.of(calls, cluster, name(), container, naming);
    }

    String arn() {
        return aws.arn("ecs", "service/" + cluster + "/" + name());
    }

    /** What is needed to look at it. */
    Set<Permission> looking() {
        Set<Permission> needed = new LinkedHashSet<>();
        needed.add(aws.permission("ecs:DescribeServices", arn()));
        needed.add(aws.permission("ecs:ListServiceDeployments", arn()));
        needed.add(aws.permission(
                "ecs:DescribeServiceRevisions", aws.arn("ecs", "service-revision/" + cluster + "/" + name() + "/*")));
        // it knows no resources
        needed.add(aws.permission("ecs:DescribeTaskDefinition", "*"));
        needed.add(aws.permission("ecr:DescribeImages", "*"));
        return needed;
    }

    /** What is needed to change it. */
    Set<Permission> changing(String... actions) {
        Set<Permission> needed = looking();
        for (String action : actions) {
            needed.add(aws.permission(action, arn()));
        }
        return needed;
    }

    /** The same, also registering task definitions, with the roles that they have. */
    Set<Permission> registering(String... actions) {
        Set<Permission> needed = changing(actions);
        needed.add(aws.permission("ecs:RegisterTaskDefinition", aws.arn("ecs", "task-definition/*")));
        needed.add(aws.permission("ecs:TagResource", aws.arn("ecs", "task-definition/*")));
        needed.add(aws.permission("iam:PassRole", aws.globalArn("iam", "role/*")));
        return needed;
    }

    @Override
    public String toString() {
        return component.toString();
    }
}
