package helix.core.thread;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.scheduler.Scheduler;
import helix.core.slot.StateKeeper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Knows what a scheduler must hold, from the thread table. Called while the gate of the slot is closed and drained, so
 * the marks of the threads stand still.
 *
 * <p>Neither method changes a mark of a living thread: when the successor is given up later, the old occupant still
 * holds what they say. Threads on their way in, and stranded ones, are held by nobody and come by themselves.
 */
final class QueueKeeper implements StateKeeper {

    private final CpuBank cpus;
    private final ThreadTable table;
    private final Holdings holdings;
    private final Counters counters;

    QueueKeeper(CpuBank cpus, ThreadTable table, Holdings holdings, Counters counters) {
        this.cpus = cpus;
        this.table = table;
        this.holdings = holdings;
        this.counters = counters;
    }

    /**
     * The state may come from a time when other CPUs were in use, so these are told first. Only the
     * living count: a successor leaves the dead out that its predecessor still had.
     */
    @Override
    public void check(Object successor) {
        Scheduler scheduler = (Scheduler) successor;
        announceCpus(scheduler);
        long holds = scheduler.stats().ready();
        if (holds != holdings.count()) {
            holdings.abandonDead();
        }
        long expected = holdings.count();
        if (holds != expected) {
            throw new KernelException(
                    ErrorCode.STATE_MIGRATION_FAILED,
                    "the successor took " + holds + " ready threads, the kernel counts " + expected);
        }
    }

    @Override
    public void refill(Object successor) {
        Scheduler scheduler = (Scheduler) successor;
        announceCpus(scheduler);
        List<ControlBlock> ready = new ArrayList<>();
        for (ControlBlock thread : table.all()) {
            if (thread.isHeld()) {
                if (thread.stage().isReady()) {
                    ready.add(thread);
                } else {
                    holdings.release(thread);
                }
            }
        }
        ready.sort(Comparator.comparingLong(ControlBlock::readyOrder));
        ready.forEach(scheduler::add);
        counters.refills.increment();
    }

    private void announceCpus(Scheduler scheduler) {
        cpus.cpus().forEach(cpu -> cpu.announceTo(scheduler));
    }
}
