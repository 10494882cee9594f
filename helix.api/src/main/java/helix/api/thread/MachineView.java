package helix.api.thread;

import java.util.Optional;

/**
 * The kernel's threads as a whole at one moment.
 *
 * @param ready threads waiting for a CPU
 * @param running threads that have one
 * @param waiting threads blocked, sleeping or stopped
 * @param zombies threads that have ended and were not joined
 * @param switches context switches since boot
 * @param lostCpus CPUs taken from threads that waited outside the kernel
 * @param compensated CPUs taken from threads that overran ten quanta
 * @param deferredTicks ticks that found the scheduler's gate closed
 * @param schedulerFaults calls of the scheduler that threw, and threads it returned that could not run
 * @param refills how often a scheduler was refilled from the thread table
 * @param stalled why nothing runs although threads are ready, in a sentence; empty while the machine works
 */
public record MachineView(
        long ready,
        long running,
        long waiting,
        long zombies,
        long switches,
        long lostCpus,
        long compensated,
        long deferredTicks,
        long schedulerFaults,
        long refills,
        Optional<String> stalled) {}
