package dev.golive.checks.internal.dns;

import dev.golive.CheckContext;
import java.net.InetSocketAddress;
import java.util.List;
import org.xbill.DNS.ResolverConfig;

/** The recursive resolvers of a run. */
final class Resolvers {

    private Resolvers() {}

    /** Those that the network names, otherwise those that the machine is configured to use. */
    static List<Server> of(CheckContext context) {
        List<InetSocketAddress> named = context.network().resolvers();
        return (named.isEmpty() ? Platform.SERVERS : named)
                .stream().map(Server::resolver).toList();
    }

    /** Read at first use, once: finding the configuration costs as much as some lookups. */
    private static final class Platform {
        private static final List<InetSocketAddress> SERVERS =
                List.copyOf(ResolverConfig.getCurrentConfig().servers());
    }
}
