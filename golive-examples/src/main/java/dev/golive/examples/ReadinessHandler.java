package dev.golive.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.golive.Readiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Answers a load balancer's readiness probe with the JDK's own HTTP server: 200 while the service may take traffic, 503
 * otherwise. Reading never runs a check, so the answer takes no time and cannot hang.
 *
 * <p>Meant for readiness only. A liveness probe asks whether the process itself is broken beyond repair; what it depends
 * on has no place there.
 */
public final class ReadinessHandler implements HttpHandler {

    private final Readiness readiness;

    /**
     * A handler.
     *
     * @param readiness what is run in the background; stays the caller's to close
     */
    public ReadinessHandler(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            boolean whole = "report".equals(exchange.getRequestURI().getQuery());
            byte[] body = (whole ? readiness.last().forSharing().toJson() : readiness + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", whole ? "application/json" : "text/plain; charset=utf-8");
            // an answer from a cache says nothing about now
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            boolean head = method.equals("HEAD");
            exchange.sendResponseHeaders(readiness.isReady() ? 200 : 503, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
