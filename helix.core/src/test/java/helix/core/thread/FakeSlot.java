package helix.core.thread;

import helix.api.kernel.ErrorCode;
import helix.api.scheduler.Scheduler;
import helix.api.slot.SlotUnavailableException;
import helix.core.slot.Passage;
import helix.core.slot.StateKeeper;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A slot whose gate is a read-write lock: calls hold the read side, a swap holds the write side. */
final class FakeSlot implements Passage<Scheduler> {

    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private StateKeeper keeper;
    private Scheduler occupant;

    Passage<Scheduler> keptBy(StateKeeper newKeeper) {
        keeper = newKeeper;
        return this;
    }

    @Override
    public Scheduler enter() {
        gate.readLock().lock();
        if (occupant == null) {
            gate.readLock().unlock();
            throw new SlotUnavailableException(ErrorCode.SLOT_EMPTY, "nothing serves slot 'scheduler'");
        }
        return occupant;
    }

    @Override
    public Scheduler tryEnter() {
        if (!gate.readLock().tryLock()) {
            return null;
        }
        if (occupant == null) {
            gate.readLock().unlock();
        }
        return occupant;
    }

    @Override
    public void leave() {
        gate.readLock().unlock();
    }

    /** Closes the gate, waits for the calls inside, and runs {@code action}. */
    void whileClosed(Runnable action) {
        gate.writeLock().lock();
        try {
            action.run();
        } finally {
            gate.writeLock().unlock();
        }
    }

    void empty() {
        whileClosed(() -> occupant = null);
    }

    /** Puts a successor in that starts without state. */
    void refill(Scheduler successor) {
        whileClosed(() -> {
            try {
                keeper.refill(successor);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            occupant = successor;
        });
    }

    /** Puts a successor in that has the old one's state; the keeper judges it. */
    void carry(QueueScheduler old, QueueScheduler successor) {
        whileClosed(() -> {
            successor.adopt(old.export());
            try {
                keeper.check(successor);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            occupant = successor;
        });
    }
}
