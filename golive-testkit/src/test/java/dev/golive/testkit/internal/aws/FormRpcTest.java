package dev.golive.testkit.internal.aws;

import static dev.golive.testkit.internal.aws.WireClient.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmResponse;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

@SuppressWarnings("unchecked") // the builders of the SDK take consumers as varargs
class FormRpcTest {

    @Test
    void what_rds_is_sent_and_answers_arrives_whole() {
        DescribeDbInstancesRequest asked = DescribeDbInstancesRequest.builder()
                .dbInstanceIdentifier("shop & co")
                .filters(f -> f.name("engine").values("postgres", "a+b=c"), f -> f.name("none"))
                .maxRecords(20)
                .build();
        DescribeDbInstancesResponse answered = DescribeDbInstancesResponse.builder()
                .marker("next <page>")
                .dbInstances(d -> d.dbInstanceIdentifier("shop")
                        .dbInstanceStatus("available")
                        .multiAZ(false)
                        .backupRetentionPeriod(7)
                        .latestRestorableTime(Instant.parse("2027-03-01T08:55:00Z"))
                        .vpcSecurityGroups(v -> v.vpcSecurityGroupId("sg-1").status("active"))
                        .readReplicaDBInstanceIdentifiers(List.of()))
                .build();
        DescribeDbInstancesRequest.Builder read = DescribeDbInstancesRequest.builder();
        WireClient wire = WireClient.of(WireProtocol.QUERY, read, "DescribeDBInstances", answered);

        DescribeDbInstancesResponse got = wire.as(RdsClient.builder()).describeDBInstances(asked);

        assertThat(read.build()).isEqualTo(asked);
        assertSame(got, answered);
        assertThat(got.responseMetadata().requestId()).isEqualTo(WireClient.REQUEST_ID);
        assertThat(WireProtocol.naming(wire.requests.get(0), "rds")).contains(WireProtocol.QUERY);
        assertThat(WireProtocol.QUERY.operation(wire.requests.get(0))).contains("DescribeDBInstances");
    }

    @Test
    void an_operation_without_input_is_read() {
        GetCallerIdentityRequest.Builder read = GetCallerIdentityRequest.builder();
        GetCallerIdentityResponse answered = GetCallerIdentityResponse.builder()
                .account("123456789012")
                .arn("arn:aws:iam::123456789012:user/ci")
                .userId("AIDA")
                .build();
        WireClient wire = WireClient.of(WireProtocol.QUERY, read, "GetCallerIdentity", answered);
        assertSame(wire.as(StsClient.builder()).getCallerIdentity(), answered);
    }

    @Test
    void maps_have_the_names_of_their_model() {
        PublishRequest asked = PublishRequest.builder()
                .topicArn("arn:aws:sns:eu-central-1:123456789012:t")
                .message("line\nbreak")
                .messageAttributes(Map.of(
                        "text",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("v")
                                .build(),
                        "raw",
                        MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(SdkBytes.fromUtf8String("bytes"))
                                .build()))
                .build();
        PublishRequest.Builder read = PublishRequest.builder();
        WireClient.of(
                        WireProtocol.QUERY,
                        read,
                        "Publish",
                        PublishResponse.builder().messageId("m").build())
                .as(SnsClient.builder())
                .publish(asked);
        assertThat(read.build()).isEqualTo(asked);
    }

