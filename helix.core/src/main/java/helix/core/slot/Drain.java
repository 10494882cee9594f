package helix.core.slot;

import helix.core.gate.Gate;
import helix.core.gate.GracePeriod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Closes the gate of a slot and waits for calls to leave, in windows so short that no caller is held for the sake of a
 * slow one: a window that was not enough ends by letting everybody through to the old occupant again.
 */
final class Drain {

    private static final long FIRST_BACK_OFF_NS = 50_000;
    private static final long LONGEST_BACK_OFF_NS = 5_000_000;

    /** Longer than the usual close budget, so that only a departure or a replacement ever parks with the gate closed. */
    private static final long LONGEST_SPIN_NS = 100_000;

    private final Gate gate;
    private final SwapRecord record;

    Drain(Gate gate, SwapRecord record) {
        this.gate = gate;
        this.record = record;
    }

    /**
     * Tries until the gate is closed and drained.
     *
     * @param old who serves meanwhile
     * @return true with the gate closed, false with it open to {@code old} again
     */
    boolean close(Object old, Duration budget, Duration timeout) {
        long endNs = System.nanoTime() + timeout.toNanos();
        long backOffNs = FIRST_BACK_OFF_NS;
        while (true) {
            gate.close(old);
            record.closed(gate.callsInFlight());
            if (awaitEmpty(System.nanoTime() + budget.toNanos())) {
                return true;
            }
            gate.open(old);
            if (System.nanoTime() - endNs > 0) {
                return false;
            }
            LockSupport.parkNanos(backOffNs);
            backOffNs = Math.min(2 * backOffNs, LONGEST_BACK_OFF_NS);
        }
    }

    /** Closes the gate in one try and leaves it closed. Returns whether it was drained. */
    boolean closeForGood(Object old, Duration timeout) {
        gate.close(old);
        record.closed(gate.callsInFlight());
        return awaitEmpty(System.nanoTime() + timeout.toNanos());
    }

    /** Waits, with the gate open to a successor, until the calls of before have left. Returns whether they have. */
    boolean awaitLeft(Duration timeout) {
        GracePeriod grace = gate.graceBegins();
        long endNs = System.nanoTime() + timeout.toNanos();
        while (!grace.isOver()) {
            if (System.nanoTime() - endNs > 0) {
                return false;
            }
            LockSupport.parkNanos(FIRST_BACK_OFF_NS);
        }
        return true;
    }

    /** Spins for as long as a close budget usually is, and then leaves the processor to those it waits for. */
    private boolean awaitEmpty(long untilNs) {
        long spinUntilNs = System.nanoTime() + LONGEST_SPIN_NS;
        while (!gate.isDrained()) {
            long now = System.nanoTime();
            if (now - untilNs > 0) {
                return false;
            }
            if (now - spinUntilNs > 0) {
                // the call that is inside may need this processor to leave
                LockSupport.parkNanos(FIRST_BACK_OFF_NS);
            } else {
                Thread.onSpinWait();
            }
        }
        return true;
    }

    /** Where the calls inside are now. */
    List<String> stacks() {
        List<String> lines = new ArrayList<>();
        for (Thread thread : gate.threadsInside()) {
            lines.add("thread " + thread.getName());
            Arrays.stream(thread.getStackTrace()).map(Object::toString).forEach(lines::add);
        }
        if (lines.isEmpty() && gate.callsInFlight() > 0) {
            lines.add(gate.callsInFlight() + " calls of virtual threads, whose stacks cannot be told");
        }
        return lines;
    }
}
