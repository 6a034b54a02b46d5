package dev.golive.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One accepted connection, from its first byte to its end, on one thread of the fake's pool. */
final class HttpConnection implements Runnable {

    private static final String PLAIN_ANSWER = "this port speaks plain HTTP\n";

    /** How long a client is given to get from connecting to reading, on a busy machine. */
    private static final int FIRST_WORD_MILLIS = 300;

    private final HttpFake fake;
    private final TappedSocket socket;
    private final ReceivedConnection info;
    private final Pauses pauses;
    private final Object lock = new Object();
    private @Nullable SSLSocket tls;
    private boolean watched;

    HttpConnection(HttpFake fake, TappedSocket socket, ReceivedConnection info) {
        this.fake = fake;
        this.socket = socket;
        this.info = info;
        this.pauses = new Pauses(fake.time(), this::watch);
    }

    HttpFake fake() {
        return fake;
    }

    ReceivedConnection info() {
        return info;
    }

    Pauses pauses() {
        return pauses;
    }

    @Override
    public void run() {
        try {
            socket.setTcpNoDelay(true);
            HttpFault.OfConnection fault = fake.connectionFault();
            if (fault instanceof HttpFault.ResetOnAccept) {
                reset();
            } else if (fault instanceof HttpFault.Silent) {
                if (fake.time().cooperative()) {
                    awaitFirstWord();
                }
                throw pauses.hang();
            } else if (info.secure()) {
                speakTls(fault);
            } else if (startsHttp2()) {
                new Http2Connection(this, socket.getInputStream(), socket.getOutputStream()).run();
            } else {
                new Http1Connection(this, socket.getInputStream(), socket.getOutputStream()).run();
            }
        } catch (IOException e) {
            info.endedBy(e);
        } catch (RuntimeException e) {
            info.endedBy(new IOException("the fake failed on this connection", e));
            fake.problem("connection " + info.number() + " failed in the fake itself: " + e);
        } finally {
            abort();
            fake.ended(this);
        }
    }

    /**
     * Waits until the client has begun to wait. A pause in virtual time parks whoever is busy at that moment: right after
     * the connection was accepted, that may be a client that is still on its way to its first read, or one that has
     * only looked whether the port is open. Who has said nothing for a while of real time waits for the server to begin.
     */
    private void awaitFirstWord() throws IOException {
        socket.setSoTimeout(FIRST_WORD_MILLIS);
        try {
            if (!socket.tap().fill()) {
                throw new AbandonedException("the client has gone", null);
            }
        } catch (SocketTimeoutException e) {
            // it waits, as this connection was meant to make it
        } finally {
            socket.setSoTimeout(0);
        }
    }

    /** HTTP/2 with prior knowledge begins with a method that no HTTP/1.1 client uses. */
    private boolean startsHttp2() throws IOException {
        TappedSocket.Tap in = socket.tap();
        byte[] start = in.readNBytes(3);
        in.unread(start, start.length);
        return fake.offers(HttpFake.Version.HTTP_2) && new String(start, StandardCharsets.US_ASCII).equals("PRI");
    }

    private void speakTls(HttpFault.@Nullable OfConnection fault) throws IOException {
        ClientHello hello = ClientHello.peek(socket.tap());
        if (hello != null) {
            info.said(hello);
            fake.handshake(info);
        }
        OutputStream out = socket.getOutputStream();
        if (fault instanceof HttpFault.HangInHandshake) {
            throw pauses.hang();
        } else if (fault instanceof HttpFault.HandshakeAlert alert) {
            out.write(OldTls.alert(alert.description()));
            disconnect();
        } else if (fault instanceof HttpFault.OldProtocolOnly old) {
            new OldTls(old.protocol()).speak(hello, fake.certificateFor(hello), socket.tap(), out);
            disconnect();
        } else if (fault instanceof HttpFault.NoTls) {
            String answer =
                    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
                            + PLAIN_ANSWER.length() + "\r\n\r\n" + PLAIN_ANSWER;
            out.write(answer.getBytes(StandardCharsets.US_ASCII));
            disconnect();
        } else {
            TestCertificate certificate = fault instanceof HttpFault.OtherCertificate other
                    ? other.certificate()
                    : fake.certificateFor(hello);
            serve(handshake(certificate));
        }
    }

    private SSLSocket handshake(TestCertificate certificate) throws IOException {
        SSLSocket secured =
                (SSLSocket) certificate.serverContext().getSocketFactory().createSocket(socket, null, true);
        SSLParameters parameters = secured.getSSLParameters();
        fake.configure(parameters);
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        synchronized (lock) {
            tls = secured;
        }
        return secured;
    }

    private void serve(SSLSocket secured) throws IOException {
        if (HttpFake.Version.HTTP_2.protocol().equals(secured.getApplicationProtocol())) {
            new Http2Connection(this, secured.getInputStream(), secured.getOutputStream()).run();
        } else {
            new Http1Connection(this, secured.getInputStream(), secured.getOutputStream()).run();
        }
    }

    /**
     * Has somebody notice when the client goes while this connection's thread waits. In virtual time the time source
     * itself ends the waits of an abandoned exchange, and a second opinion from the real world would come at random.
     */
    private void watch() {
        if (fake.time().cooperative()) {
            return;
        }
        synchronized (lock) {
            if (watched) {
                return;
            }
            watched = true;
        }
        try {
            fake.execute(this::watchClient);
        } catch (RejectedExecutionException e) {
            // No thread to spare: the wait then ends by its own time, or when the fake is closed.
            synchronized (lock) {
                watched = false;
            }
        }
    }

    private void watchClient() {
        try {
            while (socket.tap().fill()) {
                synchronized (lock) {
                    if (!pauses.isWaiting()) {
                        watched = false;
                        return;
                    }
                }
            }
        } catch (IOException e) {
            info.endedBy(e);
        }
        pauses.abandon();
    }

    /** Resets the connection. */
    void reset() throws IOException {
        socket.reset();
    }

    /** Closes the connection in good order, with TLS's own farewell where there is TLS. */
    void disconnect() throws IOException {
        SSLSocket secured;
        synchronized (lock) {
            secured = tls;
        }
        if (secured != null) {
            // Not close(): it may wait for another thread that reads, and for the client's farewell.
            secured.shutdownOutput();
        } else if (!socket.isClosed()) {
            socket.shutdownOutput();
        }
        socket.close();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    /** Ends the connection and whatever waits on it, from any thread and in any state. */
    void abort() {
        pauses.abandon();
        try {
            socket.close();
        } catch (IOException e) {
            info.endedBy(e);
        }
    }

    /** Resets the connection and ends whatever waits on it, from any thread and in any state. */
    void cut() {
        try {
            socket.reset();
        } catch (IOException e) {
            info.endedBy(e);
        }
        pauses.abandon();
    }
}
