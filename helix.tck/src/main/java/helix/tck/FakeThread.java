package helix.tck;

import helix.api.kernel.CpuSet;
import helix.api.thread.Priority;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadRef;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A kernel thread that is nothing but its description, for tests of schedulers. What the kernel would keep up to date
 * is set by hand or by {@link FakeKernel}. All methods may be called from any thread.
 */
public final class FakeThread implements ThreadRef {

    private final ThreadId id;
    private volatile Priority priority = Priority.NORMAL;
    private volatile SchedulingPolicy policy = SchedulingPolicy.NORMAL;
    private volatile CpuSet affinity = CpuSet.ALL;
    private volatile long readyOrder;
    private volatile long readySinceNs;
    private final AtomicLong ranNs = new AtomicLong();
    private volatile boolean alive = true;
    private final AtomicReference<Runnable> whenAsked = new AtomicReference<>();

    /** A normal thread that may run anywhere. */
    public FakeThread(long id) {
        this.id = new ThreadId(id);
    }

    public FakeThread withPriority(int level) {
        priority = new Priority(level);
        return this;
    }

    public FakeThread withPolicy(SchedulingPolicy newPolicy) {
        policy = newPolicy;
        return this;
    }

    public FakeThread withAffinity(CpuSet newAffinity) {
        affinity = newAffinity;
        return this;
    }

    /**
     * Has {@code action} run, once, by whoever asks for the affinity next: in the midst of a decision about this thread.
     */
    public void whenAskedForAffinity(Runnable action) {
        whenAsked.set(action);
    }

    /** The thread becomes ready: it gets its place in the arrival order. */
    public void becomesReady(long order, long nowNs) {
        readyOrder = order;
        readySinceNs = nowNs;
    }

    /** The thread has used CPU time. */
    public void ran(long moreNs) {
        ranNs.addAndGet(moreNs);
    }

    /** The thread ends. */
    public void dies() {
        alive = false;
    }

    @Override
    public ThreadId id() {
        return id;
    }

    @Override
    public String name() {
        return "fake-" + id;
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public SchedulingPolicy policy() {
        return policy;
    }

    @Override
    public CpuSet affinity() {
        Runnable action = whenAsked.getPlain() == null ? null : whenAsked.getAndSet(null);
        if (action != null) {
            action.run();
        }
        return affinity;
    }

    @Override
    public long readyOrder() {
        return readyOrder;
    }

    @Override
    public long readySinceNs() {
        return readySinceNs;
    }

    @Override
    public long ranNs() {
        return ranNs.get();
    }

    @Override
    public boolean isAlive() {
        return alive;
    }

    @Override
    public String toString() {
        return name();
    }
}
