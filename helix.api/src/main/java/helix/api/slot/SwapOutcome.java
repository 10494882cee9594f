package helix.api.slot;

/** How a swap ended. */
public enum SwapOutcome {
    /** What was asked for is done. */
    SWAPPED,
    /** It failed and was undone; the old occupant serves. */
    ROLLED_BACK,
    /** Calls in flight did not leave in time; nothing was changed. */
    BUSY,
    /** It failed and nothing serves the slot, or a departure found no successor. */
    FAILED
}
