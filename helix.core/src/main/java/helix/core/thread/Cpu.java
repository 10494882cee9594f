package helix.core.thread;

import helix.api.kernel.CpuId;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.CpuView;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadId;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One CPU of the kernel: a place where one kernel thread runs at a time.
 *
 * <p><b>Shape.</b> {@link Activity} says whether the CPU is owned. The owner, one Java thread at a time, writes all the
 * rest; ownership passes by the activity, by a carrier's mailbox or by a carrier's hold, and each of them publishes.
 * The exceptions are the marks, which anybody may set and the owner takes.
 */
final class Cpu {

    /** Quanta a thread may go on after it was asked to give way, and what an unlimited quantum counts as. */
    private static final int PATIENCE = 10;

    private static final long NOMINAL_QUANTUM_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final CpuId id;
    private final AtomicReference<Activity> activity = new AtomicReference<>(Activity.IDLE);
    private final AtomicLong switches = new AtomicLong();
    private final AtomicLong preemptions = new AtomicLong();
    private final AtomicLong busyNs = new AtomicLong();
    private final AtomicLong overruns = new AtomicLong();
    private volatile ControlBlock current;
    private volatile boolean preempt;
    private volatile boolean tickMissed;
    private volatile boolean leaving;
    private long sinceNs;
    private long quantumNs;
    private boolean asked;
    private long askedNs;

    Cpu(CpuId id) {
        this.id = id;
    }

    CpuId id() {
        return id;
    }

    long mask() {
        return 1L << id.number();
    }

    // ---- ownership

    Activity activity() {
        return activity.get();
    }

    void setActivity(Activity next) {
        activity.set(next);
    }

    boolean changeActivity(Activity from, Activity to) {
        return activity.compareAndSet(from, to);
    }

    boolean isOnline() {
        return activity.get() != Activity.OFFLINE;
    }

    /** Tells a scheduler whether this CPU is in use. */
    void announceTo(Scheduler scheduler) {
        if (isOnline()) {
            scheduler.cpuOnline(id);
        } else {
            scheduler.cpuOffline(id);
        }
    }

    // ---- marks

    /** The thread on it is to give way at its next kernel entry. */
    boolean isPreempt() {
        return preempt;
    }

    void markPreempt() {
        preempt = true;
    }

    /** A tick, which has hold of the thread, asks it to give way. Counts an overrun when it was asked before. */
    void ask(long nowNs) {
        if (asked) {
            overruns.setRelease(overruns.getPlain() + 1);
        } else {
            asked = true;
            askedNs = nowNs;
        }
        preempt = true;
    }

    /** A tick found the thread inside the kernel; it does the tick's work itself before it leaves. */
    void markTickMissed() {
        tickMissed = true;
    }

    boolean takeTickMissed() {
        boolean missed = tickMissed;
        if (missed) {
            tickMissed = false;
        }
        return missed;
    }

    /** It is to go offline as soon as its thread has left. */
    boolean isLeaving() {
        return leaving;
    }

    void setLeaving(boolean wanted) {
        leaving = wanted;
    }

    // ---- for the owner

    ControlBlock current() {
        return current;
    }

    void setQuantum(long ns) {
        quantumNs = ns;
    }

    /** Books the time since the last call for {@code thread}, and returns it. */
    long account(ControlBlock thread, long nowNs) {
        long ran = Math.max(0, nowNs - sinceNs);
        sinceNs = nowNs;
        thread.addRan(ran);
        busyNs.setRelease(busyNs.getPlain() + ran);
        return ran;
    }

    /** Another turn for the thread that is on it. */
    void renew(long nowNs) {
        sinceNs = nowNs;
        preempt = false;
        asked = false;
    }

    void change(ControlBlock to, SwitchReason reason, long nowNs) {
        current = to;
        if (reason == SwitchReason.PREEMPTION) {
            preemptions.setRelease(preemptions.getPlain() + 1);
        }
        if (to != null) {
            to.countSwitch();
            switches.setRelease(switches.getPlain() + 1);
            tickMissed = false;
            renew(nowNs);
        }
    }

    /** True when the thread was asked to give way long ago. One that never was may run as long as it likes. */
    boolean isOverrun(long nowNs) {
        long quantum = quantumNs == SchedulingDecision.UNLIMITED ? NOMINAL_QUANTUM_NS : quantumNs;
        return asked && (nowNs - askedNs) / PATIENCE > quantum;
    }

    // ---- for operators

    long switches() {
        return switches.get();
    }

    CpuView view() {
        ControlBlock thread = current;
        Optional<ThreadId> running = Optional.ofNullable(thread).map(ControlBlock::id);
        return new CpuView(id, isOnline(), running, switches.get(), preemptions.get(), busyNs.get(), overruns.get());
    }
}
