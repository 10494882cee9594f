package helix.core.thread;

import helix.api.kernel.CpuId;
import java.time.Duration;

/**
 * How a machine is set up.
 *
 * @param cpus how many CPUs, 1 to 64
 * @param maxZombies ended threads kept for a joiner
 * @param maxCarriers Java threads in the pool
 * @param idleCarrier how long a carrier without work is kept
 */
record MachineSettings(int cpus, int maxZombies, int maxCarriers, Duration idleCarrier) {

    MachineSettings {
        requireIn("cpus", cpus, 1, CpuId.MAX_CPUS);
        requireIn("max_zombies", maxZombies, 0, Integer.MAX_VALUE);
        requireIn("max_carriers", maxCarriers, 1, Integer.MAX_VALUE);
        if (idleCarrier.isNegative()) {
            throw new IllegalArgumentException("idle_carrier_s " + idleCarrier.toSeconds() + " is negative");
        }
    }

    private static void requireIn(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + low + ".." + high);
        }
    }
}
