package helix.scheduler.priority;

import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.ThreadRef;
import java.util.concurrent.TimeUnit;

/**
 * Checked settings, and the quanta that follow from them.
 *
 * @param sliceNs quantum, nanoseconds
 * @param ageingAfterNs how long a thread waits before it may age, nanoseconds
 * @param ageingInterval ticks of a CPU between two looks for such threads
 */
record PrioritySettings(long sliceNs, long ageingAfterNs, int ageingInterval) {

    /** What a configuration that says nothing amounts to. */
    static final PrioritySettings DEFAULT = ofMillis(10, 1000, 100);

    private static final int BATCH_FACTOR = 2;

    PrioritySettings {
        requirePositive("time_slice_ms", TimeUnit.NANOSECONDS.toMillis(sliceNs));
        requirePositive("ageing_after_ms", TimeUnit.NANOSECONDS.toMillis(ageingAfterNs));
        requirePositive("ageing_interval", ageingInterval);
    }

    private static void requirePositive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", must be 1 or more");
        }
    }

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    static PrioritySettings of(PriorityConfig config) {
        return ofMillis(config.time__slice__ms(), config.ageing__after__ms(), config.ageing__interval());
    }

    static PrioritySettings ofMillis(long sliceMs, long ageingAfterMs, int ageingInterval) {
        return new PrioritySettings(
                TimeUnit.MILLISECONDS.toNanos(sliceMs), TimeUnit.MILLISECONDS.toNanos(ageingAfterMs), ageingInterval);
    }

    /** How long {@code thread} may run at a time, nanoseconds. */
    long quantumNs(ThreadRef thread) {
        return switch (thread.policy()) {
            case FIFO -> SchedulingDecision.UNLIMITED;
            case BATCH -> BATCH_FACTOR * sliceNs;
            default -> sliceNs;
        };
    }
}
