package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.slot.SlotStatus;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;

/** Takes the occupant out of a slot on request. A failed slot becomes empty. */
final class Removal {

    private final Slot slot;
    private final SwapRecord record;
    private final ModuleThread modules;

    Removal(Slot slot, SwapRecord record, ModuleThread modules) {
        this.slot = slot;
        this.record = record;
        this.modules = modules;
    }

    SwapOutcome run() {
        if (slot.occupant().isEmpty()) {
            slot.vacate(Slot.Vacancy.UNLOADED, "", System.nanoTime());
            slot.become(SlotStatus.EMPTY);
            return SwapOutcome.SWAPPED;
        }
        return takeOut(slot.occupant().get());
    }

    private SwapOutcome takeOut(Occupant old) {
        slot.become(SlotStatus.UNLOADING);
        record.begin(SwapPhase.QUIESCE);
        Drain drain = new Drain(slot.gate(), record);
        SlotSettings settings = slot.settings();
        if (!drain.close(old.instance(), settings.closeBudget(), settings.drainTimeout())) {
            record.failure(new PhaseFailure(
                            SwapPhase.QUIESCE,
                            ErrorCode.BUSY,
                            "calls did not leave " + old.id() + " within "
                                    + settings.drainTimeout().toMillis() + " ms",
                            null,
                            drain.stacks(),
                            false)
                    .report());
            slot.become(SlotStatus.ACTIVE);
            return SwapOutcome.BUSY;
        }
        Migration migration = new Migration(slot, record, modules);
        try {
            record.begin(SwapPhase.MIGRATE);
            migration.prepareUnload(old);
        } catch (PhaseFailure e) {
            return undo(e, old, migration);
        }
        retire(old);
        return SwapOutcome.SWAPPED;
    }

    /** What hangs is opened again as it is; what cannot be resumed is taken out after all. */
    private SwapOutcome undo(PhaseFailure failure, Occupant old, Migration migration) {
        record.failure(failure.report());
        if (failure.isHung()) {
            slot.remark(old.id() + " is suspect: " + failure.getMessage());
        } else {
            try {
                migration.resume(old);
            } catch (PhaseFailure e) {
                record.failure(e.report());
                retire(old);
                return SwapOutcome.FAILED;
            }
        }
        slot.gate().open(old.instance());
        record.opened();
        slot.become(SlotStatus.ACTIVE);
        return SwapOutcome.ROLLED_BACK;
    }

    private void retire(Occupant old) {
        slot.vacate(Slot.Vacancy.UNLOADED, "", System.nanoTime());
        record.opened();
        slot.become(SlotStatus.EMPTY);
        record.begin(SwapPhase.RETIRE);
        new Successor(slot, modules).discard(old);
    }
}
