package helix.core.thread;

import helix.api.scheduler.Scheduler;
import helix.api.slot.SlotUnavailableException;
import helix.core.slot.Passage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kernel's side of the passage to the scheduler: an empty slot is an answer here, and faults are counted. */
final class SchedulerDoor {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerDoor.class);

    private final Passage<Scheduler> passage;
    private final Counters counters;
    private volatile boolean empty;

    SchedulerDoor(Passage<Scheduler> passage, Counters counters) {
        this.passage = passage;
        this.counters = counters;
    }

    /**
     * Enters, waiting while the gate is closed.
     *
     * @return {@code null} when nothing serves the slot; nothing was entered then
     */
    Scheduler open() {
        try {
            Scheduler scheduler = passage.enter();
            if (empty) {
                empty = false;
            }
            return scheduler;
        } catch (SlotUnavailableException e) {
            empty = true;
            return null;
        }
    }

    /** Enters if the gate is open, without waiting. Entering again until {@link #close} does not wait either. */
    boolean tryOpen() {
        return passage.tryEnter() != null;
    }

    /** Leaves. */
    void close() {
        passage.leave();
    }

    /** True when the last that entered found the slot empty. */
    boolean isEmpty() {
        return empty;
    }

    /** The scheduler threw. */
    void fault(String call, Throwable thrown) {
        counters.schedulerFaults.increment();
        LOG.debug("The scheduler failed in {}", call, thrown);
    }

    /** The scheduler gave an answer that cannot be used. */
    void fault() {
        counters.schedulerFaults.increment();
    }
}
