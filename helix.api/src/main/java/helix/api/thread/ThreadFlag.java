package helix.api.thread;

/** Marks of a kernel thread; the ordinal is the bit. */
public enum ThreadFlag {
    /** Belongs to the kernel. */
    KERNEL,
    /** Runs when a CPU has nothing else. */
    IDLE,
    /** The first thread. */
    INIT,
    /** Uses floating point. */
    FPU,
    /** Its switches are reported to somebody. */
    TRACED,
    /** Ends at its next kernel entry. */
    KILL_PENDING,
    /** Runs a signal handler. */
    IN_SIGNAL,
    /** Stays on the CPU it is on. */
    NO_MIGRATE
}
