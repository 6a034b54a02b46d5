package dev.golive.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.golive.ActionContext;
import dev.golive.Channel;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.testkit.FakeChannel;
import dev.golive.testkit.LaunchFault;
import dev.golive.testkit.Perform;
import dev.golive.testkit.VirtualTime;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A good channel keeps the contract; each bad one breaks the rule that is meant for it. */
class ChannelContractTest {

    private static final String VALUE = "very-secret-token";
    private static final Secret TOKEN = Secret.found("token", VALUE);

    static class Good extends ChannelContract {
        final VirtualTime time = VirtualTime.startingAt("2027-03-02T09:00:00Z");
        final FakeChannel room = FakeChannel.named("#launch", time)
                .touching(Subject.host("chat.example"))
                .secret(TOKEN);

        @Override
        protected Channel channel() {
            return room;
        }

        @Override
        protected Perform perform() {
            return Perform.on(time);
        }

        @Override
        protected List<String> texts() {
            return room.texts();
        }

        @Override
        protected boolean failing() {
            room.fault(LaunchFault.refuses());
            return true;
        }
    }

    static class Forgetful extends Good {
        Forgetful() {
            room.withoutIdempotency();
        }
    }

    static class HonestlyForgetful extends Forgetful {
        @Override
        protected boolean recognisesKeys() {
            return false;
        }

        @Override
        protected boolean failing() {
            return false;
        }
    }

    /** A channel that does what another does. */
    private static class Same implements Channel {
        final FakeChannel room;

        Same(FakeChannel room) {
            this.room = room;
        }

        @Override
        public String name() {
            return room.name();
        }

        @Override
        public Receipt post(String text, ActionContext context) throws Exception {
            return room.post(text, context);
        }

        @Override
        public Set<Subject> touches() {
            return room.touches();
        }

        @Override
        public Set<Secret> secrets() {
            return room.secrets();
        }
    }

    static class Shouting extends Good {
        @Override
        protected Channel channel() {
            return new Same(room) {
                @Override
                public Receipt post(String text, ActionContext context) throws Exception {
                    return super.post(text.toUpperCase(Locale.ROOT), context);
                }
            };
        }
    }

    static class Silent extends Good {
        @Override
        protected Channel channel() {
            return new Same(room) {
                @Override
                public Receipt post(String text, ActionContext context) throws Exception {
                    try {
                        return super.post(text, context);
                    } catch (IOException e) {
                        return Receipt.of(String.valueOf(e.getMessage()));
                    }
                }
            };
        }
    }

    static class Undeclared extends Good {
        @Override
        protected Channel channel() {
            return new Same(room) {
                @Override
                public Set<Subject> touches() {
                    return Set.of();
                }
            };
        }
    }

    static class Talkative extends Good {
        @Override
        protected Channel channel() {
            return new Same(room) {
                @Override
                public Receipt post(String text, ActionContext context) throws Exception {
                    return new Receipt(
                            super.post(text, context).id(), Map.of("sent", "Bearer " + context.reveal(TOKEN)));
                }
            };
        }
    }

    static class Leaking extends Good {
        @Override
        protected boolean failing() {
            room.fault(LaunchFault.leaks());
            return true;
        }
    }

    static class Sly extends Good {
        @Override
        protected Channel channel() {
            return new Same(room) {
                @Override
                public Set<Secret> secrets() {
                    return Set.of();
                }
            };
        }
    }

    private static void breaks(Class<?> contract, String rule, String says) {
        assertThat(Launched.run(contract, rule).failures().values())
                .singleElement()
                .asString()
                .contains(says)
                .doesNotContain(VALUE);
    }

    @Test
    void a_good_channel_keeps_the_contract() {
        assertThat(Launched.run(Good.class).results())
                .hasSize(5)
                .allSatisfy((name, result) -> assertThat(result).as(name).isEqualTo("SUCCESSFUL"));
    }

    @Test
    void a_channel_that_cannot_recognise_keys_and_says_so_keeps_the_rest_of_it() {
        assertThat(Launched.run(HonestlyForgetful.class).results().values())
                .filteredOn("SUCCESSFUL"::equals)
                .hasSize(3);
        assertThat(Launched.run(HonestlyForgetful.class).failures()).isEmpty();
    }

    @Test
    void each_bad_channel_is_caught() {
        breaks(Forgetful.class, "postsOnce", "what readers see");
        breaks(Shouting.class, "posts", "what readers see");
        breaks(Silent.class, "throwsIfDown", "a channel that is down must throw");
        breaks(Undeclared.class, "declares", "touches() must name the hosts or accounts");
        breaks(Talkative.class, "keepsSecrets", "a secret is shown");
        breaks(Leaking.class, "keepsSecrets", "a secret is shown");
        breaks(Sly.class, "keepsSecrets", "secrets() must declare token");
    }
}
