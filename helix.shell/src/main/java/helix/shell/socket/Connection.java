package helix.shell.socket;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.service.command.CommandProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. One thread reads requests and so learns at once that the client left; another runs them in order.
 *
 * <p><b>Progress.</b> A client may send up to {@link #AHEAD} texts before it reads answers; then it is read no further
 * until one is answered. A client that leaves has its running command interrupted and its session closed.
 */
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** Texts that may wait. */
    private static final int AHEAD = 16;

    private final FrameChannel channel;
    private final Session session;
    private final BlockingQueue<byte[]> texts = new ArrayBlockingQueue<>(AHEAD);
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Thread runner;
    private final String name;

    Connection(CommandProcessor processor, FrameChannel channel, String name) throws IOException {
        this.channel = channel;
        this.name = name;
        this.session = new Session(processor, channel);
        this.runner = new Thread(this::runTexts, name + "-run");
        runner.setDaemon(true);
    }

    String name() {
        return name;
    }

    /** Serves until the client leaves or breaks the protocol; called once, by the reading thread. */
    void serve() {
        try {
            // inside, since no thread may be had: the client is to learn that it is not served
            runner.start();
            readTexts();
        } catch (IOException e) {
            LOG.debug("A client of the local socket is gone: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private void readTexts() throws IOException, InterruptedException {
        try {
            Optional<byte[]> text = channel.read();
            while (text.isPresent()) {
                unanswered.incrementAndGet();
                texts.put(text.get());
                text = channel.read();
            }
        } catch (FrameException e) {
            Refusal.send(channel, e.getMessage());
            throw e;
        }
    }

    private void runTexts() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                session.run(texts.take());
                answered();
            }
        } catch (IOException e) {
            LOG.debug("A client of the local socket does not take its answer: {}", e.getMessage());
        } catch (InterruptedException e) {
            LOG.trace("A client left", e);
        } finally {
            close();
        }
    }

    private void answered() {
        synchronized (unanswered) {
            unanswered.decrementAndGet();
            unanswered.notifyAll();
        }
    }

    /** Waits until every request is answered, at most until {@code deadlineNs} of {@link System#nanoTime}. */
    void drain(long deadlineNs) throws InterruptedException {
        synchronized (unanswered) {
            long left = deadlineNs - System.nanoTime();
            while (unanswered.get() > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(unanswered, left);
                left = deadlineNs - System.nanoTime();
            }
        }
    }

    /** Ends the connection and what runs in it; may be called twice. */
    void close() {
        try {
            channel.close();
            session.close();
        } catch (IOException e) {
            LOG.debug("A connection of the local socket did not close well", e);
        } finally {
            runner.interrupt();
        }
    }
}
