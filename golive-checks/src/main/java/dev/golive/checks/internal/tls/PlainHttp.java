package dev.golive.checks.internal.tls;

import dev.golive.CheckContext;
import dev.golive.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a small file by plain HTTP/1.1 from a service that is not under examination: no redirects, no cookies, a limit
 * for the body, one connection. That is how OCSP responders and revocation lists are meant to be asked; what they answer
 * is signed.
 */
final class PlainHttp {

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(100)
            .setMaxLineLength(8 * 1024)
            .setMaxEmptyLineCount(2)
            .build();

    private PlainHttp() {}

    /**
     * Sends a request and reads the answer.
     *
     * @param body what to post, {@code null} to get
     * @param due when to give up
     * @throws IOException if there is no answer with status 200 and a body within the limit
     * @throws Exception if the attempt was given up
     */
    static byte[] fetch(
            CheckContext context, URI url, InetAddress address, byte @Nullable [] body, int maxBodyBytes, Instant due)
            throws Exception {
        Socket socket = context.network().newSocket();
        Runnable abort = () -> close(socket);
        try (TimeSource.Alarm hook = context.onCancel(abort)) {
            return context.time().within(due, abort, () -> fetch(context, url, address, body, maxBodyBytes, socket));
        } finally {
            abort.run();
        }
    }

    private static byte[] fetch(
            CheckContext context, URI url, InetAddress address, byte @Nullable [] body, int maxBodyBytes, Socket socket)
            throws IOException {
        int port = url.getPort() < 0 ? 80 : url.getPort();
        InetSocketAddress service =
                new InetSocketAddress(InetAddress.getByAddress(url.getHost(), address.getAddress()), port);
        socket.setTcpNoDelay(true);
        socket.connect(context.network().consult(service));
        // never closed in good order: that would read the rest of a body of any length; the caller closes the socket
        DefaultBHttpClientConnection connection = new DefaultBHttpClientConnection(
                LIMITS,
                null,
                null,
                null,
                null,
                DefaultHttpRequestWriterFactory.INSTANCE,
                new DefaultHttpResponseParserFactory(LIMITS));
        try {
            connection.bind(socket);
            ClassicHttpRequest request = request(url, body);
            connection.sendRequestHeader(request);
            if (body != null) {
                connection.sendRequestEntity(request);
            }
            connection.flush();
            ClassicHttpResponse response = connection.receiveResponseHeader();
            if (response.getCode() != 200) {
                throw new IOException(url.getHost() + " answered with status " + response.getCode());
            }
            connection.receiveResponseEntity(response);
            return read(url, response.getEntity(), maxBodyBytes);
        } catch (HttpException e) {
            throw new IOException(url.getHost() + " does not speak HTTP: " + OcspAnswer.said(e), e);
        }
    }

    private static ClassicHttpRequest request(URI url, byte @Nullable [] body) {
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(
                body == null ? "GET" : "POST", url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
        request.setHeader(HttpHeaders.HOST, url.getRawAuthority());
        request.setHeader(HttpHeaders.CONNECTION, "close");
        if (body != null) {
            ContentType type = ContentType.create("application/ocsp-request");
            request.setEntity(new ByteArrayEntity(body, type));
            request.setHeader(HttpHeaders.CONTENT_TYPE, type.toString());
            request.setHeader(HttpHeaders.CONTENT_LENGTH, body.length);
        }
        return request;
    }

    private static byte[] read(URI url, @Nullable HttpEntity entity, int maxBodyBytes) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = entity.getContent();
        byte[] buffer = new byte[8 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (read.size() + n > maxBodyBytes) {
                throw new IOException(url.getHost() + " answered with more than " + maxBodyBytes + " bytes");
            }
            read.write(buffer, 0, n);
        }
        return read.toByteArray();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(PlainHttp.class.getName())
                    .log(System.Logger.Level.DEBUG, "A socket did not close in good order", e);
        }
    }
}
