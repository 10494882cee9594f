package helix.core.gate;

import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;

/**
 * How deep one thread is inside one slot.
 *
 * <p><b>Shape.</b> One int, written by its own thread only and read by whoever drains the slot. A depth and not a flag,
 * because calls nest. The word of a virtual thread is not looked at by drains, since there may be millions of them: its
 * way from 0 to 1 and back is counted in {@link Stripes} instead.
 *
 * <p><b>Ordering.</b> {@code raise} is followed by a full fence: the drain either sees the raised word, or its closing
 * is seen by the caller's next read of the gate (Dekker). {@code lower} is a release: what the call did in the module
 * happens-before a drain that sees the word at 0.
 *
 * <p><b>Errors.</b> {@code lower} restores the depth that was read before {@code raise}, so it is right whether or not
 * {@code raise} took place: a stack overflow between the two leaks nothing. No store here goes through a method handle,
 * which would need stack of its own at the worst moment.
 */
public final class DepthWord extends WeakReference<Thread> {

    private final Stripes stripes;
    private final int stripe;
    private int depth;
    private int visits;

    private DepthWord(Thread owner, Stripes stripes, int stripe) {
        super(owner);
        this.stripes = stripes;
        this.stripe = stripe;
    }

    static DepthWord ofPlatformThread(Thread owner) {
        return new DepthWord(owner, null, 0);
    }

    static DepthWord ofVirtualThread(Thread owner, Stripes stripes) {
        return new DepthWord(owner, stripes, stripes.stripeOf(owner));
    }

    /** The depth as its own thread knows it. */
    public int depth() {
        return depth;
    }

    boolean isCountedInStripes() {
        return stripes != null;
    }

    void raise(int to) {
        if (stripes != null && to == 1) {
            stripes.enter(stripe);
        }
        depth = to;
        VarHandle.fullFence();
    }

    /** Ends a call that began at depth {@code to}. */
    public void lower(int to) {
        if (stripes == null) {
            if (to == 0) {
                visits++;
            }
            VarHandle.releaseFence();
            depth = to;
        } else {
            boolean left = depth > 0 && to == 0;
            depth = to;
            if (left) {
                stripes.exit(stripe);
            }
        }
    }

    /** How often the thread has left, for another thread: changes when the call that is inside ends. */
    int visits() {
        int seen = visits;
        VarHandle.acquireFence();
        return seen;
    }

    /** Whether a call is inside, for a drain on another thread. A thread that is gone has no call. */
    boolean isInside() {
        int seen = depth;
        VarHandle.acquireFence();
        if (seen == 0) {
            return false;
        }
        Thread owner = get();
        return owner != null && owner.isAlive();
    }
}
