package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Receipt;
import dev.golive.provider.ApiProblem;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketSyncTest extends OnFakeAws {

    @TempDir
    Path folder;

    private final Bucket bucket = aws.bucket("shop-web");
    private final FakeBucket there = fake.bucket("shop-web");

    @BeforeEach
    void site() throws IOException {
        there.versioned();
        file("index.html", "<html>");
        file("assets/app.js", "go()");
        file("assets/app.css", "a{}");
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Observation.State state(Action action) throws Exception {
        return perform().observe(action).state();
    }

    @Test
    void files_are_put_there_under_their_paths_with_their_media_types() throws Exception {
        Observation end = toTheEnd(bucket.sync(folder, "app/"));

        assertThat(end).matches(one -> one.state() == Observation.State.AT_TARGET);
        assertThat(there.objects())
                .isEqualTo(
                        Map.of("app/index.html", "<html>", "app/assets/app.js", "go()", "app/assets/app.css", "a{}"));
        assertThat(there.headers("app/index.html")).containsEntry("Content-Type", "text/html; charset=utf-8");
        assertThat(there.headers("app/assets/app.js")).containsEntry("Content-Type", "text/javascript; charset=utf-8");
        assertThat(there.headers("app/index.html")).doesNotContainKey("Cache-Control");
    }

    @Test
    void pages_come_last() throws Exception {
        toTheEnd(bucket.sync(folder, ""));

        assertThat(fake.requests("s3:PutObject"))
                .last()
                .matches(request -> request.parameter("Key").orElseThrow().equals("index.html"));
    }

    @Test
    void the_last_pattern_that_fits_tells_caches_what_to_do() throws Exception {
        toTheEnd(bucket.sync(folder, "").cacheControl("**", "max-age=31536000").cacheControl("*.html", "no-cache"));

        assertThat(there.headers("index.html")).containsEntry("Cache-Control", "no-cache");
        assertThat(there.headers("assets/app.js")).containsEntry("Cache-Control", "max-age=31536000");
    }

    @Test
    void what_is_the_same_is_not_put_there_again() throws Exception {
        there.object("index.html", "<html>").object("assets/app.js", "xx()").object("other", "stays");

        toTheEnd(bucket.sync(folder, ""));

        assertThat(fake.requests("s3:PutObject")).hasSize(2);
        assertThat(there.objects()).containsEntry("other", "stays").containsEntry("assets/app.js", "go()");
        int before = fake.requests("s3:PutObject").size();
        assertThat(state(bucket.sync(folder, ""))).isEqualTo(Observation.State.AT_TARGET);
        assertThat(fake.requests("s3:PutObject")).hasSize(before);
    }

    @Test
    void others_are_deleted_only_if_asked_for_and_under_the_prefix() throws Exception {
        there.object("app/old.js", "old").object("elsewhere", "stays");

        assertThat(state(bucket.sync(folder, "app/").deletingOthers())).isEqualTo(Observation.State.NOT_AT_TARGET);
        toTheEnd(bucket.sync(folder, "app/").deletingOthers());

        assertThat(there.objects())
                .doesNotContainKey("app/old.js")
                .containsEntry("elsewhere", "stays")
                .hasSize(4);
        assertThat(there.versions("app/old.js")).isEqualTo(2);
    }

    @Test
    void all_pages_are_compared() throws Exception {
        for (int i = 0; i < 7; i++) {
            file("more/" + i, "x" + i);
        }
        toTheEnd(bucket.sync(folder, ""));
        fake.pageSize(3);

        assertThat(state(bucket.sync(folder, ""))).isEqualTo(Observation.State.AT_TARGET);
    }

    @Test
    void the_receipt_names_the_versions_that_were_replaced() throws Exception {
        Instant put = time.now();
        there.object("index.html", "old");
        time.advance(Duration.ofMinutes(5));

        Receipt receipt = perform().apply(bucket.sync(folder, ""));

        assertThat(receipt.id()).isEqualTo("3 put, 0 deleted");
        assertThat(receipt.details()).containsOnlyKeys("version of index.html", "restore to");
        assertThat(receipt.details()).containsEntry("restore to", put.toString());
    }

    @Test
    void nothing_is_lost_where_no_versions_are_kept() throws Exception {
        Bucket plain = aws.bucket("plain");
        fake.bucket("plain").object("index.html", "old");

        assertThat(state(plain.sync(folder, ""))).isEqualTo(Observation.State.REFUSED);
        assertThatThrownBy(() -> perform().apply(plain.sync(folder, ""))).hasMessageContaining("keeps no versions");
        assertThat(fake.bucket("plain").objects()).isEqualTo(Map.of("index.html", "old"));

        Action lossy = plain.sync(folder, "").withoutVersions();
        assertThat(lossy.kind()).isEqualTo(Action.Kind.DESTRUCTIVE);
        assertThat(toTheEnd(lossy).state()).isEqualTo(Observation.State.AT_TARGET);
    }

    @Test
    void new_files_are_put_where_no_versions_are_kept() throws Exception {
        fake.bucket("plain");

        assertThat(toTheEnd(aws.bucket("plain").sync(folder, "")).state()).isEqualTo(Observation.State.AT_TARGET);
    }

    @Test
    void contents_that_a_key_encrypts_are_compared_by_what_golive_wrote() throws Exception {
        there.encryption("aws:kms");

        assertThat(toTheEnd(bucket.sync(folder, "")).state()).isEqualTo(Observation.State.AT_TARGET);
        file("index.html", "<HTML>");
        assertThat(state(bucket.sync(folder, ""))).isEqualTo(Observation.State.NOT_AT_TARGET);
    }

    @Test
    void a_folder_that_is_missing_or_empty_or_has_links_is_refused() throws Exception {
        assertThat(state(bucket.sync(folder.resolve("none"), ""))).isEqualTo(Observation.State.REFUSED);
        assertThat(state(bucket.sync(Files.createDirectory(folder.resolve("empty")), "")
                        .deletingOthers()))
                .isEqualTo(Observation.State.REFUSED);

        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/hostname"));
        assertThat(state(bucket.sync(folder, ""))).isEqualTo(Observation.State.REFUSED);
    }

    @Test
    void a_bucket_that_is_not_there_is_refused() throws Exception {
        assertThat(state(aws.bucket("none").sync(folder, ""))).isEqualTo(Observation.State.REFUSED);
    }

    @Test
    void nothing_is_known_when_nobody_answers() throws Exception {
        for (AwsFault fault : AwsFault.noAnswers()) {
            fake.fault("s3", fault);
            assertThat(state(bucket.sync(folder, ""))).as("%s", fault).isEqualTo(Observation.State.UNKNOWN);
            fake.mend();
        }
    }

    @Test
    void half_a_sync_is_completed() throws Exception {
        fake.faultNext(1, "s3:PutObject", AwsFault.internalError());
        assertThatThrownBy(() -> perform().apply(bucket.sync(folder, ""))).isInstanceOf(ApiProblem.class);
        assertThat(state(bucket.sync(folder, ""))).isEqualTo(Observation.State.NOT_AT_TARGET);

        assertThat(toTheEnd(bucket.sync(folder, "")).state()).isEqualTo(Observation.State.AT_TARGET);
    }

    @Test
    void what_does_not_fit_into_an_attempt_is_left_for_the_next() throws Exception {
        for (int i = 0; i < 4; i++) {
            file("more/" + i, "x" + i);
        }
        Action sync = bucket.sync(folder, "");
        fake.fault("s3:PutObject", AwsFault.slow(Duration.ofSeconds(7)));

        assertThatThrownBy(() -> perform().within(Duration.ofSeconds(30)).apply(sync))
                .isInstanceOf(GoLiveException.class)
                .hasMessage("there was time for 4 of 7 requests; the next attempt goes on with the others");
        assertThat(there.objects()).hasSize(4).doesNotContainKey("index.html");
        perform().within(Duration.ofSeconds(30)).apply(sync);

        assertThat(there.objects()).hasSize(7);
        assertThat(sync.conduct().attempts()).isEqualTo(60);
        assertThat(sync.conduct().deadline()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void large_files_come_first() throws Exception {
        file("z.bin", "z".repeat(9 << 20));

        toTheEnd(bucket.sync(folder, ""));

        assertThat(fake.requests("s3:PutObject"))
                .first()
                .matches(request -> request.parameter("Key").orElseThrow().equals("z.bin"));
    }

    @Test
    void what_could_not_be_taken_back_is_refused() throws Exception {
        for (int i = 0; i <= BucketSync.MOST_VERSIONS; i++) {
            there.object("app/index.html", "old");
        }

        Observation found = perform().observe(bucket.sync(folder, "app/"));
        assertThat(found.state()).isEqualTo(Observation.State.REFUSED);
        assertThat(found.found()).startsWith("there are more than 10000 versions under \"app/\"");
        assertThatThrownBy(() -> perform().apply(bucket.sync(folder, "app/"))).hasMessageContaining("10000 versions");
        assertThat(state(bucket.sync(folder, "other/"))).isEqualTo(Observation.State.NOT_AT_TARGET);
        assertThat(state(bucket.sync(folder, "app/").withoutVersions())).isEqualTo(Observation.State.NOT_AT_TARGET);
    }

    @Test
    void a_bad_pattern_and_a_bad_prefix_are_refused() {
        assertThatThrownBy(() -> bucket.sync(folder, "").cacheControl("[", "no-cache"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bucket.sync(folder, "app")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_says_what_it_does_and_needs() {
        Action sync = bucket.sync(Path.of("dist"), "app/").deletingOthers();

        assertThat(sync.sentence())
                .isEqualTo("put dist into bucket shop-web in eu-north-1 under app/ and delete everything else there");
        assertThat(sync.kind()).isEqualTo(Action.Kind.REVERSIBLE);
        assertThat(sync.permissions())
                .anyMatch(permission -> permission.action().equals("s3:DeleteObject")
                        && permission.resource().equals("arn:aws:s3:::shop-web/app/*"));
    }
}
