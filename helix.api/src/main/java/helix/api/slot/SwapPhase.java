package helix.api.slot;

/** The steps of a swap, in order. */
public enum SwapPhase {
    /** Everything that can be judged without touching anything. */
    VERIFY,
    /** The successor is made, initialised and started while the old occupant serves. */
    PREPARE,
    /** The gate closes and calls in flight leave. */
    QUIESCE,
    /** State goes from the old occupant to the successor. */
    MIGRATE,
    /** The successor's health is asked; then it is published. */
    PROBE,
    /** The old occupant is stopped and released. */
    RETIRE
}
