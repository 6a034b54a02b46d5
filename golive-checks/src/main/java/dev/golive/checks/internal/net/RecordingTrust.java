package dev.golive.checks.internal.net;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Keeps the chain of one handshake and lets the handshake go on: the chain is judged afterwards, and a check shows it
 * even when it is bad or when the handshake fails later. It must be an extended trust manager, since the JDK adds checks
 * of its own around a plain one.
 */
final class RecordingTrust extends X509ExtendedTrustManager {

    private volatile List<X509Certificate> chain = List.of();

    List<X509Certificate> chain() {
        return chain;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] served, String authType) {
        chain = List.of(served);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] served, String authType, Socket socket) {
        chain = List.of(served);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] served, String authType, SSLEngine engine) {
        chain = List.of(served);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] served, String authType) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] served, String authType, Socket socket) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] served, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
