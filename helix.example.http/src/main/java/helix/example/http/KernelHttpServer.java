package helix.example.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** The HTTP server of the JDK on the loopback address, with every request on a given executor. Thread-safe. */
final class KernelHttpServer implements AutoCloseable {

    /** How long requests under way may take when the server closes, in seconds. */
    private static final int GRACE_S = 5;

    private static final int MAX_PORT = 65_535;
    private static final int SYSTEM_BACKLOG = 0;

    private final HttpServer server;
    private final Requests requests;

    private KernelHttpServer(HttpServer server, Requests requests) {
        this.server = server;
        this.requests = requests;
    }

    /**
     * Binds and starts.
     *
     * @param port 0 for any free one
     * @throws IOException when the port is taken
     * @throws IllegalArgumentException when the port is no port
     */
    static KernelHttpServer open(int port, Executor executor, Answers answers) throws IOException {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not in 0.." + MAX_PORT);
        }
        tuneJdk();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Requests requests = new Requests(answers);
        HttpServer server = create(address);
        server.createContext("/", requests);
        server.setExecutor(executor);
        server.start();
        return new KernelHttpServer(server, requests);
    }

    private static HttpServer create(InetSocketAddress address) throws IOException {
        try {
            return HttpServer.create(address, SYSTEM_BACKLOG);
        } catch (IOException e) {
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        }
    }

    /**
     * The JDK reads these once, when its server is used first. Without the first, Nagle's algorithm and delayed
     * acknowledgements hold answers on kept connections for 40 ms; without the second, a client that sends half a
     * request keeps its thread for ever. What an operator has set stays.
     */
    private static void tuneJdk() {
        setUnlessSet("sun.net.httpserver.nodelay", "true");
        setUnlessSet("sun.net.httpserver.maxReqTime", "10");
    }

    private static void setUnlessSet(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Accepts nothing more, lets requests under way end for a while, closes all connections. */
    @Override
    public void close() {
        // with nothing under way the JDK would wait in vain for the last request to end
        server.stop(requests.inFlight() == 0 ? 0 : GRACE_S);
    }
}
