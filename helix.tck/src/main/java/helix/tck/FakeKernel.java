package helix.tck;

import helix.api.kernel.CpuId;
import helix.api.module.HotReloadable;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Plays the kernel for one scheduler: keeps the clock, the arrival order and who runs where, and calls the scheduler as
 * the kernel would. One test thread at a time.
 */
public final class FakeKernel {

    private final FakeThread[] current = new FakeThread[CpuId.MAX_CPUS];
    private final long[] pickedNs = new long[CpuId.MAX_CPUS];
    private Scheduler scheduler;
    private SchedulingDecision last = SchedulingDecision.IDLE;
    private long nowNs = TimeUnit.SECONDS.toNanos(1);
    private long order;
    private long nextId = 1;

    /** A kernel with CPUs 0 to {@code cpus - 1} online. */
    public FakeKernel(Scheduler scheduler, int cpus) {
        this.scheduler = scheduler;
        for (int cpu = 0; cpu < cpus; cpu++) {
            scheduler.cpuOnline(new CpuId(cpu));
        }
    }

    /** A thread the scheduler has not heard of. */
    public FakeThread thread() {
        return new FakeThread(nextId++);
    }

    /** {@code count} threads, added in order. */
    public List<FakeThread> addThreads(int count) {
        return IntStream.range(0, count).mapToObj(i -> add(thread())).toList();
    }

    public FakeThread add(FakeThread thread) {
        thread.becomesReady(++order, nowNs);
        scheduler.add(thread);
        return thread;
    }

    public void wake(FakeThread thread) {
        thread.becomesReady(++order, nowNs);
        scheduler.wake(thread);
    }

    /** Lets {@code cpu} take its next thread; {@code null} when it idles. */
    public FakeThread pick(int cpu) {
        last = scheduler.pickNext(new CpuId(cpu), nowNs);
        current[cpu] = (FakeThread) last.thread();
        pickedNs[cpu] = nowNs;
        return current[cpu];
    }

    /** The current thread of {@code cpu} goes to the back. */
    public void giveUp(int cpu, SwitchReason reason) {
        FakeThread thread = leave(cpu);
        thread.becomesReady(++order, nowNs);
        scheduler.yield(new CpuId(cpu), thread, reason, nowNs - pickedNs[cpu]);
    }

    public FakeThread block(int cpu) {
        FakeThread thread = leave(cpu);
        scheduler.block(new CpuId(cpu), thread, BlockReason.OTHER, nowNs - pickedNs[cpu]);
        return thread;
    }

    /** The current thread of {@code cpu} ends; the scheduler is not told. */
    public FakeThread endCurrent(int cpu) {
        FakeThread thread = leave(cpu);
        thread.dies();
        return thread;
    }

    private FakeThread leave(int cpu) {
        FakeThread thread = current[cpu];
        if (thread == null) {
            throw new IllegalStateException("CPU " + cpu + " runs nothing");
        }
        thread.ran(nowNs - pickedNs[cpu]);
        current[cpu] = null;
        return thread;
    }

    /** Gives the current thread of {@code cpu} up and lets the next one run. */
    public FakeThread rotate(int cpu) {
        giveUp(cpu, SwitchReason.YIELD);
        return pick(cpu);
    }

    /** Takes a thread of {@code cpu}, one after the other, until nothing is left; none goes back. */
    public List<ThreadRef> drain(int cpu) {
        List<ThreadRef> drained = new ArrayList<>();
        while (pick(cpu) != null) {
            drained.add(block(cpu));
        }
        return drained;
    }

    /** The kernel tick of one CPU. */
    public boolean tick(int cpu) {
        return scheduler.tick(new CpuId(cpu), nowNs);
    }

    public void advanceNs(long stepNs) {
        nowNs += stepNs;
    }

    public void advanceMs(long stepMs) {
        advanceNs(TimeUnit.MILLISECONDS.toNanos(stepMs));
    }

    public FakeThread current(int cpu) {
        return current[cpu];
    }

    /** What the last pick answered. */
    public SchedulingDecision lastDecision() {
        return last;
    }

    public long nowNs() {
        return nowNs;
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    /** Exports from the present scheduler, imports into {@code successor}, and goes on with that one. */
    public SchedulerState swapTo(Scheduler successor) throws Exception {
        SchedulerState state = (SchedulerState) ((HotReloadable) scheduler).exportState();
        ((HotReloadable) successor).importState(state);
        scheduler = successor;
        return state;
    }

    public void online(int cpu) {
        scheduler.cpuOnline(new CpuId(cpu));
    }

    public void offline(int cpu) {
        scheduler.cpuOffline(new CpuId(cpu));
    }
}
