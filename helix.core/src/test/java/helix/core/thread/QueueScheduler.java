package helix.core.thread;

import helix.api.kernel.CpuId;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerStats;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The simplest policy that keeps its promises: one queue, first or last come first served. Records what it is told. */
class QueueScheduler implements Scheduler {

    static final long QUANTUM_NS = 10_000_000;

    private final boolean lifo;
    private final ArrayDeque<ThreadRef> queue = new ArrayDeque<>();
    private final Map<CpuId, ThreadRef> current = new HashMap<>();
    private final Set<CpuId> online = new TreeSet<>();
    private final List<String> calls = new ArrayList<>();
    private volatile boolean expiring;

    QueueScheduler(boolean lifo) {
        this.lifo = lifo;
    }

    static QueueScheduler fifo() {
        return new QueueScheduler(false);
    }

    static QueueScheduler lifo() {
        return new QueueScheduler(true);
    }

    /** Whether ticks say that the quantum has expired. */
    void expire(boolean now) {
        expiring = now;
    }

    synchronized List<ThreadRef> export() {
        return new ArrayList<>(queue);
    }

    synchronized void adopt(List<ThreadRef> state) {
        queue.addAll(state);
    }

    /** Drops threads that have ended, without a word to the kernel. */
    synchronized void dropDead() {
        queue.removeIf(thread -> !thread.isAlive());
    }

    synchronized Set<CpuId> online() {
        return new TreeSet<>(online);
    }

    synchronized List<String> calls() {
        return new ArrayList<>(calls);
    }

    @Override
    public synchronized void add(ThreadRef thread) {
        queue.addLast(thread);
    }

    @Override
    public synchronized void wake(ThreadRef thread) {
        queue.addLast(thread);
    }

    @Override
    public synchronized boolean remove(ThreadRef thread) {
        // most who are removed have just ended: no need to search a long queue for them
        return !current.values().remove(thread) && queue.remove(thread);
    }

    @Override
    public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
        Iterator<ThreadRef> order = lifo ? queue.descendingIterator() : queue.iterator();
        while (order.hasNext()) {
            ThreadRef thread = order.next();
            if (thread.affinity().contains(cpu)) {
                order.remove();
                current.put(cpu, thread);
                return new SchedulingDecision(thread, QUANTUM_NS);
            }
        }
        return SchedulingDecision.IDLE;
    }

    @Override
    public synchronized void yield(CpuId cpu, ThreadRef thread, SwitchReason reason, long ranNs) {
        calls.add("yield " + reason);
        current.remove(cpu, thread);
        queue.addLast(thread);
    }

    @Override
    public synchronized void block(CpuId cpu, ThreadRef thread, BlockReason reason, long ranNs) {
        calls.add("block " + reason);
        current.remove(cpu, thread);
    }

    @Override
    public boolean tick(CpuId cpu, long nowNs) {
        return expiring;
    }

    @Override
    public synchronized void cpuOnline(CpuId cpu) {
        online.add(cpu);
    }

    @Override
    public synchronized void cpuOffline(CpuId cpu) {
        online.remove(cpu);
    }

    @Override
    public synchronized SchedulerStats stats() {
        return new SchedulerStats(queue.size(), 0, 0, 0, 0, 0, 0);
    }
}
