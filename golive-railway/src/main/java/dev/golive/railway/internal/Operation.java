package dev.golive.railway.internal;

/**
 * Every document that golive sends to Railway's GraphQL API (v2). Each selects few fields, since Railway removes fields
 * without another version of the API; each has one root field, by which it is known.
 */
public enum Operation {

    // ---- whose token it is, and where

    /** The project and the environment of a project token. */
    PROJECT_TOKEN("""
            query ProjectToken {
              projectToken { project { id name deletedAt workspaceId } environment { id name } }
            }"""),
    /** The workspaces of an account or workspace token. */
    API_TOKEN("""
            query ApiToken { apiToken { workspaces { id name } } }"""),
    /** The owner of an account token. */
    ME("""
            query Me { me { id } }"""),
    /** A project by its id. */
    PROJECT("""
            query Project($id: String!) { project(id: $id) { id name deletedAt workspaceId } }"""),
    /** The projects of a workspace. */
    PROJECTS("""
            query Projects($workspaceId: String, $first: Int, $after: String) {
              projects(workspaceId: $workspaceId, first: $first, after: $after) {
                edges { node { id name deletedAt workspaceId } }
                pageInfo { hasNextPage endCursor }
              }
            }"""),
    /** The environments of a project. */
    ENVIRONMENTS("""
            query Environments($projectId: String!, $first: Int, $after: String) {
              environments(projectId: $projectId, first: $first, after: $after) {
                edges { node { id name deletedAt unmergedChangesCount } }
                pageInfo { hasNextPage endCursor }
              }
            }"""),
    /** The services of a project. */
    SERVICES("""
            query Services($projectId: String!, $first: Int, $after: String) {
              project(id: $projectId) {
                services(first: $first, after: $after) {
                  edges { node { id name deletedAt } }
                  pageInfo { hasNextPage endCursor }
                }
              }
            }"""),

    // ---- services and deployments

    /** What a service is in an environment. */
    SERVICE_INSTANCE("""
            query ServiceInstance($serviceId: String!, $environmentId: String!) {
              serviceInstance(serviceId: $serviceId, environmentId: $environmentId) {
                id serviceName region numReplicas healthcheckPath healthcheckTimeout
                cronSchedule sleepApplication
                source { repo image }
                latestDeployment { id status createdAt deploymentStopped canRedeploy canRollback snapshotId meta instances { id status } }
                activeDeployments { id status createdAt deploymentStopped canRedeploy canRollback snapshotId meta instances { id status } }
              }
            }"""),
    /** The deployments of a service, the newest first. */
    DEPLOYMENTS("""
            query Deployments($input: DeploymentListInput!, $first: Int, $after: String) {
              deployments(input: $input, first: $first, after: $after) {
                edges { node { id status createdAt statusUpdatedAt deploymentStopped canRedeploy canRollback snapshotId meta } }
                pageInfo { hasNextPage endCursor }
              }
            }"""),
    /** One deployment. */
    DEPLOYMENT("""
            query Deployment($id: String!) {
              deployment(id: $id) {
                id status projectId environmentId serviceId createdAt statusUpdatedAt deploymentStopped canRedeploy
                canRollback snapshotId meta instances { id status }
              }
            }"""),
    /** The variables that a deployment was made with; their values are secret. */
    DEPLOYMENT_SNAPSHOT("""
            query DeploymentSnapshot($deploymentId: String!) {
              deploymentSnapshot(deploymentId: $deploymentId) { id variables }
            }"""),
    /** What deploys a service by itself. */
    DEPLOYMENT_TRIGGERS("""
            query DeploymentTriggers($projectId: String!, $environmentId: String!, $serviceId: String!, $first: Int, $after: String) {
              deploymentTriggers(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId, first: $first, after: $after) {
                edges { node { id provider repository branch checkSuites } }
                pageInfo { hasNextPage endCursor }
              }
            }"""),
    /** Deploys a commit, or the commit that the service has. */
    SERVICE_INSTANCE_DEPLOY_V2("""
            mutation ServiceInstanceDeployV2($serviceId: String!, $environmentId: String!, $commitSha: String) {
              serviceInstanceDeployV2(serviceId: $serviceId, environmentId: $environmentId, commitSha: $commitSha)
            }"""),
    /** Deploys the newest commit or image. */
    SERVICE_INSTANCE_DEPLOY("""
            mutation ServiceInstanceDeploy($serviceId: String!, $environmentId: String!, $latestCommit: Boolean) {
              serviceInstanceDeploy(serviceId: $serviceId, environmentId: $environmentId, latestCommit: $latestCommit)
            }"""),
    /** Deploys what a deployment had, image and variables, without building. */
    DEPLOYMENT_ROLLBACK("""
            mutation DeploymentRollback($id: String!) { deploymentRollback(id: $id) }"""),
    /** Deploys once more what a deployment was made of. */
    DEPLOYMENT_REDEPLOY("""
            mutation DeploymentRedeploy($id: String!, $usePreviousImageTag: Boolean) {
              deploymentRedeploy(id: $id, usePreviousImageTag: $usePreviousImageTag) { id }
            }"""),
    /** Restarts what runs. */
    DEPLOYMENT_RESTART("""
            mutation DeploymentRestart($id: String!) { deploymentRestart(id: $id) }"""),

