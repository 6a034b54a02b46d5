package dev.golive.aws.internal;

/** The services that golive asks, each with the module of the SDK that must be on the class path for it. */
public enum Service {
    ACM("ACM", "acm"),
    APP_RUNNER("App Runner", "apprunner"),
    BUDGETS("Budgets", "budgets"),
    CLOUD_FRONT("CloudFront", "cloudfront"),
    CLOUD_WATCH("CloudWatch", "cloudwatch"),
    CLOUD_WATCH_LOGS("CloudWatch Logs", "cloudwatchlogs"),
    COST_EXPLORER("Cost Explorer", "costexplorer"),
    DYNAMO_DB("DynamoDB", "dynamodb"),
    EC2("EC2", "ec2"),
    ECR("ECR", "ecr"),
    ECS("ECS", "ecs"),
    IAM("IAM", "iam"),
    LAMBDA("Lambda", "lambda"),
    RDS("RDS", "rds"),
    ROUTE_53("Route 53", "route53"),
    S3("S3", "s3"),
    SECRETS_MANAGER("Secrets Manager", "secretsmanager"),
    SNS("SNS", "sns"),
    STS("STS", "sts");

    private final String title;
    private final String module;

    Service(String title, String module) {
        this.title = title;
        this.module = module;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** Group and artifact of its module in the SDK. */
    public String module() {
        return "software.amazon.awssdk:" + module;
    }
}
