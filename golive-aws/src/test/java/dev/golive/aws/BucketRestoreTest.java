package dev.golive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.golive.Action;
import dev.golive.ActionContext;
import dev.golive.GoLiveException;
import dev.golive.Observation;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.provider.ApiProblem;
import dev.golive.testkit.aws.AwsFault;
import dev.golive.testkit.aws.FakeBucket;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketRestoreTest extends OnFakeAws {

    @TempDir
    Path folder;

    private final Bucket bucket = aws.bucket("shop-web");
    private final FakeBucket there = fake.bucket("shop-web");

    /** What a launch does with one GoLive, all of it in one call. */
    private final class InOneLaunch implements Action {

        private final List<Action> actions;
        private final List<Observation.State> found = new ArrayList<>();
        private final List<Receipt> receipts = new ArrayList<>();

        InOneLaunch(Action... actions) {
            this.actions = List.of(actions);
        }

        @Override
        public String sentence() {
            return "several";
        }

        @Override
        public Kind kind() {
            return Kind.REVERSIBLE;
        }

        @Override
        public Observation observe(ActionContext context) {
            return Observation.notAtTarget("not yet");
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            for (Action action : actions) {
                Observation before = action.observe(context);
                if (before.state() == Observation.State.NOT_AT_TARGET) {
                    receipts.add(action.apply(context));
                    before = action.observe(context);
                }
                found.add(before.state());
            }
            return Receipt.of("done");
        }

        @Override
        public Set<Subject> touches() {
            return actions.get(0).touches();
        }

        @Override
        public Set<Secret> secrets() {
            return actions.get(0).secrets();
        }

        @Override
        public Set<Permission> permissions() {
            return actions.get(0).permissions();
        }
    }

    /** An action in a launch of its own, which may fail while it is sent. */
    private record In(String key, Action action, boolean mayFail) implements Action {

        private ActionContext in(ActionContext context) {
            return (ActionContext) Proxy.newProxyInstance(
                    In.class.getClassLoader(), new Class<?>[] {ActionContext.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("idempotencyKey")) {
                            return key;
                        }
                        try {
                            return method.invoke(context, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        @Override
        public String sentence() {
            return action.sentence();
        }

        @Override
        public Kind kind() {
            return action.kind();
        }

        @Override
        public Observation observe(ActionContext context) throws Exception {
            return action.observe(in(context));
        }

        @Override
        public Receipt apply(ActionContext context) throws Exception {
            try {
                return action.apply(in(context));
            } catch (ApiProblem e) {
                assertThat(mayFail).as("%s", e.why()).isTrue();
                return Receipt.of("failed");
            }
        }

        @Override
        public Set<Subject> touches() {
            return action.touches();
        }

        @Override
        public Set<Secret> secrets() {
            return action.secrets();
        }

        @Override
        public Set<Permission> permissions() {
            return action.permissions();
        }
    }

    private static Action in(String key, Action action) {
        return new In(key, action, false);
    }

    /** A deletion fails, so that half of it is done. */
    private Action half(String key, Action sync) {
        fake.faultNext(1, "s3:DeleteObject", AwsFault.internalError());
        return new In(key, sync, true);
    }

    /** Somebody else does something in between. */
    private record Meanwhile(Runnable what) implements Action {

        @Override
        public String sentence() {
            return "meanwhile";
        }

        @Override
        public Kind kind() {
            return Kind.REVERSIBLE;
        }

        @Override
        public Observation observe(ActionContext context) {
            what.run();
            return Observation.atTarget("done");
        }

        @Override
        public Receipt apply(ActionContext context) {
            return Receipt.of("done");
        }
    }

    @BeforeEach
    void site() throws Exception {
        there.versioned()
                .object("site/index.html", "old")
                .object("site/same.css", "same")
                .object("site/gone.js", "gone")
                .object("elsewhere", "stays");
        time.advance(Duration.ofMinutes(5));
        Files.writeString(folder.resolve("index.html"), "new");
        Files.writeString(folder.resolve("same.css"), "same");
        Files.writeString(folder.resolve("added.js"), "added");
    }

    private Observation.State state(Action action) throws Exception {
        return perform().observe(action).state();
    }

    private static final Map<String, String> BEFORE =
            Map.of("site/index.html", "old", "site/same.css", "same", "site/gone.js", "gone", "elsewhere", "stays");

    @Test
    void what_a_sync_changed_is_taken_back() throws Exception {
        InOneLaunch launch = new InOneLaunch(
                bucket.sync(folder, "site/").deletingOthers(),
                bucket.restorePrevious("site/"),
                bucket.restorePrevious("site/"));

        perform().apply(launch);

        assertThat(launch.found).containsOnly(Observation.State.AT_TARGET);
        assertThat(there.objects()).isEqualTo(BEFORE);
        assertThat(there.versions("site/same.css")).isOne();
    }

    @Test
    void what_others_put_there_or_changed_since_stays() throws Exception {
        InOneLaunch launch = new InOneLaunch(
                bucket.sync(folder, "site/").deletingOthers(),
                new Meanwhile(() -> there.object("site/uploads/cat.png", "cat").object("site/same.css", "changed")),
                bucket.restorePrevious("site/"));

        perform().apply(launch);

        assertThat(launch.found).containsOnly(Observation.State.AT_TARGET);
        Map<String, String> expected = new TreeMap<>(BEFORE);
        expected.put("site/uploads/cat.png", "cat");
        expected.put("site/same.css", "changed");
        assertThat(there.objects()).isEqualTo(expected);
    }

    @Test
    void half_a_sync_is_not_what_was_there_before_another_try() throws Exception {
        Action sync = bucket.sync(folder, "site/").deletingOthers();
        InOneLaunch launch =
                new InOneLaunch(half("one", sync), in("two", sync), in("two", bucket.restorePrevious("site/")));

        perform().apply(launch);

        assertThat(launch.found)
                .containsExactly(
                        Observation.State.NOT_AT_TARGET, Observation.State.AT_TARGET, Observation.State.AT_TARGET);
        assertThat(there.objects()).isEqualTo(BEFORE);
    }

    @Test
    void a_sync_that_was_taken_back_is_not_what_the_next_one_began() throws Exception {
        Action sync = bucket.sync(folder, "site/").deletingOthers();
        InOneLaunch launch = new InOneLaunch(
                half("one", sync),
                in("one", bucket.restorePrevious("site/")),
                new Meanwhile(() -> there.object("site/index.html", "of an editor")),
                in("two", sync),
                in("two", bucket.restorePrevious("site/")));

        perform().apply(launch);

        assertThat(there.objects()).containsEntry("site/index.html", "of an editor");
    }

    @Test
    void a_sync_that_came_to_its_end_is_not_what_the_next_one_began() throws Exception {
        Action sync = bucket.sync(folder, "site/");
        InOneLaunch launch = new InOneLaunch(
                in("one", sync),
                new Meanwhile(() -> there.object("site/index.html", "of an editor")),
                in("two", sync),
                in("two", bucket.restorePrevious("site/")));

        perform().apply(launch);

        assertThat(there.objects())
                .containsEntry("site/index.html", "of an editor")
                .containsKey("site/added.js");
    }

    @Test
    void after_a_crash_nobody_takes_half_a_sync_for_what_was_there_before() throws Exception {
        Action sync = bucket.sync(folder, "site/").deletingOthers();
        fake.faultNext(1, "s3:DeleteObject", AwsFault.internalError());
        assertThatThrownBy(() -> perform().key("one").apply(sync)).isInstanceOf(ApiProblem.class);

        InOneLaunch launch = new InOneLaunch(sync, bucket.restorePrevious("site/"));
        perform().key("one").apply(launch);

        assertThat(launch.found).containsExactly(Observation.State.AT_TARGET, Observation.State.REFUSED);
        assertThat(launch.receipts)
                .singleElement()
                .matches(receipt -> receipt.details().isEmpty());
    }

    @Test
    void a_crash_among_deletions_alone_is_told_too() throws Exception {
        Files.writeString(folder.resolve("index.html"), "old");
        Files.delete(folder.resolve("added.js"));
        there.object("site/gone.css", "gone");
        Action sync = bucket.sync(folder, "site/").deletingOthers();
        fake.faultNext(1, "s3:DeleteObject", AwsFault.internalError());
        assertThatThrownBy(() -> perform().key("one").apply(sync)).isInstanceOf(ApiProblem.class);

        InOneLaunch launch = new InOneLaunch(sync, bucket.restorePrevious("site/"));
        perform().key("one").apply(launch);

        assertThat(launch.found).containsExactly(Observation.State.AT_TARGET, Observation.State.REFUSED);
    }

    @Test
    void the_receipt_of_a_later_attempt_tells_what_the_first_one_noted() throws Exception {
        Action sync = bucket.sync(folder, "site/").deletingOthers();
        InOneLaunch launch = new InOneLaunch(half("one", sync), in("one", sync));

        perform().apply(launch);

        assertThat(launch.receipts)
                .last()
                .satisfies(receipt -> assertThat(receipt.details())
                        .containsOnlyKeys("version of site/index.html", "version of site/gone.js", "restore to"));
    }

    @Test
    void it_goes_on_in_the_next_attempt_with_what_did_not_fit_into_one() throws Exception {
        Instant then = time.now();
        time.advance(Duration.ofMinutes(5));
        for (int i = 0; i < 6; i++) {
            there.object("site/later/" + i, "x");
        }
        Action restore = bucket.restoreTo(then, "site/");
        fake.fault("s3:DeleteObject", AwsFault.slow(Duration.ofSeconds(7)));

        assertThatThrownBy(() -> perform().within(Duration.ofSeconds(30)).apply(restore))
                .isInstanceOf(GoLiveException.class)
                .hasMessage("there was time for 4 of 6 requests; the next attempt goes on with the others");
        perform().within(Duration.ofSeconds(30)).apply(restore);

        assertThat(there.objects()).isEqualTo(BEFORE);
        assertThat(restore.conduct().attempts()).isEqualTo(60);
    }

    @Test
    void it_goes_back_no_further_when_it_is_repeated() throws Exception {
        there.object("site/index.html", "between");
        time.advance(Duration.ofMinutes(1));

        perform()
                .apply(new InOneLaunch(
                        bucket.sync(folder, "site/"),
                        bucket.restorePrevious("site/"),
                        bucket.restorePrevious("site/")));

        assertThat(there.objects()).containsEntry("site/index.html", "between");
    }

    @Test
    void nobody_guesses_what_was_there_before() throws Exception {
        toTheEnd(bucket.sync(folder, "site/"));

        Observation found = perform().observe(bucket.restorePrevious("site/"));

        assertThat(found).matches(one -> one.state() == Observation.State.REFUSED);
        assertThat(found.found()).contains("restoreTo");
    }

    @Test
    void a_version_that_is_gone_is_refused() throws Exception {
        InOneLaunch launch =
                new InOneLaunch(bucket.sync(folder, "site/"), new Pruning(), bucket.restorePrevious("site/"));

        perform().apply(launch);

        assertThat(launch.found).last().isEqualTo(Observation.State.REFUSED);
    }

    /** Somebody removes the versions in between. */
    private final class Pruning implements Action {

        @Override
        public String sentence() {
            return "prune";
        }

        @Override
        public Kind kind() {
            return Kind.DESTRUCTIVE;
        }

        @Override
        public Observation observe(ActionContext context) {
            there.prune("site/index.html");
            return Observation.atTarget("pruned");
        }

        @Override
        public Receipt apply(ActionContext context) {
            return Receipt.of("pruned");
        }
    }

    @Test
    void an_instant_is_brought_back() throws Exception {
        Instant then = time.now();
        time.advance(Duration.ofMinutes(5));
        toTheEnd(bucket.sync(folder, "site/").deletingOthers());
        time.advance(Duration.ofMinutes(5));

        Action restore = bucket.restoreTo(then, "site/");
        assertThat(state(restore)).isEqualTo(Observation.State.NOT_AT_TARGET);
        assertThat(toTheEnd(restore).state()).isEqualTo(Observation.State.AT_TARGET);

        assertThat(there.objects()).isEqualTo(BEFORE);
        assertThat(there.versions("site/index.html")).isEqualTo(3);
    }

    @Test
    void what_was_deleted_at_the_instant_is_deleted_again() throws Exception {
        there.delete("site/gone.js");
        Instant then = time.now();
        time.advance(Duration.ofMinutes(5));
        there.object("site/gone.js", "back");
        time.advance(Duration.ofMinutes(5));

        toTheEnd(bucket.restoreTo(then, "site/"));

        assertThat(there.objects()).doesNotContainKey("site/gone.js");
    }

    @Test
    void an_instant_before_everything_empties_the_prefix_and_nothing_else() throws Exception {
        toTheEnd(bucket.restoreTo(Instant.parse("2020-01-01T00:00:00Z"), "site/"));

        assertThat(there.objects()).isEqualTo(Map.of("elsewhere", "stays"));
    }

    @Test
    void versions_on_all_pages_count() throws Exception {
        Instant then = time.now();
        time.advance(Duration.ofMinutes(5));
        for (int i = 0; i < 5; i++) {
            there.object("site/index.html", "later " + i);
        }
        fake.pageSize(2);

        toTheEnd(bucket.restoreTo(then, "site/"));

        assertThat(there.objects()).isEqualTo(BEFORE);
    }

    @Test
    void a_bucket_without_versions_and_one_that_is_not_there_are_refused() throws Exception {
        fake.bucket("plain").object("index.html", "x");

        assertThat(state(aws.bucket("plain").restoreTo(time.now(), ""))).isEqualTo(Observation.State.REFUSED);
        assertThat(state(aws.bucket("none").restoreTo(time.now(), ""))).isEqualTo(Observation.State.REFUSED);
    }

    @Test
    void what_could_not_be_compared_afterwards_is_refused() throws Exception {
        there.objectInParts("site/video.mp4", "video");
        Instant then = time.now();
        assertThat(state(bucket.restoreTo(then, "site/"))).isEqualTo(Observation.State.AT_TARGET);
        time.advance(Duration.ofMinutes(5));
        there.object("site/video.mp4", "other");

        Observation found = perform().observe(bucket.restoreTo(then, "site/"));

        assertThat(found).matches(one -> one.state() == Observation.State.REFUSED);
        assertThat(found.found()).startsWith("site/video.mp4 came in parts");
    }

    @Test
    void what_golive_put_there_is_brought_back_also_if_a_key_encrypts_it() throws Exception {
        there.encryption("aws:kms");
        toTheEnd(bucket.sync(folder, "kms/"));
        Instant then = time.now();
        time.advance(Duration.ofMinutes(5));
        Files.writeString(folder.resolve("index.html"), "NEW");
        toTheEnd(bucket.sync(folder, "kms/"));

        assertThat(toTheEnd(bucket.restoreTo(then, "kms/")).state()).isEqualTo(Observation.State.AT_TARGET);
        assertThat(there.objects()).containsEntry("kms/index.html", "new");
    }

    @Test
    void nothing_is_known_when_nobody_answers() throws Exception {
        for (AwsFault fault : AwsFault.noAnswers()) {
            fake.fault("s3", fault);
            assertThat(state(bucket.restoreTo(time.now(), "site/")))
                    .as("%s", fault)
                    .isEqualTo(Observation.State.UNKNOWN);
            fake.mend();
        }
    }

    @Test
    void what_was_put_there_and_deleted_within_a_second_is_unknown() throws Exception {
        there.object("site/quick", "x").delete("site/quick");
        Instant then = time.now();
        time.advance(Duration.ofMinutes(5));
        there.object("site/quick", "later");

        assertThat(state(bucket.restoreTo(then, "site/"))).isEqualTo(Observation.State.UNKNOWN);
    }

    @Test
    void any_history_can_be_taken_back_to_any_of_its_minutes() throws Exception {
        for (int round = 0; round < 8; round++) {
            Random random = new Random(round);
            FakeBucket history = fake.bucket("history-" + round).versioned();
            List<Map<String, String>> states = new ArrayList<>();
            List<Instant> minutes = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                String key = "k" + random.nextInt(4);
                if (random.nextInt(3) == 0 && history.objects().containsKey(key)) {
                    history.delete(key);
                } else {
                    history.object(key, "c" + random.nextInt(3));
                }
                states.add(new TreeMap<>(history.objects()));
                minutes.add(time.now());
                time.advance(Duration.ofMinutes(1));
            }
            int which = random.nextInt(states.size());

            toTheEnd(aws.bucket("history-" + round).restoreTo(minutes.get(which), ""));

            assertThat(history.objects()).as("round %s", round).isEqualTo(states.get(which));
        }
    }
}
