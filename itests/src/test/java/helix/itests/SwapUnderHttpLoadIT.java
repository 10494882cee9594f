package helix.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import helix.api.slot.StateOutcome;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapReport;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.ServiceReference;

/** The main job: an HTTP server whose scheduler is swapped twenty times under load, and no request notices. */
public class SwapUnderHttpLoadIT extends OnDistribution {

    private static final int CLIENTS = 32;
    private static final int REQUESTS = 10_000;
    private static final int SWAPS = 20;

    private final AtomicInteger sequence = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicBoolean swapsDone = new AtomicBoolean();

    @Override
    protected Option[] more(Path home) {
        return new Option[] {
            shipped(home.resolve("examples"), 80, "helix.example.http"),
            CoreOptions.frameworkProperty("helix.example.http.port").value("0")
        };
    }

    @Test
    public void shouldAnswerEveryRequestRightWhileTheSchedulerIsSwappedTwentyTimes() throws Exception {
        int port = port();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<List<String>>> wrong = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            wrong.add(clients.submit(() -> requestUntilDone(port)));
        }
        List<SwapReport> reports = new ArrayList<>();
        for (int i = 0; i < SWAPS; i++) {
            awaitAnswers((long) (i + 1) * REQUESTS / (SWAPS + 2));
            reports.add(swapAtLast(i % 2 == 0 ? "priority" : "roundrobin"));
        }
        swapsDone.set(true);
        List<String> failures = new ArrayList<>();
        for (Future<List<String>> client : wrong) {
            failures.addAll(client.get(2 * PATIENCE_S, TimeUnit.SECONDS));
        }
        clients.shutdown();

        assertEquals(List.of(), failures);
        assertTrue("answered " + answered, answered.get() >= REQUESTS);
        assertEquals(sequence.get(), answered.get());
        for (SwapReport report : reports) {
            assertEquals(report.toString(), SwapOutcome.SWAPPED, report.outcome());
            assertEquals(report.toString(), StateOutcome.BY_REFERENCE, report.state());
            assertTrue("queued in " + report, report.carried().get("ready") > 0);
            assertTrue("in flight in " + report, report.carried().get("running") > 0);
        }
    }

    @Test
    public void shouldAnswerOthersWhileTwoClientsNeverFinishSending() throws Exception {
        int port = port();
        try (Socket one = halfARequest(port);
                Socket two = halfARequest(port)) {
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < 20; i++) {
                HttpResponse<String> response = client.send(echo(port, i), HttpResponse.BodyHandlers.ofString());
                assertEquals(200, response.statusCode());
            }
            assertTrue(one.isConnected() && two.isConnected());
        }
    }

    private static Socket halfARequest(int port) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream();
        out.write("GET /echo?n=1 HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    /** Requests one after the other over a connection kept alive; returns what went wrong. */
    private List<String> requestUntilDone(int port) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<String> failures = new ArrayList<>();
        while (failures.size() < 3 && (answered.get() < REQUESTS || !swapsDone.get())) {
            int number = sequence.incrementAndGet();
            try {
                HttpResponse<String> response = client.send(work(port, number), HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200 && numberIn(response.body()) == number) {
                    answered.incrementAndGet();
                } else {
                    failures.add(number + ": " + response.statusCode() + " " + response.body());
                }
            } catch (Exception e) {
                failures.add(number + ": " + e);
            }
        }
        return failures;
    }

    private static int numberIn(String body) {
        return Integer.parseInt(body.trim().split("\\D+")[0]);
    }

    private static HttpRequest work(int port, int number) {
        return request(port, "/work?ms=1&n=" + number);
    }

    private static HttpRequest echo(int port, int number) {
        return request(port, "/echo?n=" + number);
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(PATIENCE_S))
                .build();
    }

    private void awaitAnswers(long count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (answered.get() < count) {
            assertTrue("only " + answered + " answers", System.nanoTime() < deadline);
            Thread.onSpinWait();
        }
    }

    private int port() throws Exception {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        String filter = "(helix.example.http.port=*)";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!port.isDone() && System.nanoTime() < deadline) {
            ServiceReference<?>[] found = context.getAllServiceReferences(null, filter);
            if (found != null) {
                port.complete((Integer) found[0].getProperty("helix.example.http.port"));
            }
            Thread.onSpinWait();
        }
        return port.getNow(-1);
    }
}
