package helix.core.gate;

import helix.api.kernel.ErrorCode;
import helix.api.slot.SlotUnavailableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a closed gate shows to callers in place of the occupant. Used once: after it was {@link #release}d its callers
 * look at the gate again and it stays closed for ever, so one that fetched it late cannot slip through to a module that
 * was replaced meanwhile.
 *
 * <p>Thread-safe. Waiting callers spin briefly, since most closings last microseconds, and park then.
 */
public final class Forwarder {

    /** No limit to the wait: the one who closed the gate is bound to open it. */
    static final long UNTIL_RELEASED = Long.MAX_VALUE;

    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 1_000 : 0;

    private final Object old;
    private final long deadlineNs;
    private final WaitRule rule;
    private final CountDownLatch released = new CountDownLatch(1);

    private Forwarder(Object old, long deadlineNs, WaitRule rule) {
        this.old = old;
        this.deadlineNs = deadlineNs;
        this.rule = rule;
    }

    /** Closed for as long as a swap needs; nested calls go on to {@code old}, which may be {@code null}. */
    static Forwarder closing(Object old, WaitRule rule) {
        return new Forwarder(old, UNTIL_RELEASED, rule);
    }

    /** Nothing serves; callers wait until {@code deadlineNs} of {@link System#nanoTime} for that to change. */
    static Forwarder holding(long deadlineNs, WaitRule rule) {
        return new Forwarder(null, deadlineNs, rule);
    }

    /** Who serves calls made from within a call. */
    Object old() {
        return old;
    }

    /** Lets everybody look at the gate again. */
    void release() {
        released.countDown();
    }

    /**
     * Waits until released.
     *
     * @throws SlotUnavailableException SLOT_EMPTY when the deadline passed or the caller must not wait for a successor,
     *     or was interrupted in that wait (its flag is kept); BUSY when the caller must not wait for the swap
     */
    void await() {
        if (deadlineNs == UNTIL_RELEASED) {
            awaitRelease();
        } else {
            awaitSuccessor();
        }
    }

    private void awaitRelease() {
        if (spin()) {
            return;
        }
        String refusal = rule.refusesWait();
        if (refusal != null) {
            throw new SlotUnavailableException(ErrorCode.BUSY, refusal);
        }
        boolean interrupted = false;
        for (boolean done = false; !done; ) {
            try {
                released.await();
                done = true;
            } catch (InterruptedException e) {
                // a swap ends soon by itself; a call is not failed because of one
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitSuccessor() {
        String refusal = rule.refusesHold();
        if (refusal != null) {
            throw new SlotUnavailableException(ErrorCode.SLOT_EMPTY, refusal);
        }
        try {
            if (!released.await(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new SlotUnavailableException(ErrorCode.SLOT_EMPTY, rule.emptyMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SlotUnavailableException(
                    ErrorCode.SLOT_EMPTY, rule.emptyMessage() + "; the wait for a successor was interrupted");
        }
    }

    private boolean spin() {
        for (int i = 0; i < SPINS; i++) {
            if (released.getCount() == 0) {
                return true;
            }
            Thread.onSpinWait();
        }
        return released.getCount() == 0;
    }
}
