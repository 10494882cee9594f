package helix.api.thread;

import helix.api.kernel.CpuSet;
import java.util.Objects;

/**
 * How a kernel thread is to be made.
 *
 * @param name shown to operators; blank means the kernel makes one up
 * @param priority its importance
 * @param policy its treatment within that importance
 * @param affinity the CPUs it may run on
 */
public record ThreadOptions(String name, Priority priority, SchedulingPolicy policy, CpuSet affinity) {

    /** Unnamed, normal, anywhere. */
    public static final ThreadOptions DEFAULT =
            new ThreadOptions("", Priority.NORMAL, SchedulingPolicy.NORMAL, CpuSet.ALL);

    public ThreadOptions {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(affinity, "affinity");
    }

    public static ThreadOptions named(String name) {
        return DEFAULT.withName(name);
    }

    public ThreadOptions withName(String newName) {
        return new ThreadOptions(newName, priority, policy, affinity);
    }

    public ThreadOptions withPriority(Priority newPriority) {
        return new ThreadOptions(name, newPriority, policy, affinity);
    }

    public ThreadOptions withPolicy(SchedulingPolicy newPolicy) {
        return new ThreadOptions(name, priority, newPolicy, affinity);
    }

    public ThreadOptions withAffinity(CpuSet newAffinity) {
        return new ThreadOptions(name, priority, policy, newAffinity);
    }
}
