package dev.golive.checks;

import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * A TLS server in a process of its own: JSSE staples OCSP responses only by a setting of the whole JVM. Prints its port
 * and serves until its input ends.
 */
final class StaplingServer {

    private StaplingServer() {}

    /**
     * Serves.
     *
     * @param args the PKCS#12 file and its password
     * @throws Exception if it cannot
     */
    public static void main(String[] args) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            store.load(in, args[1].toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, args[1].toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> serve(server));
        acceptor.setDaemon(true);
        acceptor.start();
        System.out.println(server.getLocalPort());
        while (System.in.read() >= 0) {
            // until the test goes away
            continue;
        }
    }

    private static void serve(SSLServerSocket server) {
        while (true) {
            try (SSLSocket client = (SSLSocket) server.accept()) {
                client.startHandshake();
                client.getInputStream().read();
            } catch (SSLException e) {
                // a client that hangs up after the handshake is what the test is about
                continue;
            } catch (java.io.IOException e) {
                return;
            }
        }
    }
}