    @Test
    void cloudwatch_is_understood_while_it_speaks_query() {
        PutMetricAlarmRequest asked = PutMetricAlarmRequest.builder()
                .alarmName("errors")
                .namespace("Shop")
                .metricName("5xx")
                .dimensions(d -> d.name("Service").value("web"))
                .threshold(0.5)
                .period(60)
                .evaluationPeriods(3)
                .actionsEnabled(true)
                .alarmActions(List.of())
                .statistic("Sum")
                .build();
        PutMetricAlarmRequest.Builder read = PutMetricAlarmRequest.builder();
        WireClient.of(
                        WireProtocol.QUERY,
                        read,
                        "PutMetricAlarm",
                        PutMetricAlarmResponse.builder().build())
                .as(CloudWatchClient.builder())
                .putMetricAlarm(asked);
        assertThat(read.build()).isEqualTo(asked);
        assertThat(read.build().hasAlarmActions()).isTrue();

        GetMetricDataRequest question = GetMetricDataRequest.builder()
                .startTime(Instant.parse("2027-03-01T08:00:00Z"))
                .endTime(Instant.parse("2027-03-01T09:00:00.5Z"))
                .metricDataQueries(
                        q -> q.id("m1")
                                .returnData(true)
                                .metricStat(s -> s.stat("p99")
                                        .period(60)
                                        .metric(m -> m.namespace("Shop").metricName("latency"))),
                        q -> q.id("e1").expression("m1 * 2"))
                .build();
        GetMetricDataResponse answered = GetMetricDataResponse.builder()
                .metricDataResults(r -> r.id("m1")
                        .timestamps(Instant.parse("2027-03-01T08:30:00Z"))
                        .values(1.5, Double.NaN)
                        .statusCode("Complete"))
                .build();
        GetMetricDataRequest.Builder asking = GetMetricDataRequest.builder();
        assertSame(
                WireClient.of(WireProtocol.QUERY, asking, "GetMetricData", answered)
                        .as(CloudWatchClient.builder())
                        .getMetricData(question),
                answered);
        assertThat(asking.build()).isEqualTo(question);
    }

    @Test
    void what_ec2_is_sent_and_answers_arrives_whole() {
        DescribeSecurityGroupsRequest asked = DescribeSecurityGroupsRequest.builder()
                .groupIds("sg-1", "sg-2")
                .filters(
                        f -> f.name("vpc-id").values("vpc-1", "vpc-2"),
                        f -> f.name("tag:env").values("prod"))
                .maxResults(5)
                .build();
        DescribeSecurityGroupsResponse answered = DescribeSecurityGroupsResponse.builder()
                .securityGroups(g -> g.groupId("sg-1")
                        .groupName("web")
                        .ipPermissions(p -> p.ipProtocol("tcp")
                                .fromPort(443)
                                .toPort(443)
                                .ipRanges(r -> r.cidrIp("0.0.0.0/0"))
                                .ipv6Ranges(r -> r.cidrIpv6("::/0"))))
                .nextToken("more")
                .build();
        DescribeSecurityGroupsRequest.Builder read = DescribeSecurityGroupsRequest.builder();
        WireClient wire = WireClient.of(WireProtocol.EC2_QUERY, read, "DescribeSecurityGroups", answered);

        DescribeSecurityGroupsResponse got = wire.as(Ec2Client.builder()).describeSecurityGroups(asked);

        assertThat(read.build()).isEqualTo(asked);
        assertSame(got, answered);
        assertThat(got.responseMetadata().requestId()).isEqualTo(WireClient.REQUEST_ID);
        assertThat(WireProtocol.naming(wire.requests.get(0), "ec2")).contains(WireProtocol.EC2_QUERY);
    }

    @Test
    void errors_arrive_with_their_codes() {
        WireError missing = new WireError(404, "DBInstanceNotFound", "No <shop>", true);
        RdsClient rds = new WireClient(request -> WireProtocol.QUERY.error(missing, WireClient.REQUEST_ID))
                .as(RdsClient.builder());
        assertThatThrownBy(rds::describeDBInstances).isInstanceOfSatisfying(DbInstanceNotFoundException.class, e -> {
            assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("No <shop>");
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("DBInstanceNotFound");
            assertThat(e.requestId()).isEqualTo(WireClient.REQUEST_ID);
        });

        WireError limit = new WireError(503, "RequestLimitExceeded", "Request limit exceeded.", false);
        Ec2Client ec2 = new WireClient(request -> WireProtocol.EC2_QUERY.error(limit, WireClient.REQUEST_ID))
                .as(Ec2Client.builder());
        assertThatThrownBy(ec2::describeSecurityGroups).isInstanceOfSatisfying(Ec2Exception.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("RequestLimitExceeded");
            assertThat(e.isThrottlingException()).isTrue();
            assertThat(e.requestId()).isEqualTo(WireClient.REQUEST_ID);
        });
    }
}
