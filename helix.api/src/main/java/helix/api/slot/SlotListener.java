package helix.api.slot;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Told of every swap, whiteboard style: register it as a service. Each swap that passed verification is announced once
 * and ended once, also when it fails. Called on the thread of the swap, outside any lock; what a listener throws is
 * logged, and a listener that is slow makes the swap slow, so hand work off.
 */
@ConsumerType
public interface SlotListener {

    /** Called before anything is touched. */
    default void swapStarting(SlotName slot, SwapKind kind, String requester) {}

    /** Called when the swap has ended, before the requester learns of it. */
    default void swapEnded(SwapReport report) {}
}
