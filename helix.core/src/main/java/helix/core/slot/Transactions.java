package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins transactions on request and sees them through: one per slot at a time, each on a thread of its own. Whatever
 * happens inside, the slot is released and the report is told, exactly once.
 */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private final Verification verification = new Verification();
    private final Succession succession = new Succession(this);

    /** The body of a transaction. */
    @FunctionalInterface
    interface Body {
        SwapOutcome run(SwapRecord record, ModuleThread modules);
    }

    Succession succession() {
        return succession;
    }

    /** Judges a request and carries it out. */
    CompletionStage<SwapReport> begin(Slot slot, SwapRequest request) {
        Candidate candidate = request.kind() == SwapKind.UNLOAD ? null : verification.candidate(slot, request);
        verification.occupancy(slot, request.kind());
        ModuleThread modules = new ModuleThread(slot.name(), slot.settings().phaseTimeout());
        SwapRecord record = slot.claim(request.kind(), request.requester());
        CompletableFuture<SwapReport> done = new CompletableFuture<>();
        try {
            verification.occupancy(slot, request.kind());
            verification.withSlotInHand(slot, request, candidate, modules);
            Body body = committed(slot, request.kind(), body(slot, request, candidate));
            slot.context().start(slot, () -> done.complete(seeThrough(slot, record, modules, body)));
        } catch (RuntimeException | Error refused) {
            // whatever it is, even that no thread can be had: the slot must not stay held
            modules.close();
            slot.release(record);
            throw refused;
        }
        return done;
    }

    /** What was asked for is remembered while the slot is still held, so that a later swap is not overwritten. */
    private static Body committed(Slot slot, SwapKind kind, Body body) {
        return (record, modules) -> {
            SwapOutcome outcome = body.run(record, modules);
            if (outcome == SwapOutcome.SWAPPED && kind != SwapKind.UNLOAD) {
                slot.context().commit(slot);
            }
            return outcome;
        };
    }

    private static Body body(Slot slot, SwapRequest request, Candidate candidate) {
        return switch (request.kind()) {
            case SWAP -> (record, modules) -> new Exchange(slot, record, candidate, request.fresh(), modules).run();
            case LOAD ->
                (record, modules) -> new Installation(slot, record, modules)
                        .fill(candidate, request.fresh() ? Optional.empty() : slot.kept());
            case REPLACE -> (record, modules) -> new Installation(slot, record, modules).replace(candidate);
            case UNLOAD -> (record, modules) -> new Removal(slot, record, modules).run();
            case DEPARTURE -> throw new IllegalArgumentException("departures are not requested");
        };
    }

    /**
     * Fills a slot without anybody having asked, on the calling thread.
     *
     * @return the report; empty when the slot is held by somebody else or is not open to {@code candidate} any more
     */
    Optional<SwapReport> fill(Slot slot, Candidate candidate, String requester) {
        SwapRecord record;
        try {
            record = slot.claim(SwapKind.LOAD, requester);
        } catch (KernelException held) {
            LOG.debug("slot={} not filled with {}: {}", slot.name(), candidate.id(), held.getMessage());
            return Optional.empty();
        }
        if (!slot.isOpenTo(candidate)) {
            slot.release(record);
            return Optional.empty();
        }
        ModuleThread modules = new ModuleThread(slot.name(), slot.settings().phaseTimeout());
        return Optional.of(seeThrough(
                slot,
                record,
                modules,
                (mine, code) -> new Installation(slot, mine, code).fill(candidate, slot.kept())));
    }

    private SwapReport seeThrough(Slot slot, SwapRecord record, ModuleThread modules, Body body) {
        SlotContext context = slot.context();
        Optional<Occupant> before = slot.occupant();
        context.listeners().swapStarting(slot.name(), record.kind(), record.requester());
        SwapOutcome outcome;
        try (modules) {
            outcome = body.run(record, modules);
        } catch (RuntimeException | Error defect) {
            LOG.error("slot={} a defect broke off {}", slot.name(), record.kind(), defect);
            slot.recover(defect);
            record.failure(new SwapReport.Failure(record.phase(), ErrorCode.INTERNAL, defect.toString(), List.of()));
            outcome = outcomeOfDefect(before, slot.occupant());
        }
        Optional<Occupant> serving = slot.occupant();
        SwapReport report = record.report(outcome, serving.map(Occupant::id), context);
        context.history().add(report);
        context.listeners().swapEnded(report);
        slot.release(record);
        afterwards(slot, serving);
        return report;
    }

    private static SwapOutcome outcomeOfDefect(Optional<Occupant> before, Optional<Occupant> now) {
        if (now.isEmpty()) {
            return SwapOutcome.FAILED;
        }
        return now.equals(before) ? SwapOutcome.ROLLED_BACK : SwapOutcome.SWAPPED;
    }

    /** The swap is over and the slot free: whoever waits for the report is told whatever happens here. */
    private void afterwards(Slot slot, Optional<Occupant> serving) {
        try {
            serving.ifPresent(slot::publishFacade);
        } catch (RuntimeException | Error e) {
            LOG.error("slot={} its facade cannot be published", slot.name(), e);
        }
        try {
            succession.afterSwap(slot);
        } catch (RuntimeException | Error e) {
            LOG.error("slot={} a departure was not seen off", slot.name(), e);
        }
    }
}
