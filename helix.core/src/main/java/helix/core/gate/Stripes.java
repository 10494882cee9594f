package helix.core.gate;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts calls of virtual threads in and out of one slot, in stripes so that they do not meet on one cache line.
 *
 * <p><b>Ordering.</b> Both counters only grow. {@link #inside} sums the exits before the enters: when the sums are
 * equal, there was a moment between the two at which nobody was inside. This is the two-counter scheme of Linux' SRCU
 * (McKenney, <i>Sleepable RCU</i>, 2006) without its phases, which a gate that closes has no need of.
 */
final class Stripes {

    private static final int COUNT = 64;
    /** Longs per stripe: two cache lines, since lines are fetched in pairs. */
    private static final int STRIDE = 16;

    private final AtomicLongArray enters = new AtomicLongArray(COUNT * STRIDE);
    private final AtomicLongArray exits = new AtomicLongArray(COUNT * STRIDE);

    int stripeOf(Thread thread) {
        return (System.identityHashCode(thread) & COUNT - 1) * STRIDE;
    }

    void enter(int stripe) {
        enters.getAndIncrement(stripe);
    }

    void exit(int stripe) {
        exits.getAndIncrement(stripe);
    }

    /** Calls inside, at most; 0 means that there was a moment without any. */
    int inside() {
        long left = sum(exits);
        return (int) (sum(enters) - left);
    }

    private static long sum(AtomicLongArray counters) {
        long sum = 0;
        for (int i = 0; i < COUNT * STRIDE; i += STRIDE) {
            sum += counters.get(i);
        }
        return sum;
    }
}
