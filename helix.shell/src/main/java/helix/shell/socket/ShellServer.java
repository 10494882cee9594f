package helix.shell.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.felix.service.command.CommandProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves Gogo command texts to local clients of the same user, over a Unix domain socket. Thread-safe.
 *
 * <p><b>Progress.</b> One thread accepts; each client has two threads of its own, so a slow client or command holds up
 * nobody else. At most {@link #MAX_CONNECTIONS} clients are served at a time; the next is told so and sent away.
 */
public final class ShellServer implements Closeable {

    static final int MAX_CONNECTIONS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ShellServer.class);

    private final CommandProcessor processor;
    private final RunDirectory directory;
    private final Path socket;
    private final ServerSocketChannel server;
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong number = new AtomicLong();
    private final Duration grace;

    private ShellServer(CommandProcessor processor, RunDirectory directory, Path socket, Duration grace)
            throws IOException {
        this.processor = processor;
        this.directory = directory;
        this.socket = socket;
        this.grace = grace;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /**
     * Opens the socket and then publishes its address in {@code <data>/run/shell.address}.
     *
     * @param grace how long {@link #close} waits for answers on their way
     * @throws IOException when the folder cannot be closed to others or the socket cannot be bound
     */
    public static ShellServer open(CommandProcessor processor, Path data, Duration grace) throws IOException {
        RunDirectory directory = RunDirectory.open(data);
        ShellServer shell = new ShellServer(processor, directory, directory.newSocket(), grace);
        try {
            shell.server.bind(UnixDomainSocketAddress.of(shell.socket));
            shell.start("helix-shell-accept", shell::accept);
            directory.publish(shell.socket);
        } catch (IOException e) {
            shell.server.close();
            throw e;
        }
        LOG.debug("The local socket is {}", shell.socket);
        return shell;
    }

    private void start(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                try {
                    welcome(client);
                } catch (OutOfMemoryError e) {
                    // no thread or memory for this client; there may be for the next
                    LOG.error("A client of the local socket cannot be served", e);
                    client.close();
                }
            }
        } catch (ClosedChannelException e) {
            LOG.debug("The local socket is closed");
        } catch (IOException e) {
            LOG.error("The local socket accepts no more clients", e);
        }
    }

    private void welcome(SocketChannel client) throws IOException {
        FrameChannel channel = new FrameChannel(client);
        if (!places.tryAcquire()) {
            sendAway(channel, "all " + MAX_CONNECTIONS + " connections are in use");
            return;
        }
        try {
            serve(new Connection(processor, channel, "helix-shell-" + number.incrementAndGet()));
        } catch (OutOfMemoryError e) {
            places.release();
            throw e;
        } catch (IllegalStateException e) {
            places.release();
            sendAway(channel, "the shell is stopping");
        }
    }

    private static void sendAway(FrameChannel channel, String why) throws IOException {
        try {
            Refusal.send(channel, why);
        } catch (IOException e) {
            LOG.debug("A client was gone before it was sent away: {}", e.getMessage());
        } finally {
            channel.close();
        }
    }

    private void serve(Connection connection) {
        connections.add(connection);
        try {
            start(connection.name(), () -> {
                try {
                    connection.serve();
                } finally {
                    connections.remove(connection);
                    places.release();
                }
            });
        } catch (OutOfMemoryError e) {
            connections.remove(connection);
            throw e;
        }
    }

    /** Takes no more clients, lets answers on their way be sent for a moment, and ends all connections. */
    @Override
    public void close() throws IOException {
        server.close();
        directory.withdraw(socket);
        long deadlineNs = System.nanoTime() + grace.toNanos();
        try {
            for (Connection connection : connections) {
                connection.drain(deadlineNs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.forEach(Connection::close);
        }
    }
}
