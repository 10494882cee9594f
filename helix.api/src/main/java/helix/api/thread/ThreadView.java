package helix.api.thread;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import java.util.Optional;
import java.util.Set;

/**
 * One kernel thread at one moment, for operators.
 *
 * @param id its number
 * @param name its name
 * @param state its state
 * @param reason what it waits for, when BLOCKED or SLEEPING
 * @param priority its importance
 * @param policy its policy
 * @param affinity where it may run
 * @param cpu where it runs, when RUNNING
 * @param ranNs CPU time used up to its last switch, nanoseconds
 * @param switches how often it was given a CPU
 * @param lostCpu how often a tick took its CPU because it waited outside the kernel
 * @param compensated how often a tick took its CPU because it overran ten quanta
 * @param flags its marks
 */
public record ThreadView(
        ThreadId id,
        String name,
        ThreadState state,
        Optional<BlockReason> reason,
        Priority priority,
        SchedulingPolicy policy,
        CpuSet affinity,
        Optional<CpuId> cpu,
        long ranNs,
        long switches,
        long lostCpu,
        long compensated,
        Set<ThreadFlag> flags) {}
