package helix.scheduler.roundrobin;

import helix.api.kernel.CpuId;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulerState.Current;
import helix.api.scheduler.SchedulerState.Queue;
import helix.api.scheduler.SchedulerStats;
import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What crosses in a swap: run queues to {@link SchedulerState} and back.
 *
 * <p>A state whose queues are those of this policy - one ordinary and one IDLE queue per CPU, and one of threads without
 * a CPU - is adopted queue by queue, by reference and without a move. Any other is taken in the order in which the
 * threads became ready, and spread when the CPUs are known. Threads that have ended are left out.
 */
final class RoundRobinState {

    private static final SchedulerStats NOTHING = new SchedulerStats(0, 0, 0, 0, 0, 0, 0);
    private static final int NO_LEVEL = -1;

    private final RunQueues queues;

    /** Counters that came with a state. Guarded by all locks. */
    private SchedulerStats inherited = NOTHING;

    /** Kept until it is certain that it need not be taken back. Guarded by all locks. */
    private SchedulerState handedOver;

    RoundRobinState(RunQueues queues) {
        this.queues = queues;
    }

    SchedulerStats stats() {
        queues.lockAll();
        try {
            int parked = queues.parked().size();
            SchedulerStats sum = new SchedulerStats(
                    parked,
                    0,
                    inherited.switches(),
                    inherited.yields(),
                    inherited.preemptions(),
                    inherited.blocks(),
                    inherited.migrations());
            for (RunQueue queue : queues.all()) {
                sum = queue.addTo(sum);
            }
            return sum;
        } finally {
            queues.unlockAll();
        }
    }

    SchedulerState export() {
        queues.lockAll();
        try {
            SchedulerStats counters = stats();
            List<Queue> ready = new ArrayList<>();
            List<Current> running = new ArrayList<>();
            for (RunQueue queue : queues.all()) {
                queue.exportTo(ready, running);
            }
            if (!queues.parked().isEmpty()) {
                ready.add(new Queue(null, NO_LEVEL, queues.parked()));
            }
            queues.exported();
            inherited = NOTHING;
            handedOver = new SchedulerState(ready, running, counters);
            return handedOver;
        } finally {
            queues.unlockAll();
        }
    }

    void resume() {
        queues.lockAll();
        try {
            if (handedOver != null) {
                adopt(handedOver);
            }
        } finally {
            queues.unlockAll();
        }
    }

    void adopt(SchedulerState state) {
        state.check();
        List<ThreadRef> inOrder = isOfOwnShape(state.queues()) ? null : state.inReadyOrder();
        queues.lockAll();
        try {
            for (RunQueue queue : queues.all()) {
                queue.clear();
            }
            adoptQueues(state, inOrder);
            for (Current current : state.current()) {
                if (current.thread().isAlive()) {
                    queues.of(current.cpu()).adopt(current);
                }
            }
            inherited = state.counters();
            handedOver = null;
        } finally {
            queues.unlockAll();
        }
    }

    private void adoptQueues(SchedulerState state, List<ThreadRef> inOrder) {
        ArrayDeque<ThreadRef> parked = new ArrayDeque<>();
        if (inOrder != null) {
            parked.addAll(inOrder);
        } else {
            for (Queue queue : state.queues()) {
                if (queue.cpu() == null) {
                    parked = queue.threads();
                } else {
                    queue.threads().removeIf(thread -> !thread.isAlive());
                    queues.of(queue.cpu()).adopt(queue.level(), queue.threads());
                }
            }
        }
        parked.removeIf(thread -> !thread.isAlive());
        queues.imported(parked, cpusOf(state.current()));
    }

    private static boolean isOfOwnShape(List<Queue> queues) {
        Set<List<Object>> places = new HashSet<>();
        for (Queue queue : queues) {
            boolean ordinary = queue.level() == Lane.ORDINARY.level();
            boolean idle = queue.level() == Lane.IDLE.level() && queue.cpu() != null;
            List<Object> place = List.of(queue.cpu() == null ? "parked" : queue.cpu(), queue.level());
            if (!(ordinary || idle) || !places.add(place)) {
                return false;
            }
        }
        return true;
    }

    private static long cpusOf(List<Current> running) {
        long cpus = 0;
        for (Current current : running) {
            CpuId cpu = current.cpu();
            cpus |= 1L << cpu.number();
        }
        return cpus;
    }
}
