package helix.api.slot;

/**
 * Name of a slot, {@code scheduler}.
 *
 * @param value the name
 */
public record SlotName(String value) implements Comparable<SlotName> {

    public SlotName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a slot name is not blank");
        }
    }

    @Override
    public int compareTo(SlotName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
