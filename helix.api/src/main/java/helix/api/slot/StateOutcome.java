package helix.api.slot;

/** What became of the state in a swap. */
public enum StateOutcome {
    /** The successor took over the very objects. */
    BY_REFERENCE,
    /** The successor took a copy. */
    COPIED,
    /** The state was brought to another schema version. */
    TRANSFORMED,
    /** There was a state, and the successor started without it. */
    FRESH,
    /** There was no state. */
    NONE
}
