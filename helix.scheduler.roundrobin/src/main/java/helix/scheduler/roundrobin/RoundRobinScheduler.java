package helix.scheduler.roundrobin;

import helix.api.kernel.CpuId;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulerStats;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.BlockReason;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import java.util.function.BiConsumer;

/**
 * Round robin: each CPU has a FIFO queue and runs its threads in turns; a CPU with an empty queue takes from the others.
 *
 * <p><b>Shape.</b> A new or woken thread goes to the least loaded online CPU that it may run on, a thread that gives way
 * to the back of its CPU's queue. IDLE threads have queues of their own, which are looked at when every other queue that
 * the CPU may take from is empty. A CPU whose quantum ends while its own queue is empty and another's is not takes one
 * thread over before it gives way, so that threads share CPUs evenly even when there are few more of them than CPUs.
 *
 * <p><b>Ordering.</b> See {@link RunQueues}. Settings are read once per quantum.
 *
 * <p><b>Progress.</b> Nothing here waits but for short locks. A turn costs one lock; adding costs one lock and a look at
 * each CPU's length. {@link #remove} of a queued thread is linear in the number of threads queued.
 *
 * <p><b>Errors.</b> DEADLINE threads are refused. Threads that have ended are dropped when their turn comes.
 *
 * <p><b>Units.</b> All times are the kernel's nanoseconds.
 */
class RoundRobinScheduler implements Scheduler {

    private static final Lane[] LANES = Lane.values();
    private static final BiConsumer<RunQueue, ThreadRef> TO_RUN = RunQueue::setCurrent;
    private static final BiConsumer<RunQueue, ThreadRef> TO_QUEUE = RunQueue::append;

    private final RunQueues queues = new RunQueues();
    private final RoundRobinState state = new RoundRobinState(queues);
    private volatile RoundRobinSettings settings;

    RoundRobinScheduler(RoundRobinSettings settings) {
        this.settings = settings;
    }

    /** Takes new settings; quanta that have begun keep their ends. */
    void configure(RoundRobinSettings newSettings) {
        settings = newSettings;
    }

    @Override
    public void admit(ThreadRef thread) {
        if (thread.policy() == SchedulingPolicy.DEADLINE) {
            throw new KernelException(
                    ErrorCode.NOT_SUPPORTED,
                    "scheduler 'roundrobin' cannot promise the run time that policy DEADLINE asks for,"
                            + " have [NORMAL, FIFO, ROUND_ROBIN, BATCH, IDLE]");
        }
    }

    @Override
    public void add(ThreadRef thread) {
        queues.place(thread);
    }

    @Override
    public void wake(ThreadRef thread) {
        queues.place(thread);
    }

    @Override
    public boolean remove(ThreadRef thread) {
        RunQueue owner = queues.whereCurrent(thread);
        if (owner == null) {
            return queues.remove(thread);
        }
        owner.lock().lock();
        try {
            if (owner.isCurrent(thread)) {
                owner.forgetCurrent();
            }
        } finally {
            owner.lock().unlock();
        }
        return false;
    }

    @Override
    public SchedulingDecision pickNext(CpuId cpu, long nowNs) {
        queues.settle();
        RunQueue own = queues.of(cpu);
        for (Lane lane : LANES) {
            SchedulingDecision decision = pickOwn(own, lane, nowNs);
            if (decision.isIdle() && queues.isOnline(cpu)) {
                decision = pickStolen(own, lane, nowNs);
            }
            if (!decision.isIdle()) {
                return decision;
            }
        }
        return SchedulingDecision.IDLE;
    }

    private SchedulingDecision pickOwn(RunQueue own, Lane lane, long nowNs) {
        for (; ; ) {
            own.lock().lock();
            try {
                own.forgetCurrent();
                ThreadRef first = own.peek(lane);
                if (first == null) {
                    return SchedulingDecision.IDLE;
                }
                if (own.mayRun(first)) {
                    return own.begin(own.poll(lane), nowNs, settings.quantumNs(first));
                }
            } finally {
                own.lock().unlock();
            }
            queues.rehomeMisplaced(own);
        }
    }

    private SchedulingDecision pickStolen(RunQueue own, Lane lane, long nowNs) {
        ThreadRef stolen = queues.steal(own, lane, TO_RUN);
        if (stolen == null) {
            return SchedulingDecision.IDLE;
        }
        own.lock().lock();
        try {
            return own.begin(stolen, nowNs, settings.quantumNs(stolen));
        } finally {
            own.lock().unlock();
        }
    }

    @Override
    public void yield(CpuId cpu, ThreadRef thread, SwitchReason reason, long ranNs) {
        RunQueue own = queues.of(cpu);
        own.lock().lock();
        try {
            own.endByGivingUp(reason);
            if (own.isOnline() && own.mayRun(thread)) {
                own.append(thread);
                return;
            }
        } finally {
            own.lock().unlock();
        }
        queues.place(thread);
    }

    @Override
    public void block(CpuId cpu, ThreadRef thread, BlockReason reason, long ranNs) {
        RunQueue own = queues.of(cpu);
        own.lock().lock();
        try {
            own.endByBlocking();
        } finally {
            own.lock().unlock();
        }
    }

    @Override
    public boolean tick(CpuId cpu, long nowNs) {
        queues.settle();
        RunQueue own = queues.of(cpu);
        if (isBalancingDue(own)) {
            queues.balance();
        }
        Lane last = lastRival(own, nowNs);
        for (int i = 0; last != null && i <= last.ordinal(); i++) {
            if (isReady(own, LANES[i])) {
                return true;
            }
        }
        renew(own, nowNs);
        return false;
    }

    private boolean isBalancingDue(RunQueue own) {
        own.lock().lock();
        try {
            return own.countTick(settings.balanceInterval());
        } finally {
            own.lock().unlock();
        }
    }

    /** The last lane whose threads may follow the current one now; {@code null} when it may go on in any case. */
    private static Lane lastRival(RunQueue own, long nowNs) {
        own.lock().lock();
        try {
            ThreadRef current = own.current();
            if (current == null) {
                return Lane.IDLE;
            }
            Lane lane = Lane.of(current);
            if (own.isQuantumUsedUp(nowNs)) {
                return lane;
            }
            return lane == Lane.IDLE ? Lane.ORDINARY : null;
        } finally {
            own.lock().unlock();
        }
    }

    private boolean isReady(RunQueue own, Lane lane) {
        own.lock().lock();
        try {
            if (own.has(lane)) {
                return true;
            }
        } finally {
            own.lock().unlock();
        }
        return queues.steal(own, lane, TO_QUEUE) != null;
    }

    private void renew(RunQueue own, long nowNs) {
        own.lock().lock();
        try {
            ThreadRef current = own.current();
            if (current != null && own.isQuantumUsedUp(nowNs)) {
                own.setQuantum(nowNs, settings.quantumNs(current));
            }
        } finally {
            own.lock().unlock();
        }
    }

    @Override
    public void cpuOnline(CpuId cpu) {
        queues.online(cpu);
    }

    @Override
    public void cpuOffline(CpuId cpu) {
        queues.offline(cpu);
    }

    @Override
    public SchedulerStats stats() {
        return state.stats();
    }

    /** Gives everything away by reference; {@link #resume} takes it back. */
    public SchedulerState exportState() {
        return state.export();
    }

    /** Takes back what was exported, if anything was. */
    public void resume() {
        state.resume();
    }

    /** @throws IllegalArgumentException naming what is wrong; nothing has changed then */
    void importState(SchedulerState imported) {
        state.adopt(imported);
    }
}
