package helix.core.thread;

import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import java.util.function.LongSupplier;

/**
 * What happens to a carrier where user code meets the kernel: at entry, at exit, at the start and at the end of a
 * thread. All on the carrier itself.
 */
final class KernelEntry {

    private final ContextSwitcher switcher;
    private final CpuFeeder feeder;
    private final SchedulerPort port;
    private final Exits exits;
    private final LongSupplier clock;

    KernelEntry(ContextSwitcher switcher, CpuFeeder feeder, SchedulerPort port, Exits exits, LongSupplier clock) {
        this.switcher = switcher;
        this.feeder = feeder;
        this.port = port;
        this.exits = exits;
        this.clock = clock;
    }

    /**
     * Kernel exit: does what is pending, until nothing is.
     *
     * @throws ThreadKilled when the thread is to end
     */
    void attend(Carrier carrier) {
        ControlBlock thread = carrier.thread();
        while (true) {
            if (thread.isPending(ControlBlock.KILL)) {
                throw new ThreadKilled(thread.name());
            }
            if (thread.isPending(ControlBlock.STOP)) {
                switcher.suspend(carrier, Stage.STOPPED, BlockReason.SIGNAL, Long.MAX_VALUE);
            } else if (mustGiveWay(carrier.cpu())) {
                switcher.requeue(carrier, SwitchReason.PREEMPTION);
            } else {
                return;
            }
        }
    }

    private boolean mustGiveWay(Cpu cpu) {
        if (cpu.takeTickMissed() && port.tick(cpu, clock.getAsLong())) {
            cpu.markPreempt();
        }
        return cpu.isPreempt() || cpu.isLeaving();
    }

    /** Kernel entry without a CPU: queues up for one and waits for it. */
    void rejoin(Carrier carrier) {
        switcher.makeReady(carrier.thread(), Stage.OUTSIDE, WakeCause.WAKE);
        carrier.awaitGrant();
    }

    /** The carrier of {@code thread} was interrupted in the kernel. Only BLOCKED and SLEEPING end by that. */
    void interrupted(ControlBlock thread) {
        Stage stage = thread.stage();
        if (stage == Stage.BLOCKED || stage == Stage.SLEEPING) {
            switcher.makeReady(thread, stage, WakeCause.INTERRUPT);
        }
    }

    /**
     * Makes a thread that has its own carrier known, and ready.
     *
     * @return false when it was killed at that moment; it gets no CPU then
     */
    boolean begin(ControlBlock thread) {
        boolean ready = port.enlistCarried(thread);
        if (ready) {
            feeder.poke(thread);
        }
        return ready;
    }

    /**
     * The carrier's thread has ended.
     *
     * @return who owns the carrier's CPU now; {@code null} when the carrier has none any more
     */
    ControlBlock end(Carrier carrier, Throwable failure) {
        ControlBlock thread = carrier.thread();
        Cpu cpu = carrier.cpu();
        long nowNs = clock.getAsLong();
        cpu.account(thread, nowNs);
        exits.ended(thread, failure);
        ControlBlock next = feeder.nextAfter(cpu, thread, nowNs);
        carrier.setThread(null);
        if (next == null) {
            carrier.setCpu(null);
        }
        return next;
    }

    void hand(Cpu cpu, ControlBlock next) {
        feeder.hand(cpu, next);
    }
}
