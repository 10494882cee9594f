package helix.api.thread;

/** Why a CPU changed its thread. */
public enum SwitchReason {
    /** The thread offered its CPU. */
    YIELD,
    /** Its quantum was used up, or its CPU went offline. */
    PREEMPTION,
    /** It waits for something. */
    BLOCKED,
    /** It ended. */
    EXIT,
    /** A tick found it waiting or overrunning outside the kernel and took its CPU. */
    INTERRUPT,
    /** The CPU was idle. */
    NEW_THREAD
}
