package helix.example.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns requests into answers, within limits. Thread-safe. */
final class Requests implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

    static final int MAX_URI = 2_048;
    static final int MAX_BODY = 64 * 1024;
    static final int MAX_HEADERS = 16 * 1024;

    private final Answers answers;
    private final AtomicInteger inFlight = new AtomicInteger();

    Requests(Answers answers) {
        this.answers = answers;
    }

    /** How many requests are being answered. */
    int inFlight() {
        return inFlight.get();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        inFlight.incrementAndGet();
        try (exchange) {
            answer(exchange);
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            check(exchange);
            send(exchange, 200, answers.to(exchange.getRequestURI()));
        } catch (BadRequestException e) {
            if (e.status() == 413) {
                // the rest of the body is not read, so nothing else can be read on this connection
                exchange.getResponseHeaders().set("Connection", "close");
            }
            send(exchange, e.status(), e.getMessage() + "\n");
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            send(exchange, 500, "failed: " + e + "\n");
        }
    }

    private static void check(HttpExchange exchange) throws IOException, BadRequestException {
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            throw new BadRequestException(
                    405, "method '" + exchange.getRequestMethod() + "' is not served, have [GET, HEAD]");
        }
        if (exchange.getRequestURI().toString().length() > MAX_URI) {
            throw new BadRequestException(414, "the address is longer than " + MAX_URI + " characters");
        }
        int headers = exchange.getRequestHeaders().entrySet().stream()
                .mapToInt(header -> header.getKey().length()
                        + header.getValue().stream().mapToInt(String::length).sum())
                .sum();
        if (headers > MAX_HEADERS) {
            throw new BadRequestException(431, "the headers are longer than " + MAX_HEADERS + " characters");
        }
        skipBody(exchange.getRequestBody());
    }

    private static void skipBody(InputStream body) throws IOException, BadRequestException {
        if (body.readNBytes(MAX_BODY + 1).length > MAX_BODY) {
            throw new BadRequestException(413, "the body is longer than " + MAX_BODY + " bytes");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
