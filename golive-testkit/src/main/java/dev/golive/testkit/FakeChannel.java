package dev.golive.testkit;

import dev.golive.ActionContext;
import dev.golive.Channel;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A channel in memory that shows what its readers see.
 *
 * <pre>{@code
 * FakeChannel room = FakeChannel.named("#launch", time);
 * room.faultNext(2, LaunchFault.refuses());
 *
 * // ... a launch announces something ...
 *
 * assertThat(room.posts()).extracting(FakeChannel.Post::text).containsExactly("web is live");
 * }</pre>
 *
 * <p>Texts under one idempotency key are posted once. Options change this object and return it; they are meant for the
 * beginning of a test. Thread-safe.
 */
public final class FakeChannel implements Channel, Fake {

    /**
     * A text that readers see.
     *
     * @param text the text
     * @param key the idempotency key under which it was posted
     * @param at when
     */
    public record Post(String text, String key, Instant at) {

        /**
         * Refuses missing parts.
         *
         * @param text the text
         * @param key the idempotency key under which it was posted
         * @param at when
         */
        public Post {
            Objects.requireNonNull(text, "text must not be null");
            Objects.requireNonNull(key, "key must not be null");
            Objects.requireNonNull(at, "at must not be null");
        }
    }

    private static final Set<Call.Kind> ASKED = Set.of(Call.Kind.POST);

    private final String name;
    private final FakeCalls calls;
    private final Object lock = new Object();
    private final List<Post> posts = new ArrayList<>();
    private final Set<Subject> touches = new LinkedHashSet<>();
    private boolean idempotent = true;

    private FakeChannel(String name, TimeSource time) {
        this.name = name;
        this.calls = new FakeCalls(name, time);
    }

    /**
     * A channel in which nothing was posted yet.
     *
     * @param name what people call it; not blank
     * @param time the clock by which posts are recorded
     * @return a new channel
     * @throws IllegalArgumentException if the name is blank
     */
    public static FakeChannel named(String name, TimeSource time) {
        return new FakeChannel(name, time);
    }

    /**
     * Posts every text that it is sent, also if the key was there before.
     *
     * @return this channel
     */
    public FakeChannel withoutIdempotency() {
        synchronized (lock) {
            idempotent = false;
        }
        return this;
    }

    /**
     * What it touches; nothing unless said otherwise.
     *
     * @param more hosts and accounts
     * @return this channel
     */
    public FakeChannel touching(Subject... more) {
        synchronized (lock) {
            touches.addAll(List.of(more));
        }
        return this;
    }

    /**
     * The secret that it declares, and reveals for every post.
     *
     * @param token the secret
     * @return this channel
     */
    public FakeChannel secret(Secret token) {
        calls.secret(token);
        return this;
    }

    /**
     * Records its calls in a log together with others.
     *
     * @param shared the log
     * @return this channel
     */
    public FakeChannel logging(CallLog shared) {
        calls.logging(shared);
        return this;
    }

    /**
     * Lets something go wrong from now on, until {@link #mend}.
     *
     * @param what the fault
     * @return this channel
     * @throws IllegalStateException if the fault shows a secret and there is none
     */
    public FakeChannel fault(LaunchFault.OfCall what) {
        calls.fault(what);
        return this;
    }

    /**
     * Lets something go wrong with the next posts; before anything that {@link #fault} said.
     *
     * @param times how many posts; at least 1
     * @param what the fault
     * @return this channel
     * @throws IllegalArgumentException if it is less than 1
     * @throws IllegalStateException if the fault shows a secret and there is none
     */
    public FakeChannel faultNext(int times, LaunchFault.OfCall what) {
        calls.faultNext(times, what);
        return this;
    }

    /**
     * Ends everything that goes wrong.
     *
     * @return this channel
     */
    public FakeChannel mend() {
        calls.mend();
        return this;
    }

    /**
     * What readers see.
     *
     * @return the posts in their order
     */
    public List<Post> posts() {
        synchronized (lock) {
            return List.copyOf(posts);
        }
    }

    /**
     * The texts that readers see.
     *
     * @return the texts in their order
     */
    public List<String> texts() {
        return posts().stream().map(Post::text).toList();
    }

    /**
     * What it was sent, also what was then refused or recognised as a repetition.
     *
     * @return the calls in the order in which they arrived
     */
    public List<Call> calls() {
        return calls.calls();
    }

    @Override
    public String plays() {
        return name;
    }

    /**
     * What it was asked: {@code post to #launch} for each text that it was sent.
     *
     * @return a copy
     */
    @Override
    public List<Asked> asked() {
        return calls.asked();
    }

    /**
     * The faults of calls in {@link LaunchFault#catalogue}, if it is asked to post. All of them are harmless: a channel
     * that is down holds nothing up.
     *
     * @param asked what is going to be asked
     * @return the faults; that which shows the secret only if it was given one
     */
    @Override
    public List<Trouble> troubles(Set<String> asked) {
        return new LaunchTroubles(name, calls, ASKED)
                .among(LaunchTroubles.catalogue(LaunchFault.OfCall.class), asked, this::fault).stream()
                        .map(Trouble::harmless)
                        .toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Receipt post(String text, ActionContext context) throws Exception {
        FakeCalls.requireText(text, "text");
        String key = context.idempotencyKey();
        Instant now = calls.enter(Call.Kind.POST, text, key, context);
        int number;
        synchronized (lock) {
            number = idempotent ? numberOf(key) : 0;
            if (number == 0) {
                posts.add(new Post(text, key, now));
                number = posts.size();
            }
        }
        calls.answer();
        return Receipt.of(name + "-" + number);
    }

    private int numberOf(String key) {
        for (int i = 0; i < posts.size(); i++) {
            if (posts.get(i).key().equals(key)) {
                return i + 1;
            }
        }
        return 0;
    }

    @Override
    public Set<Subject> touches() {
        synchronized (lock) {
            return Set.copyOf(touches);
        }
    }

    @Override
    public Set<Secret> secrets() {
        return calls.secrets();
    }

    /**
     * What people call it.
     *
     * @return the name
     */
    @Override
    public String toString() {
        return name;
    }
}
