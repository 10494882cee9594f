package helix.core.facade;

import helix.core.gate.Gate;

/** What every generated facade extends. A facade is equal to itself only. */
public abstract class Facade {

    /** The gate every call passes; read by the generated methods. */
    protected final Gate gate;

    private final String description;

    protected Facade(Gate gate, String description) {
        this.gate = gate;
        this.description = description;
    }

    @Override
    public final String toString() {
        return description;
    }

    @Override
    public final boolean equals(Object other) {
        return this == other;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(this);
    }
}
