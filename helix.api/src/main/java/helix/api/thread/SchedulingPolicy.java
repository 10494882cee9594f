package helix.api.thread;

/** How a thread wishes to be treated among threads of its priority. A {@code Scheduler} may refuse a policy. */
public enum SchedulingPolicy {
    /** Shares its level in turns, and ages. */
    NORMAL,
    /** Runs until it gives its CPU up; a tick does not end its turn. */
    FIFO,
    /** Shares its level in turns, and does not age. */
    ROUND_ROBIN,
    /** As NORMAL with long quanta. */
    BATCH,
    /** Runs when nothing else would. */
    IDLE,
    /** Promises a run time per period. No shipped scheduler admits it. */
    DEADLINE
}
