package helix.core.slot;

import helix.api.module.ModuleCategory;
import helix.api.slot.SlotName;
import java.util.function.LongSupplier;

/** What the slots do for the rest of the nucleus. */
public interface KernelSlots {

    /**
     * The way of kernel code into a slot, which is made if need be.
     *
     * @param contract the slot's contract from now on
     * @param keeper knows what the state of the slot must be; with it, a successor that cannot take the state starts
     *     fresh unless the slot's configuration says otherwise
     * @throws helix.api.kernel.KernelException CONTRACT_MISMATCH when the slot has another contract already
     */
    <S> Passage<S> passage(SlotName slot, Class<S> contract, ModuleCategory category, StateKeeper keeper);

    /** Says where the number of the kernel tick is to be read. */
    void tickCounter(LongSupplier ticks);
}
