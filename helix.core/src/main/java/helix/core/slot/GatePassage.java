package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.core.gate.DepthWord;
import helix.core.gate.Gate;

/** A {@link Passage} through a gate. Thread-safe. */
final class GatePassage<S> implements Passage<S> {

    private final Gate gate;
    private final Class<S> contract;

    GatePassage(Gate gate, Class<S> contract) {
        this.gate = gate;
        this.contract = contract;
    }

    @Override
    public S enter() {
        DepthWord word = gate.word();
        int depth = word.depth();
        try {
            return own(gate.enter(word, depth));
        } catch (RuntimeException | Error e) {
            // right whether or not the gate was entered
            word.lower(depth);
            throw e;
        }
    }

    @Override
    public S tryEnter() {
        DepthWord word = gate.word();
        int depth = word.depth();
        try {
            return own(gate.tryEnter(word, depth));
        } catch (RuntimeException | Error e) {
            word.lower(depth);
            throw e;
        }
    }

    private S own(Object occupant) {
        if (occupant != null && !contract.isInstance(occupant)) {
            throw new KernelException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "a " + occupant.getClass().getName() + " serves, which is no " + contract.getName());
        }
        return contract.cast(occupant);
    }

    @Override
    public void leave() {
        DepthWord word = gate.word();
        word.lower(word.depth() - 1);
    }
}
