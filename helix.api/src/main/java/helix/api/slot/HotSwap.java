package helix.api.slot;

import helix.api.kernel.ErrorCode;
import helix.api.module.ModuleCategory;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Puts modules into slots and takes them out, one operation per slot at a time, slots independently of each other.
 * Thread-safe.
 *
 * <p>What is wrong with a request is thrown by the method that was called. Once an operation has begun it ends in a
 * {@link SwapReport}, whatever happens.
 */
@ProviderType
public interface HotSwap {

    /**
     * Makes a slot. Slots named by a candidate or a configuration exist already.
     *
     * @throws helix.api.kernel.KernelException ALREADY_EXISTS
     */
    SlotView createSlot(SlotName name, ModuleCategory category);

    /**
     * Begins what {@code request} asks for.
     *
     * @return completed with the report; never exceptionally. Completed by a worker thread of the slot: dependents that
     *     take long belong on an executor of their own.
     * @throws helix.api.kernel.KernelException when the request is refused and nothing was touched, in this order:
     *     PERMISSION_DENIED (swapping is off), NOT_FOUND (slot, module), CATEGORY_MISMATCH, SLOT_EMPTY or ALREADY_LOADED,
     *     BUSY (another operation holds the slot: says whose and since when), INVALID_STATE (asked from within a call of
     *     the slot), NOT_RESTARTABLE, CONTRACT_MISMATCH, VERSION_MISMATCH, STATE_MIGRATION_FAILED (no common state schema),
     *     MODULE_BUSY
     */
    CompletionStage<SwapReport> begin(SwapRequest request);

    /** The last swaps, oldest first; a bounded number. */
    List<SwapReport> history();

    /** How many reports have fallen out of {@link #history}. */
    long forgotten();

    /** The kernel tick. */
    long currentTick();

    /** False when requests are refused with {@link ErrorCode#PERMISSION_DENIED}. Departures go on. */
    boolean isEnabled();

    /** Switches swapping on or off for everybody. */
    void setEnabled(boolean enabled);
}
