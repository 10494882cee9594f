package helix.api.slot;

/** What was asked of a slot. */
public enum SwapKind {
    /** Put an occupant into an empty slot. */
    LOAD,
    /** Replace the occupant and carry its state. */
    SWAP,
    /** Replace whatever is there without state, even into a failed slot. */
    REPLACE,
    /** Take the occupant out. */
    UNLOAD,
    /** The occupant's service left by itself. */
    DEPARTURE
}
