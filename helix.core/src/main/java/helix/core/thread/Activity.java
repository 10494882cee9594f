package helix.core.thread;

/** What a CPU is doing. */
enum Activity {
    /** Somebody owns it: the thread on it, or whoever is choosing a thread for it. */
    OWNED,
    /** Its owner found nothing and looks once more before it gives up. */
    SEARCHING,
    /** A thread became ready while its owner was searching: it is to look again. */
    NOTIFIED,
    /** Nobody owns it. Whoever makes a thread ready may claim it. */
    IDLE,
    /** Out of use. */
    OFFLINE
}
