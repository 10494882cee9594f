package helix.core.thread;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.scheduler.Scheduler;
import helix.api.thread.BlockReason;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import java.util.function.LongSupplier;

/**
 * All the kernel's calls of the scheduler.
 *
 * <p><b>Shape.</b> Each call goes through the passage of the slot, and the mark that says whether the scheduler holds a
 * thread changes within the same passage. So while the gate is closed and drained, the marks are what the occupant
 * holds, to the thread.
 *
 * <p><b>Errors.</b> What a scheduler throws is counted and goes no further. A thread that it could not take is
 * <em>stranded</em>: ready, held by nobody, offered again later. The same happens when nothing serves the slot, so no
 * caller of the kernel ever learns of either, except from {@code admit}.
 */
final class SchedulerPort {

    /** The three ways into a scheduler. */
    private enum Way {
        ADD,
        WAKE,
        YIELD
    }

    private final SchedulerDoor door;
    private final ThreadTable table;
    private final LongSupplier clock;
    private final Chooser chooser;
    private final Stranded stranded = new Stranded();
    private final Holdings holdings;
    /** Taken inside the passage only, so a closed gate means that it is free. */
    private final Object topology = new Object();

    SchedulerPort(SchedulerDoor door, ThreadTable table, Holdings holdings, LongSupplier clock) {
        this.door = door;
        this.table = table;
        this.holdings = holdings;
        this.clock = clock;
        this.chooser = new Chooser(door, holdings, stranded);
    }

    /** Threads in the scheduler's hands. Exact while the gate is closed and drained. */
    long held() {
        return holdings.count();
    }

    /** Ready threads that no scheduler would take. */
    long stranded() {
        return stranded.size();
    }

    /** True when the last call found the slot empty. */
    boolean isEmpty() {
        return door.isEmpty();
    }

    /** Goes through the gate if it is open, without waiting. Calls until {@link #leave} do not wait either. */
    boolean tryEnter() {
        return door.tryOpen();
    }

    void leave() {
        door.close();
    }

    // ---- ready threads

    /**
     * Asks whether a thread may exist.
     *
     * @throws KernelException NOT_SUPPORTED
     */
    void admit(ControlBlock thread) {
        Scheduler scheduler = door.open();
        if (scheduler == null) {
            admitByDefault(thread);
            return;
        }
        try {
            admit(scheduler, thread);
        } finally {
            door.close();
        }
    }

    private void admit(Scheduler scheduler, ControlBlock thread) {
        try {
            scheduler.admit(thread);
        } catch (KernelException e) {
            if (e.code() == ErrorCode.NOT_SUPPORTED) {
                throw e;
            }
            door.fault("admit", e);
        } catch (Throwable e) {
            door.fault("admit", e);
        }
    }

    private static void admitByDefault(ControlBlock thread) {
        if (thread.policy() == SchedulingPolicy.DEADLINE) {
            throw new KernelException(
                    ErrorCode.NOT_SUPPORTED, "no scheduler is there that admits policy DEADLINE, have the others");
        }
    }

    /**
     * Enters a new thread into the table and gives it to the scheduler, once that has admitted it.
     *
     * @throws KernelException NOT_SUPPORTED; the thread does not exist then
     */
    void enlist(ControlBlock thread) {
        Scheduler scheduler = door.open();
        if (scheduler == null) {
            admitByDefault(thread);
            if (register(thread, Stage.FRESH)) {
                stranded.add(thread);
            }
            return;
        }
        try {
            admit(scheduler, thread);
            if (register(thread, Stage.FRESH)) {
                insert(scheduler, Way.ADD, null, thread, null, 0);
            }
        } finally {
            door.close();
        }
    }

    /**
     * As {@link #enlist} for a thread that has been admitted and has its carrier.
     *
     * @return false when it was killed before it became ready
     */
    boolean enlistCarried(ControlBlock thread) {
        boolean ready = register(thread, Stage.READY);
        if (ready) {
            insert(Way.ADD, null, thread, null, 0);
        }
        return ready;
    }

    private boolean register(ControlBlock thread, Stage readyAs) {
        table.add(thread);
        stamp(thread);
        return thread.tryBecome(Stage.CREATING, readyAs);
    }

    void stamp(ControlBlock thread) {
        thread.stampReady(table.nextOrder(), clock.getAsLong());
    }

    /** Gives back a thread that is ready again. */
    void wake(ControlBlock thread) {
        insert(Way.WAKE, null, thread, null, 0);
    }

    /** Gives back a thread whose turn has ended. */
    void yield(Cpu cpu, ControlBlock thread, SwitchReason reason, long ranNs) {
        insert(Way.YIELD, cpu, thread, reason, ranNs);
    }

