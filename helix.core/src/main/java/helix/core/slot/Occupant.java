package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.HotReloadable;
import helix.api.module.Module;
import helix.api.module.ModuleId;
import java.util.Optional;

/**
 * An instance of a candidate that serves a slot or is about to.
 *
 * @param candidate what it is an instance of
 * @param instance the object
 * @param module its life cycle; one that does nothing when it offers none
 * @param state its state, empty when it offers none
 */
record Occupant(Candidate candidate, Object instance, Module module, Optional<HotReloadable> state) {

    private static final Module NO_LIFE_CYCLE = new Module() {};

    /**
     * Takes an instance.
     *
     * @throws KernelException INIT_FAILED when there is none, CONTRACT_MISMATCH when it does not serve the contract or
     *     lacks the methods that its properties name
     */
    static Occupant take(Candidate candidate) {
        Object instance = candidate.source().take();
        if (instance == null) {
            throw new KernelException(
                    ErrorCode.INIT_FAILED,
                    candidate.id() + " gave no instance: its service has left or its component" + " did not activate");
        }
        try {
            return of(candidate, instance);
        } catch (RuntimeException | Error e) {
            candidate.source().giveBack(instance);
            throw e;
        }
    }

    private static Occupant of(Candidate candidate, Object instance) {
        if (!candidate.contract().isInstance(instance)) {
            throw new KernelException(
                    ErrorCode.CONTRACT_MISMATCH,
                    candidate.id() + " is a " + instance.getClass().getName() + ", which does not implement "
                            + candidate.contract().getName());
        }
        Module module = instance instanceof Module offered ? offered : NO_LIFE_CYCLE;
        return new Occupant(candidate, instance, module, stateOf(candidate, instance));
    }

    private static Optional<HotReloadable> stateOf(Candidate candidate, Object instance) {
        if (candidate.info().stateless()) {
            return Optional.empty();
        }
        if (instance instanceof HotReloadable offered) {
            return Optional.of(offered);
        }
        Optional<String> exporting = candidate.method(Candidate.EXPORT_METHOD);
        Optional<String> importing = candidate.method(Candidate.IMPORT_METHOD);
        if (exporting.isEmpty() || importing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MethodState(instance, exporting.get(), importing.get()));
    }

    ModuleId id() {
        return candidate.id();
    }

    boolean canUnload() {
        return state.map(HotReloadable::canUnload).orElse(true);
    }

    void release() {
        candidate.source().giveBack(instance);
    }
}
