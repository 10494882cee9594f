package helix.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The life cycle a module may offer. Each method runs on a thread that is abandoned, after an interrupt, when it does
 * not return within the slot's phase timeout.
 */
@ConsumerType
public interface Module {

    /**
     * Prepares the module while its predecessor still serves: no exclusive resource (port, file, lock) may be taken.
     *
     * @throws Exception to refuse; the predecessor goes on serving
     */
    default void init() throws Exception {}

    /**
     * Called after {@link #init}, under the same rule.
     *
     * @throws Exception to refuse; the predecessor goes on serving
     */
    default void start() throws Exception {}

    /**
     * Lets go of everything. Called once, after the last call has left, or after a failed preparation.
     *
     * @throws Exception reported, and without effect
     */
    default void stop() throws Exception {}

    /** Answers whether the module can serve. Asked before it is published. */
    default Health health() {
        return Health.OK;
    }
}
