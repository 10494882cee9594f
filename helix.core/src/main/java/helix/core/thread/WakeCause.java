package helix.core.thread;

/** Why a wait ended. */
enum WakeCause {
    /** Somebody asked for it. */
    WAKE,
    /** The moment to wake at has come. */
    DUE,
    /** The Java thread under it was interrupted. */
    INTERRUPT,
    /** It is to end. */
    KILL,
    /** It was stopped and may go on. */
    RESUME
}
