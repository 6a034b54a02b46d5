/** What golive asks of ECS, and what it makes of the answers. */
@NullMarked
package dev.golive.aws.internal.ecs;

import org.jspecify.annotations.NullMarked;
