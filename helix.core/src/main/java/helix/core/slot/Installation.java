package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotStatus;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import java.util.Optional;

/**
 * Puts an occupant into a slot that has none, or in place of one that is thrown away without being asked anything. With
 * a kept state, the successor takes that over.
 *
 * <p>The slot is closed, or serves nobody, from the beginning; so a failure leaves it FAILED, or EMPTY where another
 * candidate may be tried.
 */
final class Installation {

    private final Slot slot;
    private final SwapRecord record;
    private final Successor successors;
    private final Migration migration;

    Installation(Slot slot, SwapRecord record, ModuleThread modules) {
        this.slot = slot;
        this.record = record;
        this.successors = new Successor(slot, modules);
        this.migration = new Migration(slot, record, modules);
    }

    /** Fills a slot that is EMPTY or FAILED; {@code kept} is what is left of the occupant before. */
    SwapOutcome fill(Candidate candidate, Optional<KeptState> kept) {
        record.to(candidate);
        slot.become(SlotStatus.LOADING);
        return install(candidate, kept);
    }

    /** Throws the occupant away, if there is one, and fills the slot. */
    SwapOutcome replace(Candidate candidate) {
        Optional<Occupant> present = slot.occupant();
        if (present.isEmpty()) {
            return fill(candidate, Optional.empty());
        }
        Occupant thrownAway = present.get();
        record.to(candidate);
        slot.become(SlotStatus.SWAPPING);
        closeOn(thrownAway);
        SwapOutcome outcome = install(candidate, Optional.empty());
        record.begin(SwapPhase.RETIRE);
        successors.discard(thrownAway);
        return outcome;
    }

    /** Calls that are inside may be the reason for the replacement: they are given the time of a drain, no more. */
    private void closeOn(Occupant thrownAway) {
        record.begin(SwapPhase.QUIESCE);
        boolean drained = new Drain(slot.gate(), record)
                .closeForGood(thrownAway.instance(), slot.settings().departureDrain());
        if (!drained) {
            record.dirty();
        }
    }

    private SwapOutcome install(Candidate candidate, Optional<KeptState> kept) {
        try {
            record.begin(SwapPhase.PREPARE);
            Occupant successor = successors.prepare(candidate);
            try {
                record.begin(SwapPhase.MIGRATE);
                successor = filled(successor, kept);
                record.begin(SwapPhase.PROBE);
                successors.probe(successor);
                successors.requirePresent(candidate);
            } catch (PhaseFailure e) {
                successors.discard(successor);
                throw e;
            }
            slot.install(successor);
            record.opened();
            return SwapOutcome.SWAPPED;
        } catch (PhaseFailure e) {
            record.failure(e.report());
            slot.failed(e.getMessage());
            record.opened();
            return SwapOutcome.FAILED;
        }
    }

    /** Returns who is to serve: {@code prepared}, or a fresh instance when it could not take the state. */
    private Occupant filled(Occupant prepared, Optional<KeptState> kept) throws PhaseFailure {
        Optional<Object> state = kept.flatMap(KeptState::state);
        if (state.isEmpty()) {
            successors.refill(prepared);
            return prepared;
        }
        try {
            requireSchema(prepared, kept.get());
        } catch (PhaseFailure e) {
            goOnWithout(e);
            successors.refill(prepared);
            return prepared;
        }
        try {
            migration.importInto(prepared, state.get());
            return prepared;
        } catch (PhaseFailure e) {
            goOnWithout(e);
            return successors.startFresh(prepared);
        }
    }

    private static void requireSchema(Occupant successor, KeptState kept) throws PhaseFailure {
        if (!kept.schema().equals(successor.candidate().info().stateSchema())) {
            throw new PhaseFailure(
                    SwapPhase.MIGRATE,
                    ErrorCode.STATE_MIGRATION_FAILED,
                    "the state of " + kept.module() + " is " + kept.schema().orElse("of no schema") + ", which "
                            + successor.id() + " does not take; replace goes without state",
                    null);
        }
    }

    /** The state cannot be carried: the policy says whether that is the end. */
    private void goOnWithout(PhaseFailure failure) throws PhaseFailure {
        if (slot.importPolicy() == ImportPolicy.ROLL_BACK) {
            throw failure;
        }
        record.failure(failure.report());
        record.state(StateOutcome.FRESH);
    }
}
