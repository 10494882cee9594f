package helix.core.slot;

/** The contract of the slot under test. */
public interface Counter {
    /** Counts one call; {@code body} runs inside it. */
    long count(Runnable body);
}
