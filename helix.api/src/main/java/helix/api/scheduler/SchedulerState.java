package helix.api.scheduler;

import helix.api.kernel.CpuId;
import helix.api.module.StateSummary;
import helix.api.thread.Priority;
import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one scheduler hands to the next: the queues themselves, who runs where with how much of its quantum left, and
 * the counters. Schema {@value #SCHEMA}, version {@value #VERSION}.
 *
 * <p>It is handed over by reference: the exporter gives its queues away and must not touch them afterwards, the
 * importer may keep them. A policy of the same shape adopts the queues as they are; any other takes
 * {@link #inReadyOrder()}.
 *
 * <p>Run times and priorities need no place here: they belong to the {@link ThreadRef}s.
 *
 * @param queues the ready threads
 * @param current who runs where
 * @param counters the exporter's counters
 */
public record SchedulerState(List<Queue> queues, List<Current> current, SchedulerStats counters)
        implements StateSummary {

    /** Name of this layout, for {@code helix.state.schema}. */
    public static final String SCHEMA = "helix.scheduler";

    /** Version of this layout. */
    public static final int VERSION = 1;

    /** The {@link Queue#level} of threads of policy IDLE: behind every priority. */
    public static final int IDLE_LEVEL = Priority.LEVELS;

    /**
     * One run queue.
     *
     * @param cpu the CPU it belongs to, {@code null} for a queue that any CPU serves
     * @param level the priority level it belongs to, {@link #IDLE_LEVEL}, or -1 for none
     * @param threads its threads in the order in which they would run
     */
    public record Queue(CpuId cpu, int level, ArrayDeque<ThreadRef> threads) {}

    /**
     * The current thread of a CPU.
     *
     * @param cpu where
     * @param thread who
     * @param sinceNs when it was picked
     * @param quantumEndNs when its quantum ends; {@link SchedulingDecision#UNLIMITED} for never
     */
    public record Current(CpuId cpu, ThreadRef thread, long sinceNs, long quantumEndNs) {}

    /**
     * Makes sure that this state can be taken over: nothing is null, no counter is negative, no CPU has two current
     * threads, and no thread is in two places. Changes nothing. An importer calls it first, because what it is given
     * need not come from where it thinks.
     *
     * @throws IllegalArgumentException naming the first thing that is wrong
     */
    public void check() {
        require(queues != null, "the list of queues is null");
        require(current != null, "the list of current threads is null");
        checkCounters();
        for (int i = 0; i < queues.size(); i++) {
            checkQueue(i);
        }
        ThreadMarks seen = marks();
        queues.forEach(queue -> queue.threads().forEach(thread -> requireNew(thread, seen)));
        checkCurrent(seen);
    }

    /**
     * All queued threads in the order in which they became ready. With a single queue its own order is kept, whatever
     * it is.
     */
    public List<ThreadRef> inReadyOrder() {
        List<ThreadRef> all = new ArrayList<>();
        queues.forEach(queue -> all.addAll(queue.threads()));
        if (queues.size() > 1) {
            all.sort(Comparator.comparingLong(ThreadRef::readyOrder));
        }
        return all;
    }

    @Override
    public Map<String, Long> summary() {
        Map<String, Long> summary = new LinkedHashMap<>();
        summary.put(
                "ready",
                queues.stream().mapToLong(queue -> queue.threads().size()).sum());
        summary.put("running", (long) current.size());
        summary.put("switches", counters.switches());
        return summary;
    }

    private void checkCounters() {
        require(counters != null, "the counters are null");
        boolean negative = counters.ready() < 0
                || counters.running() < 0
                || counters.switches() < 0
                || counters.yields() < 0
                || counters.preemptions() < 0
                || counters.blocks() < 0
                || counters.migrations() < 0;
        if (negative) {
            throw refused("a counter is negative: " + counters);
        }
    }

    private ThreadMarks marks() {
        int expected = current.size();
        long lowest = Long.MAX_VALUE;
        for (Queue queue : queues) {
            expected += queue.threads().size();
            for (ThreadRef thread : queue.threads()) {
                lowest = Math.min(lowest, thread.id().number());
            }
        }
        return new ThreadMarks(lowest, expected);
    }

    private void checkQueue(int index) {
        Queue queue = queues.get(index);
        if (queue == null) {
            throw refused("queue " + index + " is null");
        }
        if (queue.threads() == null) {
            throw refused("the threads of queue " + index + " are null");
        }
        if (queue.level() < -1 || queue.level() > IDLE_LEVEL) {
            throw refused("the level " + queue.level() + " of queue " + index + " is not in -1.." + IDLE_LEVEL);
        }
    }

    private void checkCurrent(ThreadMarks seen) {
        Set<CpuId> cpus = new HashSet<>();
        for (Current running : current) {
            require(running != null, "a current thread is null");
            require(running.cpu() != null, "a current thread has no CPU");
            if (running.thread() == null) {
                throw refused("CPU " + running.cpu() + " has the current thread null");
            }
            if (!cpus.add(running.cpu())) {
                throw refused("CPU " + running.cpu() + " has two current threads");
            }
            requireNew(running.thread(), seen);
        }
    }

    private static void requireNew(ThreadRef thread, ThreadMarks seen) {
        if (!seen.mark(thread)) {
            throw refused("thread " + thread.id() + " '" + thread.name() + "' is in two places of the state");
        }
    }

    /** For messages that are constant: callers wait while a state is checked, so others are made only when needed. */
    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw refused(otherwise);
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(why);
    }
}
