package helix.core.thread;

import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Finds threads for CPUs and hands CPUs to threads. There is no thread of its own for that: who leaves a CPU finds the
 * next for it, and who makes a thread ready while a CPU is idle feeds that CPU.
 *
 * <p><b>Ordering.</b> No thread stays ready beside an idle CPU it may run on: an owner that found nothing says that it
 * searches <em>before</em> it looks for the last time, and who makes a thread ready looks for such owners
 * <em>after</em>. The kernel tick is the backstop for schedulers that break their promise.
 *
 * <p><b>Progress.</b> Nothing waits here but for the gate of the slot.
 */
final class CpuFeeder {

    private final CpuBank cpus;
    private final SchedulerPort port;
    private final Carriers carriers;
    private final Hooks hooks;
    private final LongSupplier clock;

    CpuFeeder(CpuBank cpus, SchedulerPort port, Carriers carriers, Hooks hooks, LongSupplier clock) {
        this.cpus = cpus;
        this.port = port;
        this.carriers = carriers;
        this.hooks = hooks;
        this.clock = clock;
    }

    /** Called after {@code thread} was given to the scheduler: gets an idle CPU to look at it, if there is one. */
    void poke(ControlBlock thread) {
        VarHandle.fullFence();
        long wanting = cpus.hungry() & thread.affinity().mask();
        if (wanting != 0) {
            pokeOne(wanting);
        }
    }

    private void pokeOne(long mask) {
        for (long left = mask; left != 0; left &= left - 1) {
            Cpu cpu = cpus.cpus().get(CpuBank.lowest(left));
            if (cpu.changeActivity(Activity.SEARCHING, Activity.NOTIFIED)) {
                return;
            }
            if (cpus.claim(cpu)) {
                feed(cpu);
                return;
            }
        }
    }

    /** As {@link #poke} for threads that became ready in numbers: gets every CPU that wants one to look. */
    void pokeAll() {
        VarHandle.fullFence();
        for (Cpu cpu : cpus.cpus()) {
            if (!cpu.changeActivity(Activity.SEARCHING, Activity.NOTIFIED) && cpus.claim(cpu)) {
                feed(cpu);
            }
        }
    }

    /** For the owner of a CPU without a thread. */
    void feed(Cpu cpu) {
        ControlBlock next = next(cpu, null, SwitchReason.NEW_THREAD);
        if (next != null) {
            hand(cpu, next);
        }
    }

    /**
     * For the owner of {@code cpu}: chooses who follows {@code from}, and does the bookkeeping of the switch.
     *
     * @param from who leaves; it may be chosen again
     * @return who now owns the CPU, to be handed over; {@code null} when the CPU is nobody's any more
     */
    ControlBlock next(Cpu cpu, ControlBlock from, SwitchReason reason) {
        long nowNs = clock.getAsLong();
        return follow(cpu, from, cpu.isLeaving() ? null : port.pick(cpu, nowNs), reason, nowNs);
    }

    /** As {@link #next} for a thread that has ended. */
    ControlBlock nextAfter(Cpu cpu, ControlBlock ended, long nowNs) {
        ControlBlock to = null;
        if (cpu.isLeaving()) {
            port.forget(ended);
        } else {
            to = port.pickAfter(ended, cpu, nowNs);
        }
        return follow(cpu, ended, to, SwitchReason.EXIT, nowNs);
    }

    private ControlBlock follow(Cpu cpu, ControlBlock from, ControlBlock to, SwitchReason reason, long nowNs) {
        if (to == null) {
            if (from != null) {
                change(cpu, from, null, reason, nowNs);
            }
            return search(cpu);
        }
        if (to == from) {
            cpu.renew(nowNs);
        } else {
            change(cpu, from, to, reason, nowNs);
        }
        return to;
    }

    private void change(Cpu cpu, ControlBlock from, ControlBlock to, SwitchReason reason, long nowNs) {
        hooks.before(cpu, from, to, reason);
        cpu.change(to, reason, nowNs);
        hooks.after(cpu, from, to, reason);
    }

    /** The last look before a CPU becomes idle, repeated as long as somebody makes threads ready meanwhile. */
    private ControlBlock search(Cpu cpu) {
        while (true) {
            if (cpu.isLeaving()) {
                if (goOffline(cpu)) {
                    return null;
                }
                continue;
            }
            cpus.beginSearch(cpu);
            long nowNs = clock.getAsLong();
            ControlBlock found = port.pick(cpu, nowNs);
            if (found != null) {
                boolean notified = cpus.endSearch(cpu);
                change(cpu, null, found, SwitchReason.NEW_THREAD, nowNs);
                if (notified) {
                    // what we were told of may not be what we found: pass it on
                    pokeOne(cpus.hungry());
                }
                return found;
            }
            if (!cpu.changeActivity(Activity.SEARCHING, Activity.IDLE)) {
                cpus.endSearch(cpu);
            } else if (!cpu.isLeaving() || !cpus.claim(cpu)) {
                return null;
            }
        }
    }

    /** Has an idle CPU that is to leave go offline. Of a busy one its owner takes care. */
    void dismiss(Cpu cpu) {
        if (cpus.claim(cpu)) {
            feed(cpu);
        }
    }

    /** Puts an offline CPU back to work. One that has not left yet stays by itself. */
    void callBack(Cpu cpu) {
        if (cpu.changeActivity(Activity.OFFLINE, Activity.OWNED)) {
            port.announce(cpu);
            feed(cpu);
        }
    }

    /** @return false when the CPU was called back meanwhile and is still ours */
    private boolean goOffline(Cpu cpu) {
        cpu.setActivity(Activity.OFFLINE);
        port.announce(cpu);
        pokeAll();
        if (!cpu.isLeaving() && cpu.changeActivity(Activity.OFFLINE, Activity.OWNED)) {
            port.announce(cpu);
            return false;
        }
        return true;
    }

    /** Gives {@code cpu} to the thread chosen for it. */
    void hand(Cpu cpu, ControlBlock thread) {
        Carrier carrier = thread.carrier();
        if (carrier != null) {
            carrier.grant(cpu);
            LockSupport.unpark(carrier);
        } else if (!carriers.carry(thread, cpu)) {
            putBack(cpu, thread);
        }
    }

    /** No Java thread could be had: another time, when there is memory or a spare carrier. */
    private void putBack(Cpu cpu, ControlBlock thread) {
        port.block(cpu, thread, BlockReason.MEMORY, 0);
        thread.become(Stage.FRESH);
        port.stamp(thread);
        change(cpu, thread, null, SwitchReason.INTERRUPT, clock.getAsLong());
        port.strand(thread);
        cpus.abandon(cpu);
    }
}
