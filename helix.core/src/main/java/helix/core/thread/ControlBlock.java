package helix.core.thread;

import helix.api.kernel.CpuSet;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.BlockReason;
import helix.api.thread.Priority;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadRef;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One kernel thread: what it is, where it is in its life, and what is asked of it. Subclasses say what it does.
 *
 * <p><b>Shape.</b> Four words change under contention, each by compare-and-set and each on its own: the stage, whether
 * the scheduler holds the thread, what is pending, and the wake permit. Everything else is written by the one thread
 * that owns the kernel thread at that moment and published by the stage or by the scheduler's queue.
 *
 * <p><b>Ordering.</b> {@code held} implies READY, or DEAD when the thread was killed in the queue: it leaves READY
 * only through whoever takes it out of {@code held}, or by dying.
 *
 * <p><b>Errors.</b> A change of stage that the table of {@link helix.api.thread.ThreadState} forbids is INVALID_STATE.
 */
abstract class ControlBlock extends TableKey implements ThreadRef {

    /** Pending: to end at the next kernel entry. */
    static final int KILL = 1;
    /** Pending: to be held at the next kernel entry. */
    static final int STOP = 2;
    /** Added to pending by each thread that is interrupting the carrier just now. */
    private static final int INTERRUPTER = 1 << 8;

    private static final VarHandle STAGE = handle("stage", Stage.class);
    private static final VarHandle HELD = handle("held", boolean.class);
    private static final VarHandle PENDING = handle("pending", int.class);
    private static final VarHandle PERMIT = handle("permit", boolean.class);
    private static final VarHandle READY_ORDER = handle("readyOrder", long.class);
    private static final VarHandle READY_SINCE = handle("readySinceNs", long.class);
    private static final VarHandle RAN = handle("ranNs", long.class);
    private static final VarHandle SWITCHES = handle("switches", long.class);

    private final ThreadOptions options;
    private volatile Stage stage = Stage.CREATING;
    private volatile boolean held;
    private volatile int pending;
    private volatile boolean permit;
    private volatile Priority priority;
    private volatile Carrier carrier;
    private volatile BlockReason reason;
    private volatile int lostCpu;
    private volatile int compensated;
    // read and written through their handles
    @SuppressWarnings("UnusedVariable")
    private long readyOrder;

    @SuppressWarnings("UnusedVariable")
    private long readySinceNs;

    private long ranNs;
    private long switches;
    private WakeCause wakeCause;

    ControlBlock(long number, ThreadOptions options) {
        super(number);
        this.options = options;
        this.priority = options.priority();
    }

