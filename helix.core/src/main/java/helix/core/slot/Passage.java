package helix.core.slot;

/**
 * The way of the kernel's own code through the gate of a slot, without a facade. What runs between {@code enter} and
 * {@code leave} counts as one call in flight, so whoever drains the slot sees it done or not begun.
 *
 * <p>Every successful {@code enter} or {@code tryEnter} is followed by one {@code leave} on the same thread.
 */
public interface Passage<S> {

    /**
     * Enters, waiting while the gate is closed.
     *
     * @return the occupant, to be used until {@code leave} and not kept
     * @throws helix.api.slot.SlotUnavailableException SLOT_EMPTY; nothing was entered then
     */
    S enter();

    /** Enters without waiting. Returns {@code null}, having entered nothing, when the gate is closed or the slot empty. */
    S tryEnter();

    void leave();
}
