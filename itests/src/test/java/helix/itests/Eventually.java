package helix.itests;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Waits, with a limit, for what no latch announces. */
final class Eventually {

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(OnDistribution.PATIENCE_S);

    private Eventually() {}

    /** @throws AssertionError naming {@code what} when it has not come true in time */
    static void eventually(String what, BooleanSupplier condition) {
        long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new AssertionError("waited " + OnDistribution.PATIENCE_S + " s in vain: " + what);
            }
            Thread.onSpinWait();
        }
    }

    /** Computes, without a kernel entry, until {@code end} is set. */
    static void spinUntil(AtomicBoolean end) {
        while (!end.get()) {
            Thread.onSpinWait();
        }
    }
}
