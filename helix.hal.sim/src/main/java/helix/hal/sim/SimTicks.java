package helix.hal.sim;

import helix.api.hal.TickHandler;
import helix.api.hal.TickSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One series of ticks. Delivered by whoever moves the clock, one mover at a time; closed by anybody.
 *
 * <p>A delivery takes its tick and {@link #close} ends the series for ever, both under the series' own lock, which is
 * not held during the call. So at most the call whose tick was taken before is still under way when {@code close}
 * returns, and a handler may close its own series.
 */
final class SimTicks implements TickSource.Ticks {

    private static final Logger LOG = LoggerFactory.getLogger(SimTicks.class);

    private final Object lock = new Object();
    private final long periodNs;
    private final TickHandler handler;
    private final Consumer<SimTicks> whenClosed;
    private long dueNs;
    private long faults;
    private boolean closed;

    SimTicks(long periodNs, long firstNs, TickHandler handler, Consumer<SimTicks> whenClosed) {
        this.periodNs = periodNs;
        this.dueNs = firstNs;
        this.handler = handler;
        this.whenClosed = whenClosed;
    }

    /** When the next tick is to be delivered. */
    long dueNs() {
        synchronized (lock) {
            return dueNs;
        }
    }

    /** Delivers the tick that is due, unless the series is closed. */
    void deliver() {
        long tickNs;
        synchronized (lock) {
            if (closed) {
                return;
            }
            tickNs = dueNs;
            dueNs += periodNs;
        }
        try {
            handler.tick(tickNs);
        } catch (RuntimeException | Error e) {
            if (countFault() == 1) {
                LOG.error("The tick handler {} failed; further failures of this series are counted", handler, e);
            }
        }
    }

    private long countFault() {
        synchronized (lock) {
            return ++faults;
        }
    }

    /** Deliveries that threw. */
    long faults() {
        synchronized (lock) {
            return faults;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        whenClosed.accept(this);
    }
}
