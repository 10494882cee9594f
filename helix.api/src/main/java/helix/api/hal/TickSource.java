package helix.api.hal;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A clock and the periodic interrupt made from it. Time enters the kernel here and travels as a parameter from then on.
 *
 * <p>Registered as a service; the kernel takes the one of highest ranking and goes without ticks while there is none.
 */
@ConsumerType
public interface TickSource {

    /** Nanoseconds of a clock that never goes back; the origin is arbitrary. Callable from any thread. */
    long nowNs();

    /**
     * Starts ticking.
     *
     * @param periodNs distance of two ticks in nanoseconds, above 0. Ticks that could not be delivered in time are
     *     dropped, not made up for.
     * @param handler told of each tick, by one thread at a time
     * @return stops the ticks when closed; after {@code close} returned no call is begun
     */
    Ticks start(long periodNs, TickHandler handler);

    /** A running series of ticks. */
    interface Ticks extends AutoCloseable {
        @Override
        void close();
    }
}
