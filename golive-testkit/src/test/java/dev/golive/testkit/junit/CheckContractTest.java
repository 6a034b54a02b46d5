package dev.golive.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.Capture;
import dev.golive.Check;
import dev.golive.CheckContext;
import dev.golive.Fact;
import dev.golive.Network;
import dev.golive.Outcome;
import dev.golive.Permission;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.Timing;
import dev.golive.testkit.Examine;
import dev.golive.testkit.FakeNetwork;
import dev.golive.testkit.HttpFake;
import dev.golive.testkit.HttpFault;
import dev.golive.testkit.Reply;
import dev.golive.time.TimeSource;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A good check keeps the contract; each bad one breaks the rule that is meant for it. */
class CheckContractTest {

    private static final Secret TOKEN = Secret.found("token", "very-secret-token");

    /** Asks a server over a socket, with a token. */
    private static class Asks implements Check {
        @Override
        public String sentence() {
            return "the lamp is lit";
        }

        @Override
        public Outcome examine(CheckContext context) throws Exception {
            try (Socket socket = context.network()
                    .connect(
                            "lamps.example",
                            InetSocketAddress.createUnresolved("lamps.example", 80),
                            Duration.ofSeconds(5))) {
                socket.getOutputStream().write(request(context).getBytes(StandardCharsets.US_ASCII));
                InputStream in = socket.getInputStream();
                String answer = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
                Fact fact = Fact.of("answer", "HTTP/1.1 200", answer);
                return answer.endsWith("200") ? Outcome.passed(fact) : Outcome.failed("answered " + answer, fact);
            }
        }

        String request(CheckContext context) {
            return method() + " /lamp HTTP/1.1\r\nHost: lamps.example\r\nConnection: close\r\nAuthorization: Bearer "
                    + context.reveal(TOKEN) + "\r\nContent-Length: 0\r\n\r\n";
        }

        String method() {
            return "GET";
        }

        @Override
        public Set<Secret> secrets() {
            return Set.of(TOKEN);
        }

        @Override
        public Set<Permission> permissions() {
            return Set.of(new Permission("lamps", "read", "east"));
        }

        @Override
        public Set<Subject> touches() {
            return Set.of(Subject.host("lamps.example"));
        }

        @Override
        public String toString() {
            return sentence();
        }
    }

    abstract static class Lamps extends CheckContract {
        private final HttpFake lamps = HttpFake.start(TimeSource.system());

        Lamps() {
            lamps.on("GET", "/lamp").reply(Reply.text("lit"));
            lamps.on("PUT", "/lamp").reply(Reply.text("lit"));
        }

        @Override
        protected Check check() {
            return new Asks();
        }

        @Override
        protected Optional<Check> hanging() {
            lamps.fault(HttpFault.hangBeforeHeaders());
            return Optional.of(check());
        }

        @Override
        protected Collection<?> writes() {
            return lamps.requests().stream()
                    .filter(request -> !request.method().equals("GET"))
                    .toList();
        }

        @Override
        protected Network network() {
            return FakeNetwork.create().route("lamps.example", 80, lamps.address());
        }

        @AfterEach
        void close() {
            lamps.close();
        }
    }

    static class Good extends Lamps {}

    /** A check without any target, and one that reads a value. */
    static class Pure extends CheckContract {
        private final Capture<String> image = Capture.of("image", String.class);

        @Override
        protected Check check() {
            return new Check() {
                @Override
                public String sentence() {
                    return "the image is the one deployed";
                }

                @Override
                public Outcome examine(CheckContext context) {
                    return context.read(image).equals("v1") ? Outcome.passed() : Outcome.failed("another");
                }

                @Override
                public Set<Capture<?>> reads() {
                    return Set.of(image);
                }

                @Override
                public String toString() {
                    return sentence();
                }
            };
        }

        @Override
        protected Optional<Check> hanging() {
            return Optional.empty();
        }

        @Override
        protected Collection<?> writes() {
            return List.of();
        }

        @Override
        protected Examine prepare(Examine examination) {
            return examination.given(image, "v1");
        }
    }

    @Test
    void a_good_check_keeps_the_contract() {
        assertThat(Launched.run(Good.class).results())
                .hasSize(8)
                .allSatisfy((name, result) -> assertThat(result).as(name).isEqualTo("SUCCESSFUL"));
    }

    @Test
    void a_check_that_waits_for_nothing_keeps_the_rest_of_it() {
        Map<String, String> results = Launched.run(Pure.class).results();
        assertThat(results.values()).filteredOn("SUCCESSFUL"::equals).hasSize(6);
        assertThat(results.values())
                .filteredOn(result -> result.startsWith("ABORTED"))
                .hasSize(2)
                .allMatch(result -> result.contains("the check waits for nothing"));
    }

    private static void breaks(Class<?> contract, String rule, String says) {
        assertThat(Launched.run(contract, rule).failures().values())
                .singleElement()
                .asString()
                .contains(says)
                .doesNotContain("very-secret-token");
    }

