package helix.hal.jvm;

import helix.api.hal.TickHandler;
import helix.api.hal.TickSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One series of ticks and the daemon thread that delivers it.
 *
 * <p><b>Shape.</b> The thread parks until the next deadline, counted from the start and not from the last delivery, so
 * that delays do not add up. Deadlines that passed while it was late are dropped and counted.
 *
 * <p><b>Ordering.</b> Each delivery goes IDLE to DELIVERING and back by compare-and-set; {@link #close} overwrites
 * whatever is there with CLOSED, for ever. So a call that begins after {@code close} is impossible, even when
 * {@code close} does not wait for the one under way.
 *
 * <p><b>Progress.</b> {@code close} waits for a call under way, for one second at most, and not at all when it comes
 * from the handler itself.
 *
 * <p><b>Errors.</b> What the handler throws is counted; the first is logged with its stack, the sum at the end.
 */
final class JvmTicks implements TickSource.Ticks, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(JvmTicks.class);
    private static final long CLOSE_LIMIT_MS = 1_000;

    private static final int IDLE = 0;
    private static final int DELIVERING = 1;
    private static final int CLOSED = 2;

    private final long periodNs;
    private final TickHandler handler;
    private final Consumer<JvmTicks> whenClosed;
    private final Thread thread = new Thread(this, "helix-tick");
    private final AtomicInteger state = new AtomicInteger(IDLE);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();

    JvmTicks(long periodNs, TickHandler handler, Consumer<JvmTicks> whenClosed) {
        this.periodNs = periodNs;
        this.handler = handler;
        this.whenClosed = whenClosed;
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    @Override
    public void run() {
        long deadlineNs = System.nanoTime() + periodNs;
        while (state.get() != CLOSED) {
            long nowNs = System.nanoTime();
            if (nowNs - deadlineNs < 0) {
                LockSupport.parkNanos(this, deadlineNs - nowNs);
            } else if (deliver(nowNs)) {
                deadlineNs = nextDeadline(deadlineNs, System.nanoTime());
            }
            forgetInterrupt();
        }
    }

    /** A pending interrupt, left behind by a handler, would turn parking into spinning. */
    private static void forgetInterrupt() {
        if (Thread.interrupted()) {
            LOG.debug("The tick thread was interrupted; only closing its series ends it");
        }
    }

    private boolean deliver(long nowNs) {
        if (!state.compareAndSet(IDLE, DELIVERING)) {
            return false;
        }
        try {
            handler.tick(nowNs);
        } catch (RuntimeException | Error e) {
            if (faults.incrementAndGet() == 1) {
                LOG.error("The tick handler {} failed; further failures of this series are counted", handler, e);
            }
        }
        return state.compareAndSet(DELIVERING, IDLE);
    }

    private long nextDeadline(long deadlineNs, long nowNs) {
        long missed = Math.max(0, (nowNs - deadlineNs) / periodNs);
        dropped.addAndGet(missed);
        return deadlineNs + (missed + 1) * periodNs;
    }

    @Override
    public void close() {
        boolean first = state.getAndSet(CLOSED) != CLOSED;
        LockSupport.unpark(thread);
        if (Thread.currentThread() != thread) {
            await();
        }
        if (first) {
            whenClosed.accept(this);
            if (faults.get() > 0) {
                LOG.warn("The tick handler {} failed {} times", handler, faults.get());
            }
        }
    }

    private void await() {
        try {
            thread.join(CLOSE_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "The tick handler {} has not returned within {} s",
                    handler,
                    TimeUnit.MILLISECONDS.toSeconds(CLOSE_LIMIT_MS));
        }
    }

    /** Ticks that could not be delivered in time. */
    long dropped() {
        return dropped.get();
    }

    /** Deliveries that threw. */
    long faults() {
        return faults.get();
    }
}