    private static VarHandle handle(String field, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(ControlBlock.class, field, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Does what the thread is for, on its carrier, outside the kernel.
     *
     * @throws Exception what the user's code throws
     */
    abstract void body() throws Exception;

    /** True when the thread waits as a ZOMBIE for somebody who takes its exit value. */
    abstract boolean isJoinable();

    /**
     * Told once that the thread has ended, after its stage says so.
     *
     * @param failure what the body threw, a {@link ThreadKilled} also when it never ran, {@code null} for nothing
     */
    abstract void ended(Throwable failure);

    /** The executor's life that this thread counts for, {@code null} for none. */
    ExecutorLife life() {
        return null;
    }

    // ---- what the scheduler sees

    @Override
    public final ThreadId id() {
        return new ThreadId(number());
    }

    @Override
    public final String name() {
        return options.name().isBlank() ? "thread-" + number() : options.name();
    }

    @Override
    public final Priority priority() {
        return priority;
    }

    final void setPriority(Priority newPriority) {
        priority = newPriority;
    }

    @Override
    public final SchedulingPolicy policy() {
        return options.policy();
    }

    @Override
    public final CpuSet affinity() {
        return options.affinity();
    }

    @Override
    public final long readyOrder() {
        return (long) READY_ORDER.getOpaque(this);
    }

    @Override
    public final long readySinceNs() {
        return (long) READY_SINCE.getOpaque(this);
    }

    @Override
    public final long ranNs() {
        return (long) RAN.getOpaque(this);
    }

    @Override
    public final boolean isAlive() {
        return stage.isAlive();
    }

    // ---- stage

    final Stage stage() {
        return stage;
    }

    /**
     * Goes from {@code from} to {@code to}, unless it is not in {@code from} any more.
     *
     * @throws KernelException INVALID_STATE when no thread may do that
     */
    final boolean tryBecome(Stage from, Stage to) {
        if (!from.canBecome(to)) {
            throw new KernelException(
                    ErrorCode.INVALID_STATE,
                    "thread " + number() + " '" + name() + "' cannot go from " + from.state() + " to " + to.state()
                            + ", only to " + from.state().successors());
        }
        return STAGE.compareAndSet(this, from, to);
    }

    /**
     * Goes to {@code to} from wherever it is. For the owner of the thread, whom nobody races.
     *
     * @throws KernelException INVALID_STATE when the thread may not do that where it is
     */
    final void become(Stage to) {
        Stage from = stage;
        if (!tryBecome(from, to)) {
            throw new KernelException(
                    ErrorCode.INVALID_STATE,
                    "thread " + number() + " '" + name() + "' left " + from.state() + " on its way to " + to.state());
        }
    }

    // ---- whether the scheduler holds it

    final boolean isHeld() {
        return held;
    }

    final void setHeld() {
        held = true;
    }

    /** Takes the thread out of the scheduler's hands; true for exactly one caller per {@link #setHeld}. */
    final boolean takeHeld() {
        return HELD.compareAndSet(this, true, false);
    }

    // ---- what is asked of it

    final boolean isPending(int what) {
        return (pending & what) != 0;
    }

    final void setPending(int what) {
        PENDING.getAndBitwiseOr(this, what);
    }

    final void clearPending(int what) {
        PENDING.getAndBitwiseAnd(this, ~what);
    }

    final void givePermit() {
        permit = true;
    }

    final boolean takePermit() {
        return permit && PERMIT.compareAndSet(this, true, false);
    }

    /**
     * Interrupts the Java thread under this one, if there is one. Never hits a carrier that went on to another thread:
     * the ending thread waits for interrupters, and they look at the stage after announcing themselves.
     */
    final void interruptCarrier() {
        PENDING.getAndAdd(this, INTERRUPTER);
        try {
            Carrier target = carrier;
            if (target != null && stage.isAlive()) {
                target.interrupt();
            }
        } finally {
            PENDING.getAndAdd(this, -INTERRUPTER);
        }
    }

    /** Waits until nobody is between announcing an interrupt and delivering it. Called after the stage says ended. */
    final void awaitInterrupters() {
        while (pending >= INTERRUPTER) {
            Thread.onSpinWait();
        }
    }

    // ---- who runs it, and the books

    final Carrier carrier() {
        return carrier;
    }

    final void setCarrier(Carrier newCarrier) {
        carrier = newCarrier;
    }

    final BlockReason reason() {
        return reason;
    }

    final void setReason(BlockReason newReason) {
        reason = newReason;
    }

    final WakeCause wakeCause() {
        return wakeCause;
    }

    final void setWakeCause(WakeCause cause) {
        wakeCause = cause;
    }

    /** Called by whoever is about to make the thread ready. */
    final void stampReady(long order, long nowNs) {
        READY_ORDER.setOpaque(this, order);
        READY_SINCE.setOpaque(this, nowNs);
    }

    /** Called by the owner of the CPU it ran on. */
    final void addRan(long ns) {
        RAN.setOpaque(this, ranNs + ns);
    }

    /** Called by the owner of the CPU that is given to it. */
    final void countSwitch() {
        SWITCHES.setOpaque(this, switches + 1);
    }

    final long switches() {
        return (long) SWITCHES.getOpaque(this);
    }

    /** Called by the tick while it has hold of the thread: one writer at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    final void countTaken(boolean overran) {
        if (overran) {
            compensated = compensated + 1;
        } else {
            lostCpu = lostCpu + 1;
        }
    }

    final int lostCpu() {
        return lostCpu;
    }

    final int compensated() {
        return compensated;
    }

    @Override
    public final String toString() {
        return number() + " '" + name() + "' " + stage;
    }
}
