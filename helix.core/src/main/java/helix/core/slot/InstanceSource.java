package helix.core.slot;

/** Where instances of a candidate come from. */
interface InstanceSource {

    /** Takes an instance; a fresh one when the candidate can be restarted. {@code null} when the candidate has left. */
    Object take();

    /** Gives an instance back. Harmless when the candidate has left. */
    void giveBack(Object instance);
}
