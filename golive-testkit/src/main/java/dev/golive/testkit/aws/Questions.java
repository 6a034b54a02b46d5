package dev.golive.testkit.aws;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was asked in one text: service and operation, and what it was about, if its request names that: {@code
 * rds:DescribeDBInstances shop-db}.
 */
final class Questions {

    /** What requests name a resource by; the first that is given counts. */
    private static final List<String> NAMES = List.of(
            "DBInstanceIdentifier",
            "SourceDBInstanceIdentifier",
            "DbiResourceId",
            "ServiceArn",
            "Services",
            "Service",
            "AutoScalingConfigurationArn",
            "RepositoryName",
            "SecretId",
            "FunctionName",
            "LogGroupName",
            "LogGroupNamePrefix",
            "AlarmNames",
            "GroupIds",
            "PrefixListIds",
            "PrefixListId",
            "InstanceIds",
            "AllocationIds",
            "PublicIps",
            "KeyNames",
            "TopicArn",
            "CertificateArn",
            "HostedZoneId",
            "DNSName",
            "DistributionId",
            "TableName",
            "UserName",
            "GroupName",
            "PolicyArn",
            "BudgetName",
            "Bucket",
            "Id");

    private Questions() {}

    static String of(AwsRequest request) {
        Map<String, Object> given = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.putAll(request.parameters());
        for (String name : NAMES) {
            String resource = text(given.get(name));
            if (!resource.isEmpty()) {
                return request + " " + resource;
            }
        }
        Set<String> metrics = new LinkedHashSet<>();
        if (given.get("MetricDataQueries") instanceof List<?> queries) {
            for (Object query : queries) {
                metrics.add(metric(query));
            }
        }
        return metrics.isEmpty() ? request.toString() : request + " " + String.join(",", metrics);
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        return value instanceof String text ? text : "";
    }

    private static String metric(Object query) {
        if (query instanceof Map<?, ?> one
                && one.get("MetricStat") instanceof Map<?, ?> stat
                && stat.get("Metric") instanceof Map<?, ?> metric) {
            return metric.get("Namespace") + "/" + metric.get("MetricName");
        }
        return "";
    }

    /** Service and operation of a question. */
    static String operation(String question) {
        int space = question.indexOf(' ');
        return space < 0 ? question : question.substring(0, space);
    }

    /** What a question is about, empty if it names nothing. */
    static String resource(String question) {
        int space = question.indexOf(' ');
        return space < 0 ? "" : question.substring(space + 1);
    }
}
