package helix.api.thread;

/** What a blocked thread waits for. */
public enum BlockReason {
    IO,
    LOCK,
    SIGNAL,
    FUTEX,
    IPC,
    MEMORY,
    CHILD,
    TIMER,
    OTHER
}
