package helix.core.thread;

import helix.core.gate.GateThread;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A Java thread that runs kernel threads, one at a time.
 *
 * <p><b>Shape.</b> {@link Hold} says who may decide about the CPU that the carrier has: in USER the tick may, by going
 * over TICK; in KERNEL only the carrier itself. A carrier that is DETACHED has none and gets one at its next kernel
 * entry. The mailbox {@code granted} is where it receives a CPU; what it gives away is {@code cpu}. These are two
 * variables because a waker may grant another CPU before the carrier has given its own away.
 *
 * <p><b>Ordering.</b> {@code cpu} and {@code thread} are written in KERNEL and read by the tick in TICK.
 *
 * <p>Kernel entries nest: only the outermost has effect.
 */
abstract class Carrier extends GateThread {

    /** Who decides about the carrier's CPU. */
    enum Hold {
        USER,
        KERNEL,
        TICK,
        DETACHED
    }

    private static final VarHandle HOLD = holdHandle();
    private static final int SPINS_BEFORE_YIELD = 256;

    private final KernelEntry entry;
    private volatile Hold hold = Hold.KERNEL;
    private volatile Cpu granted;
    private int depth = 1;
    private Cpu cpu;
    private ControlBlock thread;

    Carrier(String name, KernelEntry entry) {
        super(name);
        this.entry = entry;
        setDaemon(true);
        setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    private static VarHandle holdHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Carrier.class, "hold", Hold.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The calling thread if it runs a kernel thread of {@code machine}'s, else {@code null}. */
    static Carrier current(KernelEntry machine) {
        return Thread.currentThread() instanceof Carrier self && self.entry == machine && self.thread != null
                ? self
                : null;
    }

    final KernelEntry entry() {
        return entry;
    }

    // ---- kernel entry and exit, on this thread

    /** Enters the kernel; when the CPU was lost, waits for another. */
    final void enter() {
        if (depth++ == 0) {
            arrive();
        }
    }

    private void arrive() {
        for (int spins = 0; !HOLD.compareAndSet(this, Hold.USER, Hold.KERNEL); spins++) {
            if (hold == Hold.DETACHED) {
                hold = Hold.KERNEL;
                entry.rejoin(this);
                return;
            }
            // the tick is looking at us
            if (spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /**
     * Leaves the kernel; before that, what is pending takes effect.
     *
     * @throws ThreadKilled when the thread is to end; it is outside the kernel then
     */
    final void exit() {
        if (depth > 1) {
            depth--;
            return;
        }
        try {
            entry.attend(this);
        } finally {
            depth = 0;
            hold = Hold.USER;
        }
    }

    /** Leaves the kernel without a CPU; it was given away. */
    final void exitDetached() {
        cpu = null;
        depth = 0;
        hold = Hold.DETACHED;
    }

    /** True inside a kernel entry that another one made: a wait is impossible there. */
    final boolean isNested() {
        return depth > 1;
    }

    /** True inside the kernel. */
    final boolean isInKernel() {
        return depth > 0;
    }

    // ---- what it carries, on this thread or by the tick

    final Cpu cpu() {
        return cpu;
    }

    final void setCpu(Cpu newCpu) {
        cpu = newCpu;
    }

    final ControlBlock thread() {
        return thread;
    }

    final void setThread(ControlBlock newThread) {
        thread = newThread;
    }

    // ---- the tick

    /** Takes hold of a carrier that is outside the kernel. */
    final boolean tryHold() {
        return HOLD.compareAndSet(this, Hold.USER, Hold.TICK);
    }

    /** Lets go of it, and lets it keep its CPU. */
    final void letGo() {
        hold = Hold.USER;
    }

    /** Lets go of it without its CPU. From here on it may come for another at any moment. */
    final void letGoDetached() {
        cpu = null;
        hold = Hold.DETACHED;
    }

    // ---- the mailbox

    /** Puts a CPU into the mailbox; the caller unparks. */
    final void grant(Cpu newCpu) {
        granted = newCpu;
    }

    final boolean isGranted() {
        return granted != null;
    }

    /** Parks until a CPU is granted, and takes it. An interrupt ends the wait of the thread, and is kept. */
    final void awaitGrant() {
        boolean interrupted = false;
        while (granted == null) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                interrupted = true;
                entry.interrupted(thread);
            }
        }
        takeGrant();
        if (interrupted) {
            interrupt();
        }
    }

    final void takeGrant() {
        cpu = granted;
        granted = null;
    }

    // ---- running

    /**
     * Runs the body of the thread, with kernel exit before and entry after it.
     *
     * @return what it threw, {@code null} for nothing
     */
    final Throwable carry() {
        Throwable failure = null;
        try {
            exit();
            thread.body();
        } catch (Throwable e) {
            failure = e;
        }
        enter();
        return failure;
    }

    /** Hands the CPU to another carrier's thread, or to a carrier for an unstarted one. */
    final void handOn(ControlBlock next) {
        Cpu given = cpu;
        cpu = null;
        entry.hand(given, next);
    }
}
