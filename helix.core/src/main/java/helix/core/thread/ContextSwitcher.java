package helix.core.thread;

import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import java.util.function.LongSupplier;

/**
 * Takes threads off CPUs and makes them ready again. What the scheduler decides, this carries out.
 *
 * <p><b>Ordering.</b> A thread that stays ready is READY before the scheduler gets it, because another CPU may pick it
 * at once. A thread that waits is BLOCKED only after the scheduler was told, because a waker may give it back at once.
 * In both cases it may have another CPU before its carrier has given the old one away.
 *
 * <p><b>Progress.</b> A wake is never lost: whoever wants a thread awake leaves a mark and then looks at the stage; the
 * thread sets its stage and then looks at the marks.
 */
final class ContextSwitcher {

    private final CpuFeeder feeder;
    private final SchedulerPort port;
    private final LongSupplier clock;
    private final Counters counters;

    ContextSwitcher(CpuFeeder feeder, SchedulerPort port, LongSupplier clock, Counters counters) {
        this.feeder = feeder;
        this.port = port;
        this.clock = clock;
        this.counters = counters;
    }

    /** The carrier's thread gives its CPU up and stays ready; returns when it has one again. */
    void requeue(Carrier carrier, SwitchReason reason) {
        Cpu cpu = carrier.cpu();
        ControlBlock thread = carrier.thread();
        long ranNs = cpu.account(thread, clock.getAsLong());
        thread.become(Stage.READY);
        port.stamp(thread);
        port.yield(cpu, thread, reason, ranNs);
        if (leave(cpu, thread, reason)) {
            // it may run where its successor may not
            feeder.poke(thread);
            carrier.awaitGrant();
        }
    }

    /**
     * The carrier's thread gives its CPU up and waits; returns when it is awake and has a CPU again.
     *
     * @param to BLOCKED, SLEEPING or STOPPED
     * @param dueNs when a SLEEPING thread is to wake
     */
    void suspend(Carrier carrier, Stage to, BlockReason reason, long dueNs) {
        Cpu cpu = carrier.cpu();
        ControlBlock thread = carrier.thread();
        block(cpu, thread, to, reason, clock.getAsLong());
        WakeCause already = alreadyAwake(thread, to, dueNs);
        if (already != null) {
            makeReady(thread, to, already);
        }
        if (leave(cpu, thread, SwitchReason.BLOCKED)) {
            carrier.awaitGrant();
        }
    }

    private WakeCause alreadyAwake(ControlBlock thread, Stage to, long dueNs) {
        if (thread.isPending(ControlBlock.KILL)) {
            return WakeCause.KILL;
        }
        return switch (to) {
            case BLOCKED -> thread.takePermit() ? WakeCause.WAKE : null;
            case SLEEPING -> clock.getAsLong() >= dueNs ? WakeCause.DUE : null;
            case STOPPED -> thread.isPending(ControlBlock.STOP) ? null : WakeCause.RESUME;
            default -> null;
        };
    }

    /** The carrier's thread gives its CPU up and leaves the kernel to wait outside. */
    void detach(Carrier carrier) {
        Cpu cpu = carrier.cpu();
        ControlBlock thread = carrier.thread();
        block(cpu, thread, Stage.OUTSIDE, BlockReason.IO, clock.getAsLong());
        leave(cpu, thread, SwitchReason.BLOCKED);
        carrier.exitDetached();
    }

    /**
     * Takes the CPU of a thread that the tick has hold of, and lets go of it.
     *
     * @param overran true when it runs and will not stop, false when it waits
     */
    void take(Cpu cpu, Carrier carrier, boolean overran, long nowNs) {
        ControlBlock thread = carrier.thread();
        thread.countTaken(overran);
        (overran ? counters.compensated : counters.lostCpus).increment();
        block(cpu, thread, Stage.OUTSIDE, BlockReason.OTHER, nowNs);
        carrier.letGoDetached();
        ControlBlock next = feeder.next(cpu, thread, SwitchReason.INTERRUPT);
        if (next != null) {
            feeder.hand(cpu, next);
        }
    }

    private void block(Cpu cpu, ControlBlock thread, Stage to, BlockReason reason, long nowNs) {
        long ranNs = cpu.account(thread, nowNs);
        port.block(cpu, thread, reason, ranNs);
        thread.setReason(reason);
        thread.become(to);
    }

    /** @return false when the thread was chosen again and keeps its CPU */
    private boolean leave(Cpu cpu, ControlBlock thread, SwitchReason reason) {
        ControlBlock next = feeder.next(cpu, thread, reason);
        if (next == thread) {
            return false;
        }
        if (next != null) {
            feeder.hand(cpu, next);
        }
        return true;
    }

    /**
     * Ends the wait of a thread.
     *
     * @param from BLOCKED, OUTSIDE, SLEEPING or STOPPED
     * @return false when it is not there any more
     */
    boolean makeReady(ControlBlock thread, Stage from, WakeCause cause) {
        if (!thread.tryBecome(from, Stage.READY)) {
            return false;
        }
        thread.setWakeCause(cause);
        port.stamp(thread);
        port.wake(thread);
        feeder.poke(thread);
        return true;
    }
}
