package dev.golive.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.golive.ActionContext;
import dev.golive.Channel;
import dev.golive.Permission;
import dev.golive.Receipt;
import dev.golive.Secret;
import dev.golive.Subject;
import dev.golive.testkit.Perform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/**
 * What every channel promises to a launch. Whoever writes a channel extends this class, and says how to make it, how to
 * call it, and what its readers see.
 *
 * <p>Each test calls the methods anew; JUnit makes a new object of the class for each.
 */
public abstract class ChannelContract {

    private static final String TEXT = "web 41 is live: <b>no</b> & \"quotes\", 100 % \u00e4\u20ac";

    private final Map<Secret, String> revealed = new ConcurrentHashMap<>();
    private final List<Object> read = new CopyOnWriteArrayList<>();

    /** For classes that state how to make their channel. */
    protected ChannelContract() {}

    /**
     * A channel in which nothing was posted yet. Called several times in a test; each time it gives the same channel.
     *
     * @return the channel
     */
    protected abstract Channel channel();

    /**
     * What calls: with the clock, the network and the environment that the channel needs.
     *
     * @return a value of which tests choose the key
     */
    protected abstract Perform perform();

    /**
     * What readers see, as plain text.
     *
     * @return the texts in their order
     */
    protected abstract List<String> texts();

    /**
     * Lets the platform answer nothing but errors from now on.
     *
     * @return whether that is possible
     */
    protected abstract boolean failing();

    /**
     * Whether it recognises a repeated key.
     *
     * @return {@code true} unless overridden
     */
    protected boolean recognisesKeys() {
        return true;
    }

    /** The channel has a name and declares what it needs, the same each time. */
    @Test
    @DisplayName("has a name and declares what it needs, the same each time")
    public final void declares() {
        Channel channel = channel();
        assertFalse(channel.name().isBlank(), "name() must not be blank");
        assertEquals(channel.name(), channel().name(), "name() must be the same each time");
        assertFalse(channel.touches().isEmpty(), "touches() must name the hosts or accounts of the platform");
        assertEquals(channel.touches(), channel().touches(), "touches() must be the same each time");
        assertEquals(channel.permissions(), channel().permissions(), "permissions() must be the same each time");
        assertEquals(channel.secrets(), channel().secrets(), "secrets() must be the same each time");
    }

    /**
     * The channel posts texts as they are, one after the other.
     *
     * @throws Exception what the channel threw
     */
    @Test
    @DisplayName("posts texts as they are, one after the other")
    public final void posts() throws Exception {
        assertNotNull(perform().key("a").post(channel(), TEXT), "the receipt must not be null");
        perform().key("b").post(channel(), "all is well");
        perform().key("c").post(channel(), "all is well");
        assertEquals(List.of(TEXT, "all is well", "all is well"), texts(), "what readers see");
    }

    /**
     * The channel posts a text once under one key.
     *
     * @throws Exception what the channel threw
     */
    @Test
    @DisplayName("posts once what is repeated under one key")
    public final void postsOnce() throws Exception {
        if (!recognisesKeys()) {
            throw new TestAbortedException("the channel does not recognise keys");
        }
        perform().key("a").post(channel(), TEXT);
        perform().key("a").post(channel(), TEXT);
        assertEquals(List.of(TEXT), texts(), "what readers see");
    }

    /** The channel does not say that it posted what it did not post. */
    @Test
    @DisplayName("throws if it could not post")
    public final void throwsIfDown() {
        if (!failing()) {
            throw new TestAbortedException("the platform cannot be made to answer with errors");
        }
        assertThrows(
                Exception.class, () -> perform().key("a").post(channel(), TEXT), "a channel that is down must throw");
        assertEquals(List.of(), texts(), "what readers see");
    }

    /**
     * The channel never shows a secret, and reveals only what it declares.
     *
     * @throws Exception what the channel threw
     */
    @Test
    @DisplayName("never shows a secret, and reveals only what it declares")
    public final void keepsSecrets() throws Exception {
        Channel watched = new WatchedChannel(channel(), this);
        List<String> said = new ArrayList<>();
        said.add(perform().key("a").post(watched, TEXT).toString());
        said.addAll(texts());
        if (failing()) {
            Exception thrown = assertThrows(
                    Exception.class, () -> perform().key("b").post(watched, TEXT), "a channel that is down must throw");
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                said.add(cause.toString());
            }
        }
        for (String value : revealed.values()) {
            for (String text : said) {
                if (text.contains(value)) {
                    fail("a secret is shown: " + text.replace(value, "***"));
                }
            }
        }
        for (Secret secret : revealed.keySet()) {
            assertTrue(
                    channel().secrets().contains(secret),
                    () -> "secrets() must declare " + secret.label() + ", which is revealed");
        }
    }

    /** A channel that notes what is revealed through its context. */
    private record WatchedChannel(Channel channel, ChannelContract contract) implements Channel {

        @Override
        public String name() {
            return channel.name();
        }

        @Override
        public Receipt post(String text, ActionContext context) throws Exception {
            return channel.post(text, new Watched.OfAction(context, contract.revealed, contract.read));
        }

        @Override
        public Set<Permission> permissions() {
            return channel.permissions();
        }

        @Override
        public Set<Subject> touches() {
            return channel.touches();
        }

        @Override
        public Set<Secret> secrets() {
            return channel.secrets();
        }
    }
}
