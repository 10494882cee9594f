package helix.core.thread;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which threads the scheduler holds: a mark on each and their number. Changed only within the passage of the slot, so
 * both stand still, and agree, while its gate is closed and drained. Thread-safe.
 *
 * <p>A thread that dies in the queue is <em>abandoned</em>: it has no mark any more, whether the scheduler still has a
 * reference to it or not. A scheduler may return such a reference, or drop it and say nothing, so how many it
 * has is known only as an upper bound.
 */
final class Holdings {

    private final ThreadTable table;
    private final LongAdder count = new LongAdder();
    private final AtomicLong abandoned = new AtomicLong();

    Holdings(ThreadTable table) {
        this.table = table;
    }

    long count() {
        return count.sum();
    }

    void take(ControlBlock thread) {
        thread.setHeld();
        count.increment();
    }

    /** @return false when the scheduler did not hold it, or somebody else was faster */
    boolean release(ControlBlock thread) {
        boolean released = thread.takeHeld();
        if (released) {
            count.decrement();
            if (thread.stage() == Stage.DEAD) {
                table.retire(thread);
            }
        }
        return released;
    }

    /** A thread died in the queue, and the scheduler may still have it. No effect when it does not hold it. */
    void abandon(ControlBlock dead) {
        if (release(dead)) {
            abandoned.incrementAndGet();
        }
    }

    /** Abandons whoever died while the slot could not be entered. For a closed and drained gate. */
    void abandonDead() {
        for (ControlBlock thread : table.all()) {
            if (thread.stage() == Stage.DEAD) {
                abandon(thread);
            }
        }
    }

    /** The scheduler returned a dead thread. False when it must have done so before. */
    boolean discard() {
        return abandoned.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
