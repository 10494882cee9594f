package helix.core.gate;

/** Who may wait at a closed gate. Asked on the waiting thread, off the fast path. */
public interface WaitRule {

    /** Why the calling thread must not wait for the end of a swap, or {@code null} when it may. */
    String refusesWait();

    /** Why the calling thread must not wait for a successor, or {@code null} when it may. */
    String refusesHold();

    /** What a caller is told when nothing serves. */
    String emptyMessage();
}
