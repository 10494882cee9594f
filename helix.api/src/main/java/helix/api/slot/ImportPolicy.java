package helix.api.slot;

/** What to do when a successor cannot take the state. */
public enum ImportPolicy {
    /** Keep the old occupant. */
    ROLL_BACK,
    /** Go on with a fresh instance of the successor and no state. */
    START_FRESH
}
