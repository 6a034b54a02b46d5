package dev.golive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The machine's own network. */
final class RealNetwork implements Network {

    static final RealNetwork INSTANCE = new RealNetwork(hostsFile());

    private record Hosts(FileTime modified, Map<String, List<InetAddress>> addresses) {}

    private final @Nullable Path hostsFile;
    private volatile @Nullable Hosts hosts;
    private volatile @Nullable Set<TrustAnchor> anchors;

    RealNetwork(@Nullable Path hostsFile) {
        this.hostsFile = hostsFile;
    }

    @Override
    public InetSocketAddress route(String host, InetSocketAddress logical) {
        return logical;
    }

    @Override
    public InetSocketAddress consult(InetSocketAddress service) {
        return service;
    }

    @Override
    public List<InetAddress> known(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        List<InetAddress> listed = hostsEntries().getOrDefault(name, List.of());
        if (listed.isEmpty() && (name.equals("localhost") || name.endsWith(".localhost"))) {
            // RFC 6761 section 6.3: always loopback, whatever a resolver says
            return List.of(InetAddress.getLoopbackAddress());
        }
        return listed;
    }

    @Override
    public List<InetSocketAddress> resolvers() {
        return List.of();
    }

    @Override
    public Set<TrustAnchor> anchors() {
        Set<TrustAnchor> found = anchors;
        if (found == null) {
            found = loadAnchors();
            anchors = found;
        }
        return found;
    }

    @Override
    public URI endpoint(URI provider) {
        return provider;
    }

    private static Set<TrustAnchor> loadAnchors() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            Set<TrustAnchor> anchors = new LinkedHashSet<>();
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate certificate : x509.getAcceptedIssuers()) {
                        anchors.add(new TrustAnchor(certificate, null));
                    }
                }
            }
            return Set.copyOf(anchors);
        } catch (GeneralSecurityException e) {
            throw new GoLiveException("The trust store of this Java runtime cannot be read", e);
        }
    }

    private Map<String, List<InetAddress>> hostsEntries() {
        Path file = hostsFile;
        if (file == null) {
            return Map.of();
        }
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            Hosts known = hosts;
            if (known == null || !known.modified.equals(modified)) {
                known = new Hosts(modified, parse(Files.readString(file, StandardCharsets.ISO_8859_1)));
                hosts = known;
            }
            return known.addresses;
        } catch (IOException e) {
            // no hosts file is an ordinary state of a machine or container: DNS is asked then
            return Map.of();
        }
    }

    static Map<String, List<InetAddress>> parse(String text) {
        Map<String, List<InetAddress>> entries = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.replaceFirst("#.*", "").trim().split("\\s+", -1);
            if (words.length < 2 || !words[0].matches("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\\w+)?")) {
                continue;
            }
            InetAddress address;
            try {
                address = InetAddress.getByName(words[0]);
            } catch (IOException e) {
                // a line that the machine's own resolver would skip too
                continue;
            }
            for (int i = 1; i < words.length; i++) {
                entries.computeIfAbsent(words[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(address);
            }
        }
        return entries;
    }

    private static Path hostsFile() {
        String windows = System.getenv("SystemRoot");
        return windows == null ? Path.of("/etc/hosts") : Path.of(windows, "System32", "drivers", "etc", "hosts");
    }
}
