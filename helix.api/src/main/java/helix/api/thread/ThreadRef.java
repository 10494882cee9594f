package helix.api.thread;

import helix.api.kernel.CpuSet;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A kernel thread as a scheduler sees it. The kernel makes it and keeps it for the thread's whole life, so schedulers
 * hand whole queues of these to each other by reference.
 *
 * <p>Equality is identity. All methods may be called from any thread; priority, policy and affinity may change while
 * the thread is queued, and are then re-read at its next turn.
 */
@ProviderType
public interface ThreadRef {

    ThreadId id();

    String name();

    Priority priority();

    SchedulingPolicy policy();

    /** The CPUs the thread may be picked for. */
    CpuSet affinity();

    /**
     * When the thread became ready last, as a number that grows by one for each thread that becomes ready anywhere.
     * The arrival order of any set of ready threads is the order of these.
     */
    long readyOrder();

    /** When the thread became ready last, in the kernel's nanoseconds. */
    long readySinceNs();

    /** CPU time used so far: wall time spent on a CPU, in nanoseconds, up to its last switch. */
    long ranNs();

    /** False once the thread has ended; such a reference is worth nothing to a scheduler. */
    boolean isAlive();
}
