package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.ModuleInfo;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotStatus;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges requests before anything is touched, in the order that {@code HotSwap.begin} promises. Stateless. */
final class Verification {

    /**
     * Finds the candidate a request means.
     *
     * @throws KernelException NOT_FOUND, naming the modules there are; CATEGORY_MISMATCH
     */
    Candidate candidate(Slot slot, SwapRequest request) {
        Candidate found =
                request.module().equals(SwapRequest.DEFAULT) ? byDefault(slot) : named(slot, request.module(), request);
        String objection = found.objection(slot.category());
        if (found.isUsable() && !objection.isEmpty()) {
            throw new KernelException(ErrorCode.CATEGORY_MISMATCH, objection);
        }
        return found;
    }

    private static Candidate byDefault(Slot slot) {
        Optional<String> configured = slot.settings().module();
        return Stream.concat(slot.eligible().stream(), slot.candidates().stream())
                .filter(Candidate::isUsable)
                .filter(candidate -> configured.isEmpty() || candidate.info().isCalled(configured.get()))
                .findFirst()
                .orElseThrow(() -> notFound(slot, configured.orElse(SwapRequest.DEFAULT)));
    }

    private static Candidate named(Slot slot, String word, SwapRequest request) {
        List<Candidate> called = slot.candidates().stream()
                .filter(candidate -> candidate.info().isCalled(word))
                .toList();
        if (called.isEmpty()) {
            throw notFound(slot, word);
        }
        return called.stream()
                .filter(candidate -> request.version().isEmpty()
                        || candidate.id().version().equals(request.version().get()))
                .max(Comparator.comparing(Candidate::isUsable)
                        .thenComparing(candidate -> candidate.id().version())
                        .thenComparing(Candidate.BY_RANKING.reversed()))
                .orElseThrow(() -> new KernelException(
                        ErrorCode.NOT_FOUND,
                        "no version " + request.version().orElseThrow() + " of module '" + word + "' for slot '"
                                + slot.name() + "', have "
                                + called.stream().map(Candidate::id).toList()));
    }

    private static KernelException notFound(Slot slot, String word) {
        return new KernelException(
                ErrorCode.NOT_FOUND,
                "no module '" + word + "' for slot '" + slot.name() + "', have "
                        + slot.candidates().stream()
                                .map(candidate -> candidate.id().name())
                                .distinct()
                                .sorted()
                                .toList());
    }

    /**
     * Looks whether the slot is in a state for the request.
     *
     * @throws KernelException SLOT_EMPTY, ALREADY_LOADED
     */
    void occupancy(Slot slot, SwapKind kind) {
        boolean occupied = slot.occupant().isPresent();
        boolean failed = slot.status() == SlotStatus.FAILED;
        if (!occupied && (kind == SwapKind.SWAP || (kind == SwapKind.UNLOAD && !failed))) {
            throw new KernelException(
                    ErrorCode.SLOT_EMPTY,
                    "slot '" + slot.name() + "' is " + (failed ? "failed" : "empty") + "; load or replace a module");
        }
        if (occupied && kind == SwapKind.LOAD) {
            throw new KernelException(
                    ErrorCode.ALREADY_LOADED,
                    "slot '" + slot.name() + "' is served by "
                            + slot.occupant().get().id() + "; swap or replace it");
        }
    }

    /**
     * Judges what can be judged with the slot in hand.
     *
     * @param candidate who is to come, {@code null} to unload
     * @throws KernelException INVALID_STATE and the rest that {@code HotSwap.begin} lists
     */
    void withSlotInHand(Slot slot, SwapRequest request, Candidate candidate, ModuleThread modules) {
        if (slot.gate().isInside()) {
            throw new KernelException(
                    ErrorCode.INVALID_STATE,
                    "this call runs inside slot '" + slot.name() + "', which could never be drained of it");
        }
        Optional<Occupant> old = slot.occupant();
        if (candidate != null) {
            exchangeable(slot, candidate);
            if (request.kind() == SwapKind.SWAP) {
                successorOf(old.orElseThrow(), slot, request, candidate.info());
            }
        }
        if (request.kind() == SwapKind.SWAP || request.kind() == SwapKind.UNLOAD) {
            old.ifPresent(occupant -> unloadable(occupant, modules));
        }
    }

    private static void exchangeable(Slot slot, Candidate candidate) {
        if (slot.isServedBy(candidate) && !candidate.info().restartable()) {
            throw new KernelException(
                    ErrorCode.NOT_RESTARTABLE,
                    candidate.id() + " serves slot '" + slot.name()
                            + "' already and is a single instance; declare scope=PROTOTYPE to restart it");
        }
        if (!candidate.isUsable()) {
            throw new KernelException(ErrorCode.CONTRACT_MISMATCH, candidate.remark());
        }
    }

    private static void successorOf(Occupant old, Slot slot, SwapRequest request, ModuleInfo next) {
        boolean sameModule = old.id().name().equals(next.id().name());
        if (sameModule && !request.force()) {
            versions(old, next);
        }
        boolean mayStartFresh = request.fresh() || slot.importPolicy() == ImportPolicy.START_FRESH;
        Optional<String> given = old.candidate().info().stateSchema();
        if (!mayStartFresh && old.state().isPresent() && !given.equals(next.stateSchema())) {
            throw new KernelException(
                    ErrorCode.STATE_MIGRATION_FAILED,
                    "the state of " + old.id() + " is " + given.orElse("of no declared schema") + ", " + next.id()
                            + " takes " + next.stateSchema().orElse("none") + "; swap --fresh goes without state");
        }
    }

    private static void versions(Occupant old, ModuleInfo next) {
        if (!old.id().version().isCompatibleWith(next.id().version())) {
            throw new KernelException(
                    ErrorCode.VERSION_MISMATCH,
                    next.id() + " has another major version than " + old.id() + "; use --force if that is meant");
        }
        if (next.id().version().compareTo(old.id().version()) < 0) {
            throw new KernelException(
                    ErrorCode.VERSION_MISMATCH,
                    next.id() + " is older than " + old.id() + "; use --force if that is meant");
        }
    }

    private static void unloadable(Occupant old, ModuleThread modules) {
        boolean can;
        try {
            can = modules.call(SwapPhase.VERIFY, ErrorCode.MODULE_BUSY, "canUnload of " + old.id(), old::canUnload);
        } catch (PhaseFailure e) {
            throw new KernelException(ErrorCode.MODULE_BUSY, e.getMessage(), e);
        }
        if (!can) {
            throw new KernelException(
                    ErrorCode.MODULE_BUSY, old.id() + " cannot be unloaded now; try again, or replace it by force");
        }
    }
}