    // ---- logs and metrics

    /** What the build said. */
    BUILD_LOGS("""
            query BuildLogs($deploymentId: String!, $limit: Int, $startDate: DateTime, $endDate: DateTime, $filter: String) {
              buildLogs(deploymentId: $deploymentId, limit: $limit, startDate: $startDate, endDate: $endDate, filter: $filter) {
                timestamp message severity
              }
            }"""),
    /** What a deployment says. */
    DEPLOYMENT_LOGS("""
            query DeploymentLogs($deploymentId: String!, $limit: Int, $startDate: DateTime, $endDate: DateTime, $filter: String) {
              deploymentLogs(deploymentId: $deploymentId, limit: $limit, startDate: $startDate, endDate: $endDate, filter: $filter) {
                timestamp message severity
              }
            }"""),
    /** Processor, memory, disk and network. */
    METRICS("""
            query Metrics($projectId: String, $environmentId: String, $serviceId: String, $volumeId: String, $startDate: DateTime!, $endDate: DateTime, $measurements: [MetricMeasurement!]!, $sampleRateSeconds: Int, $averagingWindowSeconds: Int) {
              metrics(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId, volumeId: $volumeId, startDate: $startDate, endDate: $endDate, measurements: $measurements, sampleRateSeconds: $sampleRateSeconds, averagingWindowSeconds: $averagingWindowSeconds) {
                measurement values { ts value }
              }
            }"""),
    /** How many requests were answered with which status. */
    HTTP_METRICS_GROUPED_BY_STATUS("""
            query HttpMetricsByStatus($serviceId: String!, $environmentId: String!, $startDate: DateTime!, $endDate: DateTime!, $stepSeconds: Int, $method: String, $path: String) {
              httpMetricsGroupedByStatus(serviceId: $serviceId, environmentId: $environmentId, startDate: $startDate, endDate: $endDate, stepSeconds: $stepSeconds, method: $method, path: $path) {
                statusCode samples { ts value }
              }
            }"""),
    /** How long requests took. */
    HTTP_DURATION_METRICS("""
            query HttpDurationMetrics($serviceId: String!, $environmentId: String!, $startDate: DateTime!, $endDate: DateTime!, $stepSeconds: Int, $method: String, $path: String) {
              httpDurationMetrics(serviceId: $serviceId, environmentId: $environmentId, startDate: $startDate, endDate: $endDate, stepSeconds: $stepSeconds, method: $method, path: $path) {
                samples { ts p50 p90 p95 p99 }
              }
            }"""),

    // ---- variables

    /** The values of variables, which are secret. */
    VARIABLES("""
            query Variables($projectId: String!, $environmentId: String!, $serviceId: String, $unrendered: Boolean) {
              variables(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId, unrendered: $unrendered)
            }"""),
    /** The names of the variables of an environment, shared ones and those of all services. */
    VARIABLE_NAMES("""
            query VariableNames($environmentId: String!, $first: Int, $after: String) {
              environment(id: $environmentId) {
                variables(first: $first, after: $after) {
                  edges { node { name isSealed references serviceId environmentId updatedAt } }
                  pageInfo { hasNextPage endCursor }
                }
              }
            }"""),
    /** Sets variables in one request. */
    VARIABLE_COLLECTION_UPSERT("""
            mutation VariableCollectionUpsert($input: VariableCollectionUpsertInput!) { variableCollectionUpsert(input: $input) }"""),
    /** Deletes a variable. */
    VARIABLE_DELETE("""
            mutation VariableDelete($input: VariableDeleteInput!) { variableDelete(input: $input) }"""),

    // ---- domains

    /** The domains of a service. */
    DOMAINS("""
            query Domains($projectId: String!, $environmentId: String!, $serviceId: String!) {
              domains(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId) {
                serviceDomains { id domain targetPort syncStatus }
                customDomains {
                  id domain targetPort syncStatus
                  status {
                    verified verificationDnsHost cdnProvider
                    certificateStatus certificateStatusDetailed certificateErrorType certificateErrorMessage
                    certificates { expiresAt domainNames }
                    dnsRecords { fqdn recordType purpose requiredValue currentValue status }
                  }
                }
              }
            }"""),
    /** The ways to a service that is not HTTP. */
    TCP_PROXIES("""
            query TcpProxies($serviceId: String!, $environmentId: String!) {
              tcpProxies(serviceId: $serviceId, environmentId: $environmentId) {
                id domain proxyPort applicationPort syncStatus deletedAt
              }
            }"""),

    // ---- volumes and backups

