package samples;

import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Expectation;
import dev.golive.Fact;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Shared;
import dev.golive.Subject;
import java.util.Set;

/** A made-up provider: an entry value that owns nothing, a noun that hands out checks, a port, a shared client. */
public final class Lighthouse {

    private final String account;
    private final Secret token;
    private final Shared<Client> client;

    private Lighthouse(String account, Secret token) {
        this.account = account;
        this.token = token;
        this.client = Shared.of("lighthouse", (network, time) -> new Client());
    }

    public static Lighthouse account(String id, Secret token) {
        return new Lighthouse(id, token);
    }

    public Lamp lamp(String name) {
        return new Lamp(name);
    }

    public final class Lamp {
        private final String name;

        private Lamp(String name) {
            this.name = name;
        }

        public Check isLit() {
            return brightness(dev.golive.Expect.atLeast(1));
        }

        public Check brightness(Expectation<Integer> expected) {
            return new LampCheck(name, expected);
        }
    }

    private final class LampCheck implements Check {
        private final String lamp;
        private final Expectation<Integer> expected;

        LampCheck(String lamp, Expectation<Integer> expected) {
            this.lamp = lamp;
            this.expected = expected;
        }

        @Override
        public String sentence() {
            return "the brightness of lamp " + lamp + " is " + expected.sentence();
        }

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            Client shared = context.shared(client);
            try (var hook = context.onCancel(shared::abort)) {
                int found = shared.brightness(lamp, context.reveal(token));
                Fact fact = Fact.of("brightness", expected.sentence(), found);
                return expected.accepts(found)
                        ? Outcome.passed(fact)
                        : Outcome.failed("the lamp shows " + found, fact);
            }
        }

        @Override
        public Set<Secret> secrets() {
            return Set.of(token);
        }

        @Override
        public Set<Permission> permissions() {
            return Set.of(new Permission("lighthouse", "lamps:read", lamp));
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(new Subject("lighthouse", account));
        }
    }

    private static final class Client implements AutoCloseable {
        int brightness(String lamp, String token) {
            return lamp.length() + token.length();
        }

        void abort() {}

        @Override
        public void close() {}
    }
}
