package helix.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * State that a module hands to its successor. While these methods run no call is inside the module, except
 * {@link #canUnload}. What crosses consists of JDK classes and classes of the contract's bundle or of Helix, never of
 * the module's own: a state that holds one of those is refused.
 *
 * <p>Order in an exchange: {@code canUnload}, {@code prepareUnload} and {@code exportState} on the old side,
 * {@code importState} on the new one; after a failure {@code resume} on the old one.
 */
@ConsumerType
public interface HotReloadable {

    /** Says whether the module can be unloaded now. Asked before anything is touched, while calls run. */
    default boolean canUnload() {
        return true;
    }

    /**
     * Brings the module to rest.
     *
     * @throws Exception to refuse; the module is resumed and goes on serving
     */
    default void prepareUnload() throws Exception {}

    /**
     * Undoes {@link #prepareUnload} and {@link #exportState}: the module serves on, with the state it exported.
     *
     * @throws Exception fails the slot
     */
    default void resume() throws Exception {}

    /**
     * Gives the state away.
     *
     * @return the state, {@code null} when there is none
     * @throws Exception to refuse; the module is resumed and goes on serving
     */
    Object exportState() throws Exception;

    /**
     * Takes a state over, all or nothing: when this throws, neither the state nor the module has changed.
     *
     * @param state what a module of the same state schema exported, never {@code null}
     * @throws Exception when the state cannot be used
     */
    void importState(Object state) throws Exception;
}
