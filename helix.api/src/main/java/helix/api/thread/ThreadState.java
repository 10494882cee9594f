package helix.api.thread;

import java.util.EnumSet;
import java.util.Set;

/** Where a kernel thread is in its life. */
public enum ThreadState {
    /** Being made; unknown to the scheduler. */
    CREATING,
    /** Waits for a CPU. */
    READY,
    /** Has a CPU. */
    RUNNING,
    /** Waits for something other than time or a CPU. */
    BLOCKED,
    /** Waits for a moment. */
    SLEEPING,
    /** Held by an operator. */
    STOPPED,
    /** Gone. */
    DEAD,
    /** Has ended; its exit value waits for a joiner. */
    ZOMBIE;

    /** The states that may follow this one. */
    public Set<ThreadState> successors() {
        return switch (this) {
            case CREATING -> EnumSet.of(READY, DEAD);
            case READY -> EnumSet.of(RUNNING, DEAD);
            case RUNNING -> EnumSet.of(READY, BLOCKED, SLEEPING, STOPPED, DEAD, ZOMBIE);
            case BLOCKED, SLEEPING, STOPPED -> EnumSet.of(READY, DEAD);
            case ZOMBIE -> EnumSet.of(DEAD);
            case DEAD -> EnumSet.noneOf(ThreadState.class);
        };
    }

    /** Says whether a thread may go from this state to {@code next}. */
    public boolean canBecome(ThreadState next) {
        return successors().contains(next);
    }
}
