package helix.core.thread;

/**
 * What the thread table is keyed by: a thread's number. Numbers are never used twice, so among control blocks equality
 * is identity; a bare key finds the block of its number without boxing anything per thread.
 */
class TableKey {

    private final long number;

    TableKey(long number) {
        this.number = number;
    }

    final long number() {
        return number;
    }

    @Override
    public final boolean equals(Object other) {
        return this == other || (other instanceof TableKey key && key.number == number);
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(number);
    }
}
