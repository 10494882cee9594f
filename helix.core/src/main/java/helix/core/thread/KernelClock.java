package helix.core.thread;

import java.util.function.LongSupplier;

/**
 * The kernel's clock. It goes on from where it is when its source changes, whatever that source's origin. Thread-safe.
 */
final class KernelClock implements LongSupplier {

    private record Source(LongSupplier clock, long offsetNs) {
        long nowNs() {
            return clock.getAsLong() + offsetNs;
        }
    }

    private volatile Source source;

    KernelClock(LongSupplier first) {
        source = new Source(first, 0);
    }

    @Override
    public long getAsLong() {
        return source.nowNs();
    }

    synchronized void follow(LongSupplier clock) {
        source = new Source(clock, source.nowNs() - clock.getAsLong());
    }
}
