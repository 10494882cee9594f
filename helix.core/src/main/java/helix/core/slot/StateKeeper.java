package helix.core.slot;

/**
 * A part of the nucleus that knows what the state of a slot must be, because it holds the truth of which that state is
 * a view. Both methods are called while the gate is closed and drained, before the successor is published.
 */
public interface StateKeeper {

    /**
     * Judges a successor that has imported a state.
     *
     * @throws Exception when what it holds is not what it should hold; treated as a failed import
     */
    void check(Object successor) throws Exception;

    /** Gives a successor that starts without state what it should hold. */
    void refill(Object successor) throws Exception;
}
