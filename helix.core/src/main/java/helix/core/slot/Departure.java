package helix.core.slot;

import helix.api.kernel.KernelException;
import helix.api.slot.SlotStatus;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapReport;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The occupant's service is leaving, and there is no way back. On the thread that takes it away, while the instance
 * still lives: closes the gate, drains, takes the state, and lets callers wait for a successor.
 *
 * <p>Everything here runs inside the framework and is bounded: the wait for another transaction, the drain and each step
 * of the export may take as long as a drain in a departure.
 */
final class Departure {

    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
    private static final String REQUESTER = "service event";

    private final Slot slot;

    Departure(Slot slot) {
        this.slot = slot;
    }

    /**
     * Sees {@code leaving} off, if it serves.
     *
     * @return whether a successor is to be found
     */
    boolean of(Candidate leaving) {
        if (!slot.isServedBy(leaving) && !slot.isHeld()) {
            return false;
        }
        Optional<SwapRecord> claimed = claim(leaving);
        if (claimed.isEmpty()) {
            return false;
        }
        SwapRecord record = claimed.get();
        try {
            if (!slot.isServedBy(leaving)) {
                return false;
            }
            seeOff(slot.occupant().orElseThrow(), record);
        } catch (RuntimeException | Error defect) {
            LOG.error("slot={} a defect broke off the departure of {}", slot.name(), leaving.id(), defect);
            slot.abandon(leaving.id() + " has left, and a defect of the kernel lost its state: " + defect);
        } finally {
            slot.release(record);
        }
        return !slot.context().isStopping();
    }

    /** Another transaction may hold the slot; it is given the time of a drain to end. */
    private Optional<SwapRecord> claim(Candidate leaving) {
        long endNs = System.nanoTime() + slot.settings().departureDrain().toNanos();
        while (true) {
            try {
                return Optional.of(slot.claim(SwapKind.DEPARTURE, REQUESTER));
            } catch (KernelException busy) {
                if (System.nanoTime() - endNs > 0) {
                    LOG.error(
                            "slot={} {} left in the middle of another swap: {}",
                            slot.name(),
                            leaving.id(),
                            busy.getMessage());
                    return Optional.empty();
                }
                LockSupport.parkNanos(100_000);
            }
        }
    }

    private void seeOff(Occupant old, SwapRecord record) {
        try (ModuleThread modules =
                new ModuleThread(slot.name(), slot.settings().departureDrain())) {
            if (slot.context().isStopping()) {
                seeOffForGood(old, record, modules);
            } else {
                seeOff(old, record, modules);
            }
        }
    }

    /** The framework is stopping: there will be no successor, and no caller waits for one. */
    private void seeOffForGood(Occupant old, SwapRecord record, ModuleThread modules) {
        slot.become(SlotStatus.UNLOADING);
        slot.vacate(Slot.Vacancy.UNLOADED, "the framework is stopping", System.nanoTime());
        slot.become(SlotStatus.EMPTY);
        new Drain(slot.gate(), record).awaitLeft(slot.settings().departureDrain());
        retire(old, modules);
    }

    private void seeOff(Occupant old, SwapRecord record, ModuleThread modules) {
        long holdUntilNs = System.nanoTime() + slot.settings().hold().toNanos();
        slot.context().listeners().swapStarting(slot.name(), SwapKind.DEPARTURE, REQUESTER);
        slot.become(SlotStatus.UNLOADING);
        record.begin(SwapPhase.QUIESCE);
        if (!new Drain(slot.gate(), record)
                .closeForGood(old.instance(), slot.settings().departureDrain())) {
            record.dirty();
        }
        record.begin(SwapPhase.MIGRATE);
        slot.keep(takeState(old, record, modules));
        slot.vacate(Slot.Vacancy.DEPARTED, old.id() + " has left", holdUntilNs);
        slot.become(SlotStatus.EMPTY);
        record.begin(SwapPhase.RETIRE);
        retire(old, modules);
        SwapReport report = record.report(SwapOutcome.SWAPPED, Optional.empty(), slot.context());
        slot.context().history().add(report);
        slot.context().listeners().swapEnded(report);
    }

    private KeptState takeState(Occupant old, SwapRecord record, ModuleThread modules) {
        Optional<Object> state = Optional.empty();
        try {
            Migration migration = new Migration(slot, record, modules);
            migration.prepareUnload(old);
            state = migration.export(old);
            record.state(state.isPresent() ? StateOutcome.BY_REFERENCE : StateOutcome.NONE);
        } catch (PhaseFailure e) {
            LOG.warn("slot={} the state of {} is lost: {}", slot.name(), old.id(), e.getMessage());
            record.failure(e.report());
            record.state(StateOutcome.FRESH);
        }
        return new KeptState(old.id(), old.candidate().info().stateSchema(), state);
    }

    /** Only the module's own code is given a thread: the framework may hold locks for this one that giving back needs. */
    private void retire(Occupant old, ModuleThread modules) {
        new Successor(slot, modules).stop(old);
        try {
            old.release();
        } catch (RuntimeException | Error e) {
            LOG.warn("slot={} {} cannot be given back", slot.name(), old.id(), e);
        }
    }
}
