package dev.golive.testkit.rehearsal;

import dev.golive.Environment;
import dev.golive.Network;
import dev.golive.testkit.Fake;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a plan is tried out against: the way to the fakes, the environment that they play, and the fakes themselves.
 *
 * <p>Immutable and thread-safe; the fakes stay their maker's to close.
 */
public final class Fakes {

    private final Environment environment;
    private final Network network;
    private final List<Fake> all;

    private Fakes(Environment environment, Network network, List<Fake> all) {
        this.environment = environment;
        this.network = network;
        this.all = all;
    }

    /**
     * The fakes behind a network.
     *
     * @param environment what they play; never production
     * @param network the way to them, under the names that they play
     * @param fakes the fakes, whose troubles a fire drill goes through
     * @return the fakes
     * @throws IllegalArgumentException if the environment is production
     */
    public static Fakes of(Environment environment, Network network, Fake... fakes) {
        if (Objects.requireNonNull(environment, "environment must not be null").isProduction()) {
            throw new IllegalArgumentException(
                    "environment must not be production: name it what it plays, with Environment.named(..)");
        }
        Objects.requireNonNull(network, "network must not be null");
        List<Fake> all = new ArrayList<>();
        for (Fake fake : fakes) {
            all.add(Objects.requireNonNull(fake, "fakes must not hold null"));
        }
        return new Fakes(environment, network, List.copyOf(all));
    }

    /**
     * What they play.
     *
     * @return the environment
     */
    public Environment environment() {
        return environment;
    }

    /**
     * The way to them.
     *
     * @return the network
     */
    public Network network() {
        return network;
    }

    /**
     * The fakes.
     *
     * @return all of them in the order in which they were given
     */
    public List<Fake> all() {
        return all;
    }
}
