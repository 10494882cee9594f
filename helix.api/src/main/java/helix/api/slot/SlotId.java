package helix.api.slot;

/**
 * Number of a slot, from 1, never used twice.
 *
 * @param number the number
 */
public record SlotId(long number) implements Comparable<SlotId> {

    @Override
    public int compareTo(SlotId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
