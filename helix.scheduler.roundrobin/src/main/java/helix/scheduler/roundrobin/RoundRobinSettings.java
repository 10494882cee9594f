package helix.scheduler.roundrobin;

import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.Priority;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.ThreadRef;
import java.util.concurrent.TimeUnit;

/**
 * Checked settings, and the quanta that follow from them.
 *
 * @param baseNs quantum before scaling, nanoseconds
 * @param minNs shortest quantum, nanoseconds
 * @param maxNs longest quantum, nanoseconds
 * @param scaling whether more important threads get longer quanta
 * @param balanceInterval ticks of a CPU between two attempts to balance
 */
record RoundRobinSettings(long baseNs, long minNs, long maxNs, boolean scaling, int balanceInterval) {

    /** What a configuration that says nothing amounts to. */
    static final RoundRobinSettings DEFAULT = ofMillis(10, 1, 100, true, 100);

    private static final int BATCH_FACTOR = 2;

    RoundRobinSettings {
        requirePositive("base_time_slice_ms", TimeUnit.NANOSECONDS.toMillis(baseNs));
        requirePositive("min_time_slice_ms", TimeUnit.NANOSECONDS.toMillis(minNs));
        requirePositive("max_time_slice_ms", TimeUnit.NANOSECONDS.toMillis(maxNs));
        requirePositive("load_balance_interval", balanceInterval);
        if (minNs > maxNs) {
            throw new IllegalArgumentException("min_time_slice_ms " + TimeUnit.NANOSECONDS.toMillis(minNs)
                    + " is above max_time_slice_ms " + TimeUnit.NANOSECONDS.toMillis(maxNs));
        }
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", must be 1 or more");
        }
    }

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    static RoundRobinSettings of(RoundRobinConfig config) {
        return ofMillis(
                config.base__time__slice__ms(),
                config.min__time__slice__ms(),
                config.max__time__slice__ms(),
                config.priority__scaling(),
                config.load__balance__interval());
    }

    static RoundRobinSettings ofMillis(long baseMs, long minMs, long maxMs, boolean scaling, int balanceInterval) {
        return new RoundRobinSettings(
                TimeUnit.MILLISECONDS.toNanos(baseMs),
                TimeUnit.MILLISECONDS.toNanos(minMs),
                TimeUnit.MILLISECONDS.toNanos(maxMs),
                scaling,
                balanceInterval);
    }

    /** How long {@code thread} may run at a time, nanoseconds. */
    long quantumNs(ThreadRef thread) {
        SchedulingPolicy policy = thread.policy();
        if (policy == SchedulingPolicy.FIFO) {
            return SchedulingDecision.UNLIMITED;
        }
        long quantumNs = scaling ? scaled(thread.priority()) : baseNs;
        return clamp(policy == SchedulingPolicy.BATCH ? BATCH_FACTOR * quantumNs : quantumNs);
    }

    /** In the table that this module keeps, a larger number is more important; in the kernel a smaller one is. */
    private long scaled(Priority priority) {
        int level = Priority.LEVELS - 1 - priority.level();
        if (level <= 30) {
            return baseNs / 2;
        }
        if (level <= 60) {
            return baseNs;
        }
        return level <= 90 ? baseNs / 2 * 3 : baseNs * 2;
    }

    private long clamp(long quantumNs) {
        return Math.max(minNs, Math.min(maxNs, quantumNs));
    }
}
