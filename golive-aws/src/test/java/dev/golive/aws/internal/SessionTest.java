package dev.golive.aws.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.testkit.FakeNetwork;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.SnsClientBuilder;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;

class SessionTest {

    private static final ClientType<StsClientBuilder, StsClient> STS =
            ClientType.of(Service.STS, StsClient::builder, StsClient.serviceMetadata());
    private static final ClientType<SnsClientBuilder, SnsClient> SNS =
            ClientType.of(Service.SNS, SnsClient::builder, SnsClient.serviceMetadata());

    private final Session session = new Session(
            new Session.Settings(AnonymousCredentialsProvider.create(), null, null, null, null),
            FakeNetwork.create().endpoint(URI.create("https://*.amazonaws.com"), URI.create("http://127.0.0.1:9")));

    @AfterEach
    void close() throws Exception {
        session.close();
    }

    @Test
    void there_is_one_client_for_each_service_and_region_however_many_ask() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<SnsClient>> asked = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            asked.add(threads.submit(() -> session.client(SNS, "eu-north-1")));
        }
        Set<SnsClient> clients = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Future<SnsClient> one : asked) {
            clients.add(one.get());
        }
        threads.shutdown();

        assertThat(clients).hasSize(1);
        assertThat(session.client(SNS, "us-east-1")).isNotSameAs(session.client(SNS, "eu-north-1"));
        assertThat(session.client(STS, "eu-north-1")).isNotNull();
    }

    @Test
    void a_closed_session_makes_no_client() throws Exception {
        session.client(STS, "eu-north-1");
        session.close();

        assertThatThrownBy(() -> session.client(STS, "eu-north-1")).hasMessage("closed");
    }
}
