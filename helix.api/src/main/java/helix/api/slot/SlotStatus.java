package helix.api.slot;

import java.util.EnumSet;
import java.util.Set;

/** What a slot is doing; the ordinal is the number of the original system. */
public enum SlotStatus {
    /** Nothing serves. */
    EMPTY,
    /** A first occupant is being prepared. */
    LOADING,
    /** An occupant serves. */
    ACTIVE,
    /** The occupant is being taken out. */
    UNLOADING,
    /** A successor is being put in; the occupant serves until it is. */
    SWAPPING,
    /** No occupant could be put in, or a rollback failed. */
    FAILED;

    /** The states that may follow this one. */
    public Set<SlotStatus> successors() {
        return switch (this) {
            case EMPTY -> EnumSet.of(LOADING);
            case LOADING -> EnumSet.of(ACTIVE, FAILED);
            case ACTIVE -> EnumSet.of(SWAPPING, UNLOADING);
            case SWAPPING -> EnumSet.of(ACTIVE, FAILED);
            case UNLOADING -> EnumSet.of(EMPTY, ACTIVE);
            case FAILED -> EnumSet.of(LOADING, EMPTY);
        };
    }

    /** Says whether a slot may go from this state to {@code next}. */
    public boolean canBecome(SlotStatus next) {
        return successors().contains(next);
    }
}
