/** Fakes that speak the real protocols on loopback, virtual time, and help for tests of checks and checklists. */
@SuppressWarnings("requires-automatic") // HttpCore 5.3, graphql-java and the AWS SDK have names but no descriptors
module dev.golive.testkit {
    requires transitive dev.golive.api;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.util;
    requires org.dnsjava;
    requires static com.fasterxml.jackson.databind;
    requires static com.fasterxml.jackson.dataformat.cbor;
    requires static com.graphqljava;
    requires static java.xml;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires static software.amazon.awssdk.awscore;
    requires static software.amazon.awssdk.core;
    requires static software.amazon.awssdk.utils;
    requires static software.amazon.awssdk.services.acm;
    requires static software.amazon.awssdk.services.apprunner;
    requires static software.amazon.awssdk.services.budgets;
    requires static software.amazon.awssdk.services.cloudfront;
    requires static software.amazon.awssdk.services.cloudwatch;
    requires static software.amazon.awssdk.services.cloudwatchlogs;
    requires static software.amazon.awssdk.services.costexplorer;
    requires static software.amazon.awssdk.services.dynamodb;
    requires static software.amazon.awssdk.services.ec2;
    requires static software.amazon.awssdk.services.ecr;
    requires static software.amazon.awssdk.services.ecs;
    requires static software.amazon.awssdk.services.iam;
    requires static software.amazon.awssdk.services.lambda;
    requires static software.amazon.awssdk.services.rds;
    requires static software.amazon.awssdk.services.route53;
    requires static software.amazon.awssdk.services.s3;
    requires static software.amazon.awssdk.services.secretsmanager;
    requires static software.amazon.awssdk.services.sns;
    requires static software.amazon.awssdk.services.sts;

    exports dev.golive.testkit;
    exports dev.golive.testkit.aws;
    exports dev.golive.testkit.junit;
    exports dev.golive.testkit.railway;
    exports dev.golive.testkit.rehearsal;
}
