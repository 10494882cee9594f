package helix.itests;

import helix.api.kernel.CpuId;
import helix.api.module.HotReloadable;
import helix.api.module.Module;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulerStats;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A scheduler with one list, to be made peculiar: by default first in, first out, with no preemption. Written against the
 * interface alone, as a third party would.
 */
public class ListScheduler implements Scheduler, Module, HotReloadable {

    protected final ArrayDeque<ThreadRef> ready = new ArrayDeque<>();
    private final Set<ThreadRef> picked = Collections.newSetFromMap(new IdentityHashMap<>());
    private long switches;

    @Override
    public synchronized void add(ThreadRef thread) {
        put(thread);
    }

    @Override
    public synchronized void wake(ThreadRef thread) {
        put(thread);
    }

    protected void put(ThreadRef thread) {
        ready.addLast(thread);
    }

    @Override
    public synchronized boolean remove(ThreadRef thread) {
        // every thread that ends is removed, so the long list is searched only when it must be
        return !picked.remove(thread) && ready.remove(thread);
    }

    @Override
    public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
        for (ThreadRef thread : ready) {
            if (thread.affinity().contains(cpu)) {
                ready.remove(thread);
                picked.add(thread);
                switches++;
                return new SchedulingDecision(thread, SchedulingDecision.UNLIMITED);
            }
        }
        return SchedulingDecision.IDLE;
    }

    @Override
    public synchronized void yield(CpuId cpu, ThreadRef thread, SwitchReason reason, long ranNs) {
        picked.remove(thread);
        put(thread);
    }

    @Override
    public synchronized void block(CpuId cpu, ThreadRef thread, BlockReason reason, long ranNs) {
        picked.remove(thread);
    }

    @Override
    public boolean tick(CpuId cpu, long nowNs) {
        return false;
    }

    @Override
    public void cpuOnline(CpuId cpu) {
        // one list for all
    }

    @Override
    public void cpuOffline(CpuId cpu) {
        // one list for all
    }

    @Override
    public synchronized SchedulerStats stats() {
        return new SchedulerStats(ready.size(), 0, switches, 0, 0, 0, 0);
    }

    @Override
    public Object exportState() throws Exception {
        return handOver();
    }

    private synchronized SchedulerState handOver() {
        return new SchedulerState(
                List.of(new SchedulerState.Queue(null, -1, new ArrayDeque<>(ready))), List.of(), stats());
    }

    @Override
    public void importState(Object state) throws Exception {
        takeOver((SchedulerState) state);
    }

    private synchronized void takeOver(SchedulerState state) {
        ready.addAll(state.inReadyOrder());
    }
}
