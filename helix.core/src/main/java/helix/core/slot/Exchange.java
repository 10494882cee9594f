package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotStatus;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the occupant of a slot by a successor while callers keep calling.
 *
 * <p><b>Shape.</b> The six phases of {@link SwapPhase}, in order, each on the transaction's thread; module code runs on a
 * {@link ModuleThread}. Until the successor is published, every failure is undone: the successor is discarded, the old
 * occupant resumed if it had been asked to rest, the gate opened to it.
 *
 * <p><b>Ordering.</b> What callers did in the old occupant happens-before its export; the import happens-before the
 * first call that sees the successor. Both edges are the gate's.
 *
 * <p><b>Errors.</b> A failure before publication ends ROLLED_BACK, calls that would not leave end BUSY. A failing resume
 * ends FAILED: the slot serves nobody. An old occupant that hangs is opened again as it is, without resume, and said to
 * be suspect. What fails after publication is reported and harms nobody.
 */
final class Exchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Slot slot;
    private final SwapRecord record;
    private final Candidate candidate;
    private final boolean fresh;
    private final Occupant old;
    private final Successor successors;
    private final Migration migration;
    private final Drain drain;

    /** How far the old occupant has been brought, which decides how it is brought back. */
    private enum Rest {
        /** Not touched: nothing to undo. */
        SERVING,
        /** In {@code prepareUnload} or {@code exportState}: what hangs now is the old occupant itself. */
        GOING,
        /** Has given its state away. */
        RESTING
    }

    private Rest rest = Rest.SERVING;

    Exchange(Slot slot, SwapRecord record, Candidate candidate, boolean fresh, ModuleThread modules) {
        this.slot = slot;
        this.record = record;
        this.candidate = candidate;
        this.fresh = fresh;
        this.old = slot.occupant().orElseThrow();
        this.successors = new Successor(slot, modules);
        this.migration = new Migration(slot, record, modules);
        this.drain = new Drain(slot.gate(), record);
    }

    /** Carries the swap out. The slot is claimed by the caller. */
    SwapOutcome run() {
        slot.become(SlotStatus.SWAPPING);
        record.to(candidate);
        Occupant successor;
        try {
            record.begin(SwapPhase.PREPARE);
            successor = successors.prepare(candidate);
        } catch (PhaseFailure e) {
            return rolledBack(e);
        }
        return canPublishFirst() ? publishThenDrain(successor) : drainThenPublish(successor);
    }

    private boolean canPublishFirst() {
        return old.candidate().info().stateless() && slot.keeper().isEmpty();
    }

    /** Nothing has to cross, so no caller has to wait: new calls go to the successor while old ones end. */
    private SwapOutcome publishThenDrain(Occupant successor) {
        try {
            record.begin(SwapPhase.PROBE);
            successors.probe(successor);
            successors.requirePresent(candidate);
        } catch (PhaseFailure e) {
            successors.discard(successor);
            return rolledBack(e);
        }
        slot.install(successor);
        record.begin(SwapPhase.QUIESCE);
        if (!drain.awaitLeft(slot.settings().drainTimeout())) {
            record.failure(new PhaseFailure(
                            SwapPhase.QUIESCE,
                            ErrorCode.BUSY,
                            "calls still run in " + old.id() + ", which is stopped all the same",
                            null,
                            drain.stacks(),
                            false)
                    .report());
        }
        return retire();
    }

    private SwapOutcome drainThenPublish(Occupant prepared) {
        record.begin(SwapPhase.QUIESCE);
        SlotSettings settings = slot.settings();
        if (!drain.close(old.instance(), settings.closeBudget(), settings.drainTimeout())) {
            return busy(prepared);
        }
        Occupant successor = prepared;
        try {
            record.begin(SwapPhase.MIGRATE);
            successor = migrate(prepared);
            record.begin(SwapPhase.PROBE);
            successors.probe(successor);
            successors.requirePresent(candidate);
        } catch (PhaseFailure e) {
            return undo(e, successor);
        }
        slot.install(successor);
        record.opened();
        return retire();
    }

    private SwapOutcome busy(Occupant prepared) {
        PhaseFailure failure = new PhaseFailure(
                SwapPhase.QUIESCE,
                ErrorCode.BUSY,
                "calls did not leave " + old.id() + " within "
                        + slot.settings().drainTimeout().toMillis() + " ms",
                null,
                drain.stacks(),
                false);
        successors.discard(prepared);
        record.failure(failure.report());
        slot.become(SlotStatus.ACTIVE);
        return SwapOutcome.BUSY;
    }

    /** Returns who is to be published: {@code prepared}, or a fresh instance when it could not take the state. */
    private Occupant migrate(Occupant prepared) throws PhaseFailure {
        if (fresh || old.state().isEmpty()) {
            record.state(old.state().isEmpty() ? StateOutcome.NONE : StateOutcome.FRESH);
            successors.refill(prepared);
            return prepared;
        }
        rest = Rest.GOING;
        migration.prepareUnload(old);
        Optional<Object> state = migration.export(old);
        rest = Rest.RESTING;
        if (state.isEmpty()) {
            record.state(StateOutcome.NONE);
            successors.refill(prepared);
            return prepared;
        }
        try {
            migration.importInto(prepared, state.get());
            return prepared;
        } catch (PhaseFailure e) {
            if (slot.importPolicy() == ImportPolicy.ROLL_BACK) {
                throw e;
            }
            record.failure(e.report());
            record.state(StateOutcome.FRESH);
            return successors.startFresh(prepared);
        }
    }

    private SwapOutcome undo(PhaseFailure failure, Occupant successor) {
        record.failure(failure.report());
        if (failure.isHung() && rest == Rest.GOING) {
            slot.gate().open(old.instance());
            slot.remark(old.id() + " is suspect: " + failure.getMessage());
        } else if (!resume()) {
            return failed(successor);
        } else {
            slot.gate().open(old.instance());
        }
        record.opened();
        slot.become(SlotStatus.ACTIVE);
        successors.discard(successor);
        return SwapOutcome.ROLLED_BACK;
    }

    private boolean resume() {
        if (rest == Rest.SERVING) {
            return true;
        }
        try {
            migration.resume(old);
            return true;
        } catch (PhaseFailure e) {
            LOG.error("slot={} rollback failed: {}", slot.name(), e.getMessage(), e);
            record.failure(e.report());
            return false;
        }
    }

    private SwapOutcome failed(Occupant successor) {
        slot.vacate(Slot.Vacancy.UNLOADED, "rollback to " + old.id() + " failed", System.nanoTime());
        record.opened();
        slot.become(SlotStatus.FAILED);
        successors.discard(successor);
        successors.discard(old);
        return SwapOutcome.FAILED;
    }

    private SwapOutcome rolledBack(PhaseFailure failure) {
        record.failure(failure.report());
        slot.become(SlotStatus.ACTIVE);
        return SwapOutcome.ROLLED_BACK;
    }

    private SwapOutcome retire() {
        record.begin(SwapPhase.RETIRE);
        successors.discard(old);
        return SwapOutcome.SWAPPED;
    }
}
