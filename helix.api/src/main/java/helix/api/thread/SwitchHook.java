package helix.api.thread;

import helix.api.kernel.CpuId;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told around every context switch, whiteboard style: register it as a service. Called on the switching thread in
 * order of service ranking, so it must be quick; what it throws is counted and goes no further.
 */
@ConsumerType
public interface SwitchHook {

    /**
     * Called before {@code cpu} is given away.
     *
     * @param from who leaves, {@code null} when the CPU was idle
     * @param to who comes, {@code null} when the CPU becomes idle
     */
    default void beforeSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {}

    /** Called after {@code cpu} was given to {@code to}; parameters as in {@link #beforeSwitch}. */
    default void afterSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {}
}
