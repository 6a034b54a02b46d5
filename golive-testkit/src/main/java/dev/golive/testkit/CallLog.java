package dev.golive.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What was asked of several fakes, in one order: components, actions and channels that share a log show which of them
 * was called first.
 *
 * <pre>{@code
 * CallLog log = new CallLog();
 * FakeComponent web = FakeComponent.named("web", time).logging(log);
 * FakeChannel room = FakeChannel.named("#launch", time).logging(log);
 *
 * // ... a rollback ...
 *
 * assertThat(log.writes()).extracting(Call::who).containsExactly("#launch", "web", "#launch");
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class CallLog {

    private final List<Call> calls = new ArrayList<>();

    /** An empty log. */
    public CallLog() {}

    synchronized void add(Call call) {
        calls.add(Objects.requireNonNull(call, "call must not be null"));
    }

    /**
     * Everything that was asked, also what was then refused.
     *
     * @return the calls in the order in which they arrived
     */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /**
     * What was asked of one fake.
     *
     * @param who its name
     * @return its calls in the order in which they arrived
     */
    public List<Call> of(String who) {
        Objects.requireNonNull(who, "who must not be null");
        return calls().stream().filter(call -> call.who().equals(who)).toList();
    }

    /**
     * What was asked in order to change something. A dry run has none of these.
     *
     * @return the calls that apply or post, in the order in which they arrived
     */
    public List<Call> writes() {
        return calls().stream().filter(call -> call.kind().writes()).toList();
    }

    /**
     * The calls, for people.
     *
     * @return one line for each
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        calls().forEach(call -> text.append(call.at()).append(' ').append(call).append('\n'));
        return text.toString();
    }
}
