package helix.scheduler.roundrobin;

import helix.api.kernel.CpuId;
import helix.api.scheduler.SchedulerState.Current;
import helix.api.scheduler.SchedulerState.Queue;
import helix.api.scheduler.SchedulerStats;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one CPU has: its ready threads, its current one, and its share of the counters.
 *
 * <p><b>Shape.</b> Two FIFO lanes and one lock. Every method except {@link #length}, {@link #backlog}, {@link #load},
 * {@link #isCurrent} and {@link #lock} itself is to be called with the lock held; the caller takes it, because moves between CPUs hold two.
 *
 * <p><b>Ordering.</b> Length and current thread are also published without a fence, for choosing a queue without
 * locking it. Such a choice may be a little out of date; nothing but balance depends on it.
 */
final class RunQueue {

    /** How far into another CPU's lane a thief looks: what bounds the time a lock is held for threads pinned there. */
    private static final int REACH = 128;

    /** What a turn without end counts for, in queued threads: more than any queue is long. */
    private static final int ENDLESS = 1 << 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final CpuId cpu;
    private final AtomicInteger length = new AtomicInteger();
    private final AtomicReference<ThreadRef> current = new AtomicReference<>();

    private ArrayDeque<ThreadRef> ordinary = new ArrayDeque<>();
    private ArrayDeque<ThreadRef> idle = new ArrayDeque<>();
    private boolean online;
    private long sinceNs;
    private long quantumEndNs;
    private int ticks;
    private long switches;
    private long yields;
    private long preemptions;
    private long blocks;
    private long migrations;

    RunQueue(int number) {
        this.cpu = new CpuId(number);
    }

    int number() {
        return cpu.number();
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Threads queued; without the lock, roughly. */
    int length() {
        return length.get();
    }

    /**
     * How long a thread would wait here, in threads before it; without the lock, roughly. Behind a FIFO thread it may
     * wait for ever.
     */
    int backlog() {
        return length.get() + endless();
    }

    private int endless() {
        ThreadRef now = current.get();
        return now != null && now.policy() == SchedulingPolicy.FIFO ? ENDLESS : 0;
    }

    /** As {@link #backlog}, with the thread that runs. */
    int load() {
        return backlog() + (current.get() == null ? 0 : 1);
    }

    /** Says whether {@code thread} is the current one; without the lock, roughly. */
    boolean isCurrent(ThreadRef thread) {
        return current.get() == thread;
    }

    boolean isOnline() {
        return online;
    }

    void setOnline(boolean nowOnline) {
        online = nowOnline;
    }

    boolean mayRun(ThreadRef thread) {
        return thread.affinity().contains(cpu);
    }

    private ArrayDeque<ThreadRef> lane(Lane lane) {
        return lane == Lane.ORDINARY ? ordinary : idle;
    }

    private void publishLength() {
        length.lazySet(ordinary.size() + idle.size());
    }

    boolean has(Lane lane) {
        return !lane(lane).isEmpty();
    }

    void append(ThreadRef thread) {
        lane(Lane.of(thread)).addLast(thread);
        publishLength();
    }

    /** The next thread of {@code lane}, which stays where it is; threads that have ended are dropped on the way. */
    ThreadRef peek(Lane lane) {
        ArrayDeque<ThreadRef> threads = lane(lane);
        ThreadRef first = threads.peekFirst();
        while (first != null && !first.isAlive()) {
            threads.pollFirst();
            first = threads.peekFirst();
        }
        publishLength();
        return first;
    }

    ThreadRef poll(Lane lane) {
        ThreadRef first = lane(lane).pollFirst();
        publishLength();
        return first;
    }

    /**
     * Takes out the first thread of {@code lane} that {@code thief} may run, {@code null} if none is within reach. Those
     * that have ended are dropped on the way, and bar nobody from the living behind them.
     */
    ThreadRef pollFor(Lane lane, RunQueue thief) {
        peek(lane);
        Iterator<ThreadRef> threads = lane(lane).iterator();
        ThreadRef found = null;
        for (int passed = 0; found == null && passed < REACH && threads.hasNext(); ) {
            ThreadRef thread = threads.next();
            if (!thread.isAlive()) {
                threads.remove();
            } else if (thief.mayRun(thread)) {
                threads.remove();
                found = thread;
            } else {
                passed++;
            }
        }
        publishLength();
        return found;
    }

    /** Takes {@code thread} out of its lane. */
    boolean remove(ThreadRef thread) {
        boolean removed = ordinary.remove(thread) || idle.remove(thread);
        publishLength();
        return removed;
    }

    /** Takes out everything. */
    List<ThreadRef> drain() {
        List<ThreadRef> drained = new ArrayList<>(ordinary);
        drained.addAll(idle);
        ordinary.clear();
        idle.clear();
        publishLength();
        return drained;
    }

    /** Takes out what this CPU may not run, because affinities have changed. */
    List<ThreadRef> drainMisplaced() {
        List<ThreadRef> misplaced = new ArrayList<>();
        moveMisplaced(ordinary, misplaced);
        moveMisplaced(idle, misplaced);
        publishLength();
        return misplaced;
    }

    private void moveMisplaced(Collection<ThreadRef> from, List<ThreadRef> to) {
        from.removeIf(thread -> !mayRun(thread) && to.add(thread));
    }

    /** The ordinary threads, last first, for balancing; whoever removes one says {@link #changed} afterwards. */
    Iterator<ThreadRef> fromTheBack() {
        return ordinary.descendingIterator();
    }

    void changed() {
        publishLength();
    }

    /** As {@link #backlog}, of ordinary threads only. */
    int ordinaryBacklog() {
        return ordinary.size() + endless();
    }

    ThreadRef current() {
        return current.get();
    }

    /** Makes {@code thread} the current one; {@link #begin} is to follow. */
    void setCurrent(ThreadRef thread) {
        current.lazySet(thread);
    }

    SchedulingDecision begin(ThreadRef thread, long nowNs, long quantumNs) {
        current.lazySet(thread);
        sinceNs = nowNs;
        setQuantum(nowNs, quantumNs);
        switches++;
        return new SchedulingDecision(thread, quantumNs);
    }

    void setQuantum(long nowNs, long quantumNs) {
        quantumEndNs = quantumNs == SchedulingDecision.UNLIMITED ? SchedulingDecision.UNLIMITED : nowNs + quantumNs;
    }

    boolean isQuantumUsedUp(long nowNs) {
        return quantumEndNs != SchedulingDecision.UNLIMITED && nowNs - quantumEndNs >= 0;
    }

    void endByGivingUp(SwitchReason reason) {
        current.lazySet(null);
        if (reason == SwitchReason.YIELD) {
            yields++;
        } else {
            preemptions++;
        }
    }

    void endByBlocking() {
        current.lazySet(null);
        blocks++;
    }

    void forgetCurrent() {
        current.lazySet(null);
    }

    void countMigration() {
        migrations++;
    }

    /** Counts a tick. True once in {@code interval} of them. */
    boolean countTick(int interval) {
        ticks++;
        if (ticks < interval) {
            return false;
        }
        ticks = 0;
        return true;
    }

    /** {@code sum} and what this CPU has and has done. */
    SchedulerStats addTo(SchedulerStats sum) {
        return new SchedulerStats(
                sum.ready() + ordinary.size() + idle.size(),
                sum.running() + (current.get() == null ? 0 : 1),
                sum.switches() + switches,
                sum.yields() + yields,
                sum.preemptions() + preemptions,
                sum.blocks() + blocks,
                sum.migrations() + migrations);
    }

    /** Gives the lanes and the current thread away; nothing is left but whether the CPU is online. */
    void exportTo(List<Queue> queues, List<Current> running) {
        if (!ordinary.isEmpty()) {
            queues.add(new Queue(cpu, Lane.ORDINARY.level(), ordinary));
        }
        if (!idle.isEmpty()) {
            queues.add(new Queue(cpu, Lane.IDLE.level(), idle));
        }
        if (current.get() != null) {
            running.add(new Current(cpu, current.get(), sinceNs, quantumEndNs));
        }
        clear();
    }

    void clear() {
        ordinary = new ArrayDeque<>();
        idle = new ArrayDeque<>();
        current.lazySet(null);
        ticks = 0;
        switches = 0;
        yields = 0;
        preemptions = 0;
        blocks = 0;
        migrations = 0;
        publishLength();
    }

    /** Takes {@code threads} as the lane of that level, the very object. */
    void adopt(int level, ArrayDeque<ThreadRef> threads) {
        if (level == Lane.IDLE.level()) {
            idle = threads;
        } else {
            ordinary = threads;
        }
        publishLength();
    }

    void adopt(Current running) {
        current.lazySet(running.thread());
        sinceNs = running.sinceNs();
        quantumEndNs = running.quantumEndNs();
    }
}
