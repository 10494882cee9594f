package helix.api.thread;

import helix.api.kernel.CpuId;
import java.util.Optional;

/**
 * One CPU at one moment, for operators.
 *
 * @param id its number
 * @param online whether threads may run on it
 * @param current who runs on it
 * @param switches context switches on it since boot
 * @param preemptions how many of them ended a quantum
 * @param busyNs time spent running threads, up to the last switch, nanoseconds
 * @param overruns ticks that found a thread running on after its quantum
 */
public record CpuView(
        CpuId id,
        boolean online,
        Optional<ThreadId> current,
        long switches,
        long preemptions,
        long busyNs,
        long overruns) {}