    /** Sets a ready thread aside until the next {@link #revive}. */
    void strand(ControlBlock thread) {
        stranded.add(thread);
    }

    /** Offers all stranded threads again. Called within {@link #tryEnter} and {@link #leave}. */
    void revive() {
        for (long count = stranded.size(); count > 0; count--) {
            ControlBlock thread = stranded.poll();
            if (thread == null) {
                return;
            }
            Stage stage = thread.stage();
            if (stage.isReady()) {
                insert(stage == Stage.FRESH ? Way.ADD : Way.WAKE, null, thread, null, 0);
            }
        }
    }

    private void insert(Way way, Cpu cpu, ControlBlock thread, SwitchReason reason, long ranNs) {
        Scheduler scheduler = door.open();
        if (scheduler == null) {
            stranded.add(thread);
            return;
        }
        try {
            insert(scheduler, way, cpu, thread, reason, ranNs);
        } finally {
            door.close();
        }
    }

    /** The mark comes first: another CPU may pick the thread before the scheduler's method has returned. */
    private void insert(Scheduler scheduler, Way way, Cpu cpu, ControlBlock thread, SwitchReason reason, long ranNs) {
        holdings.take(thread);
        if (thread.stage() == Stage.DEAD) {
            holdings.release(thread);
            return;
        }
        try {
            switch (way) {
                case ADD -> scheduler.add(thread);
                case WAKE -> scheduler.wake(thread);
                case YIELD -> scheduler.yield(cpu.id(), thread, reason, ranNs);
            }
        } catch (Throwable e) {
            door.fault("add, wake or yield", e);
            if (holdings.release(thread)) {
                stranded.add(thread);
            }
        }
    }

    /** Takes out a thread that was killed in the queue. */
    void withdraw(ControlBlock thread) {
        if (!thread.isHeld()) {
            return;
        }
        Scheduler scheduler = door.open();
        if (scheduler == null) {
            return;
        }
        try {
            if (remove(scheduler, thread)) {
                holdings.release(thread);
            } else {
                // it dropped it already, or is still being given it
                holdings.abandon(thread);
            }
        } finally {
            door.close();
        }
    }

    /** Leaves a thread that was cancelled in the queue to the scheduler, to drop or to return. */
    void abandon(ControlBlock thread) {
        if (thread.isHeld() && door.open() != null) {
            try {
                holdings.abandon(thread);
            } finally {
                door.close();
            }
        }
    }

    private boolean remove(Scheduler scheduler, ControlBlock thread) {
        try {
            return scheduler.remove(thread);
        } catch (Throwable e) {
            door.fault("remove", e);
            return false;
        }
    }

    // ---- choosing

    /** As {@link Chooser#pick}. */
    ControlBlock pick(Cpu cpu, long nowNs) {
        return chooser.pick(cpu, nowNs);
    }

    /** Tells the scheduler that {@code ended} ran on a CPU and is no more. */
    void forget(ControlBlock ended) {
        Scheduler scheduler = door.open();
        if (scheduler != null) {
            try {
                remove(scheduler, ended);
            } finally {
                door.close();
            }
        }
    }

    /** As {@link #pick}, after telling the scheduler that {@code ended} ran on {@code cpu} and is no more. */
    ControlBlock pickAfter(ControlBlock ended, Cpu cpu, long nowNs) {
        Scheduler scheduler = door.open();
        if (scheduler == null) {
            return null;
        }
        try {
            remove(scheduler, ended);
            return chooser.pick(cpu, nowNs);
        } finally {
            door.close();
        }
    }

    // ---- the thread on a CPU

    void block(Cpu cpu, ControlBlock thread, BlockReason reason, long ranNs) {
        Scheduler scheduler = door.open();
        if (scheduler == null) {
            return;
        }
        try {
            scheduler.block(cpu.id(), thread, reason, ranNs);
        } catch (Throwable e) {
            door.fault("block", e);
        } finally {
            door.close();
        }
    }

    /** @return true when the thread on {@code cpu} is to give way */
    boolean tick(Cpu cpu, long nowNs) {
        Scheduler scheduler = door.open();
        if (scheduler == null) {
            return false;
        }
        try {
            return scheduler.tick(cpu.id(), nowNs);
        } catch (Throwable e) {
            door.fault("tick", e);
            return false;
        } finally {
            door.close();
        }
    }

    /** Tells the scheduler whether {@code cpu} is in use, as it is when the scheduler is told. */
    void announce(Cpu cpu) {
        Scheduler scheduler = door.open();
        if (scheduler == null) {
            return;
        }
        try {
            synchronized (topology) {
                cpu.announceTo(scheduler);
            }
        } catch (Throwable e) {
            door.fault("cpuOnline or cpuOffline", e);
        } finally {
            door.close();
        }
    }
}
