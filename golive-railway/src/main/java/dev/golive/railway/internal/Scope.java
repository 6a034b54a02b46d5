package dev.golive.railway.internal;

import org.jspecify.annotations.Nullable;

/**
 * The project and the environment that are asked about.
 *
 * @param projectId the id of the project
 * @param projectName its name
 * @param environmentId the id of the environment
 * @param environmentName its name
 * @param workspaceId the id of the workspace, {@code null} if it was not told
 */
public record Scope(
        String projectId,
        String projectName,
        String environmentId,
        String environmentName,
        @Nullable String workspaceId) {}
