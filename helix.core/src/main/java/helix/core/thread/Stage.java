package helix.core.thread;

import helix.api.thread.ThreadState;

/**
 * Where a kernel thread is in its life, as the kernel sees it: {@link ThreadState} with two kinds of READY and two of
 * BLOCKED: only what has no stack yet can be killed at once, and only what waits inside the kernel can be woken.
 */
enum Stage {
    CREATING(ThreadState.CREATING),
    /** Ready, and has no Java thread yet: it can be killed where it is. */
    FRESH(ThreadState.READY),
    /** Ready, with a parked Java thread whose stack must be unwound if it is killed. */
    READY(ThreadState.READY),
    RUNNING(ThreadState.RUNNING),
    /** Waits inside the kernel, parked. */
    BLOCKED(ThreadState.BLOCKED),
    /** Has no CPU and is outside the kernel: it waits for something there, or runs on nevertheless. */
    OUTSIDE(ThreadState.BLOCKED),
    SLEEPING(ThreadState.SLEEPING),
    STOPPED(ThreadState.STOPPED),
    ZOMBIE(ThreadState.ZOMBIE),
    DEAD(ThreadState.DEAD);

    private static final Stage[] ALL = values();
    private static final int[] SUCCESSORS = successorMasks();

    private final ThreadState state;

    Stage(ThreadState state) {
        this.state = state;
    }

    ThreadState state() {
        return state;
    }

    /** What {@link ThreadState#canBecome} says, without building a set each time. */
    boolean canBecome(Stage next) {
        return (SUCCESSORS[ordinal()] >>> next.ordinal() & 1) != 0;
    }

    boolean isReady() {
        return state == ThreadState.READY;
    }

    boolean isAlive() {
        return this != DEAD && this != ZOMBIE;
    }

    private static int[] successorMasks() {
        int[] masks = new int[ALL.length];
        for (Stage from : ALL) {
            for (Stage to : ALL) {
                if (from.state.canBecome(to.state)) {
                    masks[from.ordinal()] |= 1 << to.ordinal();
                }
            }
        }
        return masks;
    }
}
