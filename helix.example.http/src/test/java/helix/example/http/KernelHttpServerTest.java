package helix.example.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.thread.KernelExecutor;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KernelHttpServerTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(4, body -> new Thread(body, "carrier"));
    private final AtomicInteger checkpoints = new AtomicInteger();
    private final AtomicLong clockNs = new AtomicLong();
    private final HttpClient client = HttpClient.newHttpClient();

    private Runnable atCheckpoint = () -> {};
    private KernelHttpServer server;

    @BeforeEach
    void open() throws IOException {
        Answers answers = new Answers(proxy(Threads.class), () -> clockNs.addAndGet(500_000));
        KernelExecutor executor = proxy(KernelExecutor.class);
        server = KernelHttpServer.open(0, executor.with(ThreadOptions.named("http")), answers);
    }

    @AfterEach
    void close() {
        server.close();
        pool.shutdownNow();
    }

    /** {@code Threads} and {@code KernelExecutor} of a kernel without scheduler. */
    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, words) -> switch (method.getName()) {
                    case "with" -> self;
                    case "current" -> Optional.of(new ThreadId(17));
                    case "checkpoint" -> {
                        checkpoints.incrementAndGet();
                        atCheckpoint.run();
                        yield null;
                    }
                    default -> {
                        try {
                            yield method.invoke(pool, words);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                }));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    @Test
    void shouldAnswerOnTheExecutorWithSequenceAndThread() throws Exception {
        assertThat(get("/hello").body()).isEqualTo("hello thread=carrier kernel=17\n");
        assertThat(get("/echo?n=42").body()).isEqualTo("42 thread=carrier kernel=17\n");
    }

    @Test
    void shouldComputeItsOwnTimeWithCheckpointsInBetween() throws Exception {
        assertThat(get("/work?ms=3&n=5").body())
                .startsWith("5 worked=3ms result=")
                .endsWith(" kernel=17\n");

        // the clock moves half a millisecond with every look at it, so each round takes that long
        assertThat(checkpoints).hasValue(6);
    }

    @Test
    void shouldRefuseBadInputWithReason() throws Exception {
        assertBad("/echo", "parameter 'n' is missing");
        assertBad("/echo?n=x", "parameter 'n' is 'x', not a number in 0..999999999999999999");
        assertBad("/echo?n=-1", "parameter 'n' is '-1', not a number");
        assertBad("/echo?n=1&n=2", "parameter 'n' is given twice");
        assertBad("/echo?m=1", "unknown parameter 'm', have [n]");
        assertBad("/echo?n", "'n' is no name=value");
        assertBad("/work?ms=1001&n=1", "parameter 'ms' is '1001', not a number in 0..1000");
        assertBad("/work?n=1", "parameter 'ms' is missing");
    }

    private void assertBad(String path, String reason) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(400);
        assertThat(response.body()).as(path).startsWith(reason);
    }

    @Test
    void shouldAnswerUnknownPathsWithNotFound() throws Exception {
        HttpResponse<String> response = get("/hello/you");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("no path '/hello/you', have [/echo, /hello, /work]\n");
    }

    @Test
    void shouldServeGetAndHeadOnly() throws Exception {
        HttpResponse<String> head = client.send(
                request("/hello")
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        HttpResponse<String> put = client.send(request("/hello").DELETE().build(), BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void shouldLimitAddressHeadersAndBody() throws Exception {
        assertThat(get("/hello?" + "x".repeat(Requests.MAX_URI)).statusCode()).isEqualTo(414);
        HttpRequest headers = request("/hello")
                .header("X-Long", "x".repeat(Requests.MAX_HEADERS))
                .build();
        assertThat(client.send(headers, BodyHandlers.ofString()).statusCode()).isEqualTo(431);
        HttpRequest body = request("/hello")
                .method("GET", HttpRequest.BodyPublishers.ofByteArray(new byte[Requests.MAX_BODY + 1]))
                .build();
        assertThat(client.send(body, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void shouldAnswerManyRequestsOnOneConnection() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int n = 0; n < 50; n++) {
                String question = "GET /echo?n=" + n + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
                socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
                assertThat(answer(in)).startsWith(n + " thread=");
            }
        }
    }

    private static String answer(BufferedReader in) throws IOException {
        List<String> headers = new ArrayList<>();
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            headers.add(line);
        }
        assertThat(headers.get(0)).contains("200");
        return in.readLine();
    }

    @Test
    void shouldFinishWhatIsUnderWayAndAcceptNothingMore() throws Exception {
        CountDownLatch working = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        atCheckpoint = () -> {
            working.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        CompletableFuture<HttpResponse<String>> under =
                client.sendAsync(request("/work?ms=1&n=9").build(), BodyHandlers.ofString());
        assertThat(working.await(10, SECONDS)).isTrue();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
        awaitRefusal();
        goOn.countDown();

        assertThat(under.get(10, SECONDS).body()).startsWith("9 worked=1ms");
        closing.get(10, SECONDS);
    }

    private void awaitRefusal() throws InterruptedException {
        boolean refused = false;
        long deadlineNs = System.nanoTime() + SECONDS.toNanos(4);
        while (!refused && System.nanoTime() < deadlineNs) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                assertThat(socket.isConnected()).isTrue();
                Thread.onSpinWait();
            } catch (IOException e) {
                refused = true;
            }
        }
        assertThat(refused)
                .as("connections are refused while requests under way end")
                .isTrue();
    }

    @Test
    void shouldCloseAtOnceWhenNothingIsUnderWay() throws Exception {
        get("/hello");
        long begunNs = System.nanoTime();

        server.close();

        assertThat(System.nanoTime() - begunNs).isLessThan(SECONDS.toNanos(4));
    }

    @Test
    void shouldNameThePortThatIsWrongOrTaken() {
        assertThatThrownBy(() -> KernelHttpServer.open(65_536, pool, null)).hasMessage("port 65536 is not in 0..65535");
        assertThatThrownBy(() -> KernelHttpServer.open(server.port(), pool, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(":" + server.port());
    }
}
