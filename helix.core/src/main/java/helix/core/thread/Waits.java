package helix.core.thread;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What a kernel thread does to itself: give way, wait, sleep, wait outside. On the calling carrier. */
final class Waits {

    private final ContextSwitcher switcher;
    private final Sleepers sleepers;
    private final KernelEntry entry;
    private final LongSupplier clock;

    Waits(ContextSwitcher switcher, Sleepers sleepers, KernelEntry entry, LongSupplier clock) {
        this.switcher = switcher;
        this.sleepers = sleepers;
        this.entry = entry;
        this.clock = clock;
    }

    /** The calling kernel thread's carrier; {@code null} for any other Java thread. */
    Carrier current() {
        return Carrier.current(entry);
    }

    void yield(Carrier self) {
        self.enter();
        try {
            if (!self.isNested()) {
                switcher.requeue(self, SwitchReason.YIELD);
            }
        } finally {
            self.exit();
        }
    }

    /** @throws KernelException INVALID_STATE inside another kernel call */
    void block(Carrier self, BlockReason reason) {
        self.enter();
        try {
            refuseNested(self, "block");
            if (!self.thread().takePermit() && !self.isInterrupted()) {
                switcher.suspend(self, Stage.BLOCKED, reason, Long.MAX_VALUE);
            }
        } finally {
            self.exit();
        }
    }

    void sleep(Carrier self, Duration duration) throws InterruptedException {
        long now = clock.getAsLong();
        long due = duration.isNegative() ? now : saturatedSum(now, saturatedNs(duration));
        if (due <= now) {
            this.yield(self);
        } else if (!self.isInterrupted()) {
            sleepUntil(self, due);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("thread '" + self.thread().name() + "' was interrupted in its sleep");
        }
    }

    private void sleepUntil(Carrier self, long dueNs) {
        self.enter();
        try {
            refuseNested(self, "sleep");
            Sleepers.Nap nap = new Sleepers.Nap(dueNs, self.thread());
            boolean early;
            do {
                sleepers.add(nap);
                switcher.suspend(self, Stage.SLEEPING, BlockReason.TIMER, dueNs);
                // the end of an earlier sleep may come late and hit this one
                early = self.thread().wakeCause() == WakeCause.DUE && clock.getAsLong() < dueNs;
            } while (early);
            sleepers.remove(nap);
        } finally {
            self.exit();
        }
    }

    private static long saturatedNs(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }

    private static long saturatedSum(long now, long ns) {
        long sum = now + ns;
        return ns > 0 && sum < now ? Long.MAX_VALUE : sum;
    }

    /** Runs {@code body} without a CPU when called by a kernel thread outside the kernel, else just runs it. */
    <V> V blocking(Callable<V> body) throws Exception {
        Carrier self = current();
        if (self == null || self.isInKernel()) {
            return body.call();
        }
        checkpoint(self);
        self.enter();
        switcher.detach(self);
        try {
            return body.call();
        } finally {
            checkpoint(self);
        }
    }

    private static void checkpoint(Carrier self) {
        self.enter();
        self.exit();
    }

    /** Waits for {@code latch}; a kernel thread gives its CPU up meanwhile, if it has to wait at all. */
    boolean await(CountDownLatch latch, Duration limit) throws InterruptedException {
        if (latch.getCount() == 0) {
            return true;
        }
        try {
            return blocking(() -> latch.await(saturatedNs(limit), TimeUnit.NANOSECONDS));
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new KernelException(ErrorCode.INTERNAL, "a wait failed", e);
        }
    }

    private static void refuseNested(Carrier self, String what) {
        if (self.isNested()) {
            throw new KernelException(
                    ErrorCode.INVALID_STATE,
                    "thread '" + self.thread().name() + "' cannot " + what + " inside another kernel call");
        }
    }
}
