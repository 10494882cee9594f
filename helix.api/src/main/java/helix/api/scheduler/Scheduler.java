package helix.api.scheduler;

import helix.api.kernel.CpuId;
import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A scheduling policy. It decides which ready thread a CPU runs next; the kernel switches.
 *
 * <p><b>Where a thread is.</b> A thread given to the policy by {@link #add}, {@link #wake} or {@link #yield} is ready
 * and in exactly one place until {@link #pickNext} returns it or {@link #remove} takes it out. A policy that still holds
 * a thread that has ended may return it: the kernel throws it away and asks again.
 *
 * <p><b>Threads.</b> {@code add}, {@code wake}, {@code remove}, {@code admit} and {@code stats} come from any thread at
 * any time. {@code pickNext}, {@code yield}, {@code block} and {@code tick} are never called concurrently for one CPU,
 * but are for different ones. {@code cpuOnline} and {@code cpuOffline} are called one at a time.
 *
 * <p><b>Time</b> comes as a parameter, in the kernel's nanoseconds. A policy must not read a clock, block, call back
 * into the kernel, or keep anything but {@link ThreadRef}s of a thread.
 *
 * <p><b>Unknown current.</b> After a fresh start the threads on the CPUs are unknown to the policy. {@code yield} and
 * {@code block} for such a thread are ordinary; {@code tick} on a CPU whose thread it did not pick asks for preemption
 * when threads are ready.
 */
@ConsumerType
public interface Scheduler {

    /**
     * Refuses threads that this policy cannot serve, before they exist.
     *
     * @throws helix.api.kernel.KernelException NOT_SUPPORTED with the reason
     */
    default void admit(ThreadRef thread) {}

    /** Takes in a thread that is ready for the first time. */
    void add(ThreadRef thread);

    /** Takes in a thread that has waited and is ready again. */
    void wake(ThreadRef thread);

    /**
     * Takes a ready thread out, or forgets a running one that has ended.
     *
     * @return true when the thread was queued here
     */
    boolean remove(ThreadRef thread);

    /**
     * Picks the next thread for {@code cpu} among the ready ones that may run there. The CPU has no current thread when
     * this is called. A policy that keeps one queue per CPU looks into the others before it answers
     * {@link SchedulingDecision#IDLE}.
     */
    SchedulingDecision pickNext(CpuId cpu, long nowNs);

    /**
     * The current thread of {@code cpu} gives it up but stays ready: it goes to the back of its queue.
     *
     * @param reason YIELD or PREEMPTION
     * @param ranNs for how long it ran
     */
    void yield(CpuId cpu, ThreadRef thread, SwitchReason reason, long ranNs);

    /** The current thread of {@code cpu} gives it up and waits until {@link #wake}. */
    void block(CpuId cpu, ThreadRef thread, BlockReason reason, long ranNs);

    /**
     * The kernel tick, for each online CPU.
     *
     * @return true when the current thread of {@code cpu} is to give way at its next kernel entry
     */
    boolean tick(CpuId cpu, long nowNs);

    /** {@code cpu} can be given to threads from now on. Called for each online CPU before anything else. */
    void cpuOnline(CpuId cpu);

    /** {@code cpu} is given to no thread any more; threads queued for it go elsewhere if they may. */
    void cpuOffline(CpuId cpu);

    /** What the policy holds and has done. */
    SchedulerStats stats();
}
