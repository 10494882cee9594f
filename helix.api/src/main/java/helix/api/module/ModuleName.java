package helix.api.module;

/**
 * Name of a module, {@code roundrobin}. Unique within a slot.
 *
 * @param value the name
 */
public record ModuleName(String value) implements Comparable<ModuleName> {

    public ModuleName {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a module name is not blank");
        }
    }

    @Override
    public int compareTo(ModuleName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