    /** The volumes of an environment. */
    VOLUME_INSTANCES("""
            query VolumeInstances($environmentId: String!, $first: Int, $after: String) {
              environment(id: $environmentId) {
                volumeInstances(first: $first, after: $after) {
                  edges { node { id volumeId serviceId mountPath sizeMB currentSizeMB state isPendingDeletion deletedAt volume { name } } }
                  pageInfo { hasNextPage endCursor }
                }
              }
            }"""),
    /** The backups of a volume. */
    VOLUME_INSTANCE_BACKUP_LIST("""
            query VolumeInstanceBackupList($volumeInstanceId: String!) {
              volumeInstanceBackupList(volumeInstanceId: $volumeInstanceId) { id name createdAt expiresAt scheduleId usedMB }
            }"""),
    /** When backups of a volume are made. */
    VOLUME_INSTANCE_BACKUP_SCHEDULE_LIST("""
            query VolumeInstanceBackupScheduleList($volumeInstanceId: String!) {
              volumeInstanceBackupScheduleList(volumeInstanceId: $volumeInstanceId) { id kind cron retentionSeconds }
            }"""),
    /** How far something is that takes its time. */
    WORKFLOW_STATUS("""
            query WorkflowStatus($workflowId: String!) { workflowStatus(workflowId: $workflowId) { status error } }"""),
    /** Makes a backup. */
    VOLUME_INSTANCE_BACKUP_CREATE("""
            mutation VolumeInstanceBackupCreate($volumeInstanceId: String!, $name: String) {
              volumeInstanceBackupCreate(volumeInstanceId: $volumeInstanceId, name: $name) { workflowId }
            }"""),
    /** Stages the restore of a backup. */
    VOLUME_INSTANCE_BACKUP_RESTORE("""
            mutation VolumeInstanceBackupRestore($volumeInstanceId: String!, $volumeInstanceBackupId: String!) {
              volumeInstanceBackupRestore(volumeInstanceId: $volumeInstanceId, volumeInstanceBackupId: $volumeInstanceBackupId) { workflowId }
            }"""),
    /** Says when backups are made, all of it. */
    VOLUME_INSTANCE_BACKUP_SCHEDULE_UPDATE("""
            mutation VolumeInstanceBackupScheduleUpdate($volumeInstanceId: String!, $kinds: [VolumeInstanceBackupScheduleKind!]!) {
              volumeInstanceBackupScheduleUpdate(volumeInstanceId: $volumeInstanceId, kinds: $kinds)
            }"""),
    /** What is staged and not live yet. */
    ENVIRONMENT_STAGED_CHANGES("""
            query EnvironmentStagedChanges($environmentId: String!) {
              environmentStagedChanges(environmentId: $environmentId) { id status message lastAppliedError patch }
            }"""),
    /** Puts live what is staged. */
    ENVIRONMENT_PATCH_COMMIT_STAGED("""
            mutation EnvironmentPatchCommitStaged($environmentId: String!, $commitMessage: String) {
              environmentPatchCommitStaged(environmentId: $environmentId, commitMessage: $commitMessage)
            }"""),

    // ---- what it costs

    /** What a workspace costs, and its plan. */
    WORKSPACE("""
            query WorkspaceBilling($workspaceId: String!) {
              workspace(workspaceId: $workspaceId) {
                plan
                customer { currentUsage billingPeriod { start end } usageLimit { softLimit hardLimit isOverLimit } }
              }
            }"""),
    /** What was used in a span. */
    USAGE("""
            query Usage($measurements: [MetricMeasurement!]!, $projectId: String, $startDate: DateTime, $endDate: DateTime) {
              usage(measurements: $measurements, projectId: $projectId, startDate: $startDate, endDate: $endDate) {
                measurement value
              }
            }"""),
    /** What will have been used at the end of the billing period. */
    ESTIMATED_USAGE("""
            query EstimatedUsage($measurements: [MetricMeasurement!]!, $projectId: String) {
              estimatedUsage(measurements: $measurements, projectId: $projectId) { measurement estimatedValue projectId }
            }""");

    private final String document;
    private final String title;
    private final String root;

    Operation(String document) {
        this.document = document;
        String head = document.substring(0, document.indexOf('{')).strip();
        int named = head.indexOf(' ') + 1;
        int end = head.indexOf('(');
        this.title = (end < 0 ? head.substring(named) : head.substring(named, end)).strip();
        String body = document.substring(bodyAt(document) + 1).strip();
        int length = 0;
        while (length < body.length() && Character.isLetterOrDigit(body.charAt(length))) {
            length++;
        }
        this.root = body.substring(0, length);
    }

    private static int bodyAt(String document) {
        int depth = 0;
        for (int at = 0; at < document.length(); at++) {
            char c = document.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '{' && depth == 0) {
                return at;
            }
        }
        throw new IllegalStateException("a document without a body");
    }

    /** The GraphQL document. */
    public String document() {
        return document;
    }

    /** The name of the operation in its document. */
    public String title() {
        return title;
    }

    /** The only root field, by which Railway's documentation and its permissions know it. */
    public String root() {
        return root;
    }

    /** Whether it changes something. */
    public boolean isWriting() {
        return document.startsWith("mutation");
    }

    @Override
    public String toString() {
        return root;
    }
}
