package helix.hal.sim;

import helix.api.hal.TickHandler;
import helix.api.hal.TickSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * A clock that stands still until somebody moves it. Moving it delivers every tick that falls due on the way, in order
 * of time, on the caller's thread; when the call returns, all of them have been handled.
 *
 * <p>Its ranking is above that of every real source. Code in other bundles, which cannot see this class, drives it
 * through the service {@link LongConsumer} with the property {@code helix.hal.sim=advance-ns}: {@code accept(n)} moves
 * the clock by n nanoseconds.
 *
 * <p>Thread-safe: movers take turns. A handler must not move the clock, but may start and close series.
 */
@Component(
        service = {TickSource.class, LongConsumer.class},
        property = {"helix.hal.sim=advance-ns", "service.ranking:Integer=1000"})
public final class SimTickSource implements TickSource, LongConsumer {

    private final AtomicLong nowNs = new AtomicLong();
    private final List<SimTicks> running = new CopyOnWriteArrayList<>();

    /** Held while the clock moves. Handlers run under it: that is what makes them run one at a time. */
    private final ReentrantLock moving = new ReentrantLock();

    @Activate
    public SimTickSource() {}

    @Override
    public long nowNs() {
        return nowNs.get();
    }

    @Override
    public Ticks start(long periodNs, TickHandler handler) {
        if (periodNs <= 0) {
            throw new IllegalArgumentException("tick period " + periodNs + " ns is not above 0");
        }
        Objects.requireNonNull(handler, "handler");
        SimTicks ticks = new SimTicks(periodNs, nowNs.get() + periodNs, handler, running::remove);
        running.add(ticks);
        return ticks;
    }

    /**
     * Moves the clock by {@code step}.
     *
     * @throws IllegalArgumentException when the step is negative
     * @throws IllegalStateException when a handler asks for it
     */
    public void advance(Duration step) {
        accept(step.toNanos());
    }

    /** Moves the clock by {@code stepNs} nanoseconds; otherwise as {@link #advance}. */
    @Override
    public void accept(long stepNs) {
        if (stepNs < 0) {
            throw new IllegalArgumentException("time does not go back, step " + stepNs + " ns");
        }
        exclusively(() -> {
            long endNs = nowNs.get() + stepNs;
            for (Optional<SimTicks> due = nextUntil(endNs); due.isPresent(); due = nextUntil(endNs)) {
                deliver(due.get());
            }
            nowNs.set(endNs);
        });
    }

    /**
     * Moves the clock to each of the next {@code count} ticks, of whichever series; stops early when nothing ticks.
     *
     * @return how many ticks were delivered
     * @throws IllegalStateException when a handler asks for it
     */
    public int advanceTicks(int count) {
        AtomicLong delivered = new AtomicLong();
        exclusively(() -> {
            for (Optional<SimTicks> due = nextUntil(Long.MAX_VALUE);
                    due.isPresent() && delivered.get() < count;
                    due = nextUntil(Long.MAX_VALUE)) {
                deliver(due.get());
                delivered.incrementAndGet();
            }
        });
        return delivered.intValue();
    }

    private void exclusively(Runnable move) {
        if (moving.isHeldByCurrentThread()) {
            throw new IllegalStateException("a tick handler must not move the clock that calls it");
        }
        moving.lock();
        try {
            move.run();
        } finally {
            moving.unlock();
        }
    }

    private Optional<SimTicks> nextUntil(long endNs) {
        return running.stream().filter(ticks -> ticks.dueNs() <= endNs).min(Comparator.comparingLong(SimTicks::dueNs));
    }

    private void deliver(SimTicks ticks) {
        nowNs.set(ticks.dueNs());
        ticks.deliver();
    }
}