    private static final String DESCRIBES = "describesItself";
    private static final String DECLARES = "declaresConsistently";
    private static final String PASSES = "passesRepeatedly";
    private static final String COMES_BACK = "obeysCancellation";
    private static final String SECRETS = "keepsSecrets";
    private static final String GIVEN_UP = "keepsSecretsWhenGivenUp";
    private static final String WRITES = "doesNotWrite";
    private static final String FORWARDS = "wrappersForward";

    static class Changing extends Lamps {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public String sentence() {
                    return "the lamp is lit, asked " + count.incrementAndGet() + " times";
                }
            };
        }
    }

    static class FullStop extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public String sentence() {
                    return "The lamp is lit.";
                }
            };
        }
    }

    static class Speechless extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public String toString() {
                    return "Lamp@1";
                }
            };
        }
    }

    @Test
    void a_sentence_that_changes_has_a_full_stop_or_is_not_printed_is_caught() {
        breaks(Changing.class, DESCRIBES, "sentence() must be the same each time");
        breaks(FullStop.class, DESCRIBES, "must end without a full stop");
        breaks(Speechless.class, DESCRIBES, "toString() must be the sentence");
    }

    static class Fickle extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                private int asked;

                @Override
                public Set<Permission> permissions() {
                    return Set.of(new Permission("lamps", "read", "lamp " + asked++));
                }
            };
        }
    }

    static class Nothing extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                @SuppressWarnings("NullAway")
                public Set<Permission> permissions() {
                    return null;
                }
            };
        }
    }

    @Test
    void declarations_that_change_or_are_missing_are_caught() {
        breaks(Fickle.class, DECLARES, "permissions() must be the same each time");
        breaks(Nothing.class, DECLARES, "permissions() must not be null");
    }

    static class Undeclared extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public Set<Subject> touches() {
                    return Set.of();
                }
            };
        }
    }

    static class OnlyOnce extends Lamps {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public Outcome examine(CheckContext context) throws Exception {
                    return count.incrementAndGet() > 1 ? Outcome.failed("used up") : super.examine(context);
                }
            };
        }
    }

    @Test
    void a_check_that_touches_what_it_does_not_declare_or_works_only_once_is_caught() {
        breaks(Undeclared.class, PASSES, "does not list the host lamps.example");
        breaks(OnlyOnce.class, PASSES, "used up");
    }

    static class Deaf extends Lamps {
        @Override
        protected Optional<Check> hanging() {
            return Optional.of(Check.that("deaf", context -> {
                java.util.concurrent.CountDownLatch never = new java.util.concurrent.CountDownLatch(1);
                TimeSource time = TimeSource.system();
                java.time.Instant end = time.now().plusSeconds(6);
                while (time.now().isBefore(end)) {
                    try {
                        if (never.await(100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                            break;
                        }
                    } catch (InterruptedException e) {
                        continue;
                    }
                }
                return Outcome.passed();
            }));
        }
    }

    static class NotHanging extends Lamps {
        @Override
        protected Optional<Check> hanging() {
            return Optional.of(check());
        }
    }

    @Test
    void a_check_that_cannot_be_given_up_is_caught() {
        breaks(Deaf.class, COMES_BACK, "must come back soon after its deadline");
        breaks(NotHanging.class, COMES_BACK, "hanging() must give a check of a target that never answers");
    }

    static class Talkative extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public Outcome examine(CheckContext context) throws Exception {
                    return super.examine(context).with(Fact.of("sent", "Bearer " + context.reveal(TOKEN)));
                }
            };
        }
    }

    static class Leaking extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public Outcome examine(CheckContext context) throws Exception {
                    String token = context.reveal(TOKEN);
                    try {
                        return super.examine(context);
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException("failed", new java.io.IOException("with " + token, e));
                    }
                }
            };
        }
    }

    static class Sly extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public Set<Secret> secrets() {
                    return Set.of();
                }
            };
        }
    }

    @Test
    void a_check_that_shows_a_secret_or_does_not_declare_it_is_caught() {
        breaks(Talkative.class, SECRETS, "a secret is shown");
        breaks(Leaking.class, GIVEN_UP, "a secret is shown");
        breaks(Sly.class, SECRETS, "secrets() must declare token");
    }

    static class Writing extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                String method() {
                    return "PUT";
                }
            };
        }
    }

    @Test
    void a_check_that_writes_is_caught() {
        breaks(Writing.class, WRITES, "a check must not write, but the target saw");
    }

    static class Forgetful extends Lamps {
        @Override
        protected Check check() {
            return new Asks() {
                @Override
                public Check with(Timing timing) {
                    return Check.that(sentence(), this::examine);
                }
            };
        }
    }

    @Test
    void a_wrapper_that_forgets_is_caught() {
        breaks(Forgetful.class, FORWARDS, "secrets() must be the same with with(timing)");
    }
}
