package helix.scheduler.priority;

import helix.api.kernel.CpuId;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulerState.Queue;
import helix.api.scheduler.SchedulerStats;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.BlockReason;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Strict priorities: the most important ready thread that the CPU may run, first come first served inside a level.
 *
 * <p><b>Shape.</b> One set of {@link Levels} for all CPUs and one lock. A queued thread keeps the level it was queued at;
 * a changed priority counts from its next turn on. A thread that the asking CPU may not run is stepped over and keeps
 * its place, so picking costs what stands before the first thread that fits. {@link Ageing} sees to it that nobody
 * starves but behind real time.
 *
 * <p><b>Preemption.</b> A tick asks for it at once when a more important thread is ready - unless the first of its level
 * is a BATCH thread, which waits for the end of the quantum, if it has one - and at the end of the quantum when an
 * equal one is. An aged thread counts as level {@value Ageing#TARGET} for one quantum.
 *
 * <p><b>Progress.</b> Every method holds the lock for a few array accesses, and calls nothing under it but the plain
 * getters of {@link ThreadRef}. {@link #remove} of a queued thread is linear in the length of its level.
 *
 * <p><b>Errors.</b> DEADLINE threads are refused. Threads that have ended are dropped when they are come across.
 *
 * <p><b>Units.</b> All times are the kernel's nanoseconds.
 */
class PriorityScheduler implements Scheduler {

    private static final SchedulerStats NOTHING = new SchedulerStats(0, 0, 0, 0, 0, 0, 0);

    private final Object lock = new Object();
    private final Levels levels = new Levels();
    private final Turns turns = new Turns();
    private final Ageing ageing = new Ageing(levels, turns, CpuId.MAX_CPUS);
    private PrioritySettings settings;
    private SchedulerStats inherited = NOTHING;

    /** CPUs online; bit n stands for CPU n. */
    private long online;

    private long switches;
    private long yields;
    private long preemptions;
    private long blocks;

    /** Kept until it is certain that it need not be taken back. */
    private SchedulerState handedOver;

    PriorityScheduler(PrioritySettings settings) {
        this.settings = settings;
    }

    /** Takes new settings; quanta that have begun keep their ends. */
    void configure(PrioritySettings newSettings) {
        synchronized (lock) {
            settings = newSettings;
        }
    }

    @Override
    public void admit(ThreadRef thread) {
        if (thread.policy() == SchedulingPolicy.DEADLINE) {
            throw new KernelException(
                    ErrorCode.NOT_SUPPORTED,
                    "scheduler 'priority' cannot promise the run time that policy DEADLINE asks for,"
                            + " have [NORMAL, FIFO, ROUND_ROBIN, BATCH, IDLE]");
        }
    }

    @Override
    public void add(ThreadRef thread) {
        synchronized (lock) {
            levels.append(Levels.ownLevel(thread), thread);
        }
    }

    @Override
    public void wake(ThreadRef thread) {
        add(thread);
    }

    @Override
    public boolean remove(ThreadRef thread) {
        synchronized (lock) {
            return !turns.end(thread) && levels.remove(thread);
        }
    }

    @Override
    public SchedulingDecision pickNext(CpuId cpu, long nowNs) {
        synchronized (lock) {
            turns.end(cpu);
            int level = isOnline(cpu) ? bestLevel(cpu, Levels.NONE) : Levels.NONE;
            if (level == Levels.NONE) {
                return SchedulingDecision.IDLE;
            }
            ThreadRef thread = levels.first(level, cpu);
            levels.remove(level, thread);
            long quantumNs = settings.quantumNs(thread);
            turns.begin(cpu, thread, level, nowNs, quantumNs);
            switches++;
            return new SchedulingDecision(thread, quantumNs);
        }
    }

    private boolean isOnline(CpuId cpu) {
        return (online >>> cpu.number() & 1) != 0;
    }

    /** The most important level before {@code end} that has a thread for {@code cpu}; {@link Levels#NONE} if none. */
    private int bestLevel(CpuId cpu, int end) {
        for (int level = levels.occupiedFrom(0); level < end; level = levels.occupiedFrom(level + 1)) {
            if (levels.first(level, cpu) != null) {
                return level;
            }
        }
        return Levels.NONE;
    }

    @Override
    public void yield(CpuId cpu, ThreadRef thread, SwitchReason reason, long ranNs) {
        synchronized (lock) {
            turns.end(cpu);
            levels.append(Levels.ownLevel(thread), thread);
            if (reason == SwitchReason.YIELD) {
                yields++;
            } else {
                preemptions++;
            }
        }
    }

    @Override
    public void block(CpuId cpu, ThreadRef thread, BlockReason reason, long ranNs) {
        synchronized (lock) {
            turns.end(cpu);
            blocks++;
        }
    }

    @Override
    public boolean tick(CpuId cpu, long nowNs) {
        synchronized (lock) {
            ageing.tick(cpu.number(), nowNs, Long.bitCount(online), settings);
            ThreadRef current = turns.current(cpu);
            if (current == null) {
                return bestLevel(cpu, Levels.NONE) != Levels.NONE;
            }
            if (!turns.isUsedUp(cpu, nowNs)) {
                return isPreempted(cpu);
            }
            // An aged thread has had its turn now: from here on it competes as what it is.
            int own = Levels.ownLevel(current);
            if (bestLevel(cpu, own + 1) != Levels.NONE) {
                return true;
            }
            turns.renew(cpu, own, nowNs, settings.quantumNs(current));
            return false;
        }
    }

    private boolean isPreempted(CpuId cpu) {
        int end = turns.level(cpu);
        for (int level = levels.occupiedFrom(0); level < end; level = levels.occupiedFrom(level + 1)) {
            ThreadRef first = levels.first(level, cpu);
            if (first != null && (first.policy() != SchedulingPolicy.BATCH || turns.isEndless(cpu))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void cpuOnline(CpuId cpu) {
        synchronized (lock) {
            online |= 1L << cpu.number();
        }
    }

    @Override
    public void cpuOffline(CpuId cpu) {
        synchronized (lock) {
            online &= ~(1L << cpu.number());
        }
    }

    @Override
    public SchedulerStats stats() {
        synchronized (lock) {
            return new SchedulerStats(
                    levels.size(),
                    turns.running(),
                    inherited.switches() + switches,
                    inherited.yields() + yields,
                    inherited.preemptions() + preemptions,
                    inherited.blocks() + blocks,
                    inherited.migrations());
        }
    }

    /** Gives everything away by reference; {@link #resume} takes it back. */
    public SchedulerState exportState() {
        synchronized (lock) {
            SchedulerStats counters = stats();
            handedOver = new SchedulerState(levels.export(), turns.export(), counters);
            inherit(NOTHING);
            return handedOver;
        }
    }

    /** Takes back what was exported, if anything was. */
    public void resume() {
        synchronized (lock) {
            if (handedOver != null) {
                importState(handedOver);
            }
        }
    }

    /**
     * Takes a state over. Queues by level are adopted, by reference; of any other shape the threads are queued by their
     * own priorities in the order in which they became ready.
     *
     * @throws IllegalArgumentException naming what is wrong; nothing has changed then
     */
    void importState(SchedulerState state) {
        state.check();
        List<ThreadRef> inOrder = isOfOwnShape(state.queues()) ? List.of() : state.inReadyOrder();
        synchronized (lock) {
            levels.clear();
            turns.clear();
            if (isOfOwnShape(state.queues())) {
                state.queues().forEach(queue -> levels.adopt(queue.level(), queue.threads()));
            }
            inOrder.stream().filter(ThreadRef::isAlive).forEach(this::add);
            state.current().stream().filter(turn -> turn.thread().isAlive()).forEach(turns::adopt);
            inherit(state.counters());
            handedOver = null;
        }
    }

    private void inherit(SchedulerStats counters) {
        inherited = counters;
        switches = 0;
        yields = 0;
        preemptions = 0;
        blocks = 0;
    }

    private static boolean isOfOwnShape(List<Queue> queues) {
        Set<Integer> seen = new HashSet<>();
        return queues.stream().allMatch(queue -> queue.cpu() == null && queue.level() >= 0 && seen.add(queue.level()));
    }
}
