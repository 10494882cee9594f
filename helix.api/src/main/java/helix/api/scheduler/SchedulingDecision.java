package helix.api.scheduler;

import helix.api.thread.ThreadRef;

/**
 * What a CPU does next.
 *
 * @param thread who runs, {@code null} to idle
 * @param quantumNs how long it may run before it is preempted, nanoseconds; {@link #UNLIMITED} for no limit
 */
public record SchedulingDecision(ThreadRef thread, long quantumNs) {

    /** A quantum that never expires. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Nobody is ready for this CPU. */
    public static final SchedulingDecision IDLE = new SchedulingDecision(null, 0);

    public boolean isIdle() {
        return thread == null;
    }
}
