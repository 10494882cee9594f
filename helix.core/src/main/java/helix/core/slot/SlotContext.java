package helix.core.slot;

import helix.api.slot.SlotListener;
import java.time.Instant;

/** What a slot needs of its surroundings. */
interface SlotContext {

    /** A number for the next swap, kernel-wide. */
    long nextSwapNumber();

    /** The wall clock, for people. */
    Instant now();

    /** The kernel tick. */
    long tick();

    /** Told of every swap; isolates the swap from what its own listeners throw. */
    SlotListener listeners();

    /** Keeps the reports. */
    History history();

    /** Remembers who was put into the slot on request, so that the next boot starts with it. */
    void commit(Slot slot);

    /** Makes the slot's facade a service. Called once per slot, when its first occupant serves. */
    void publishFacade(Slot slot, Occupant first);

    /** Runs {@code body} on a thread of its own. */
    void start(Slot slot, Runnable body);

    /** Whether the framework is going down, so that nothing is worth waiting for. */
    boolean isStopping();
}
