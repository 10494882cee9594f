package helix.api.hal;

import org.osgi.annotation.versioning.ConsumerType;

/** Where ticks go. Must not block and must not throw; a source survives a handler that throws, and counts it. */
@ConsumerType
@FunctionalInterface
public interface TickHandler {

    /** @param nowNs the source's time of this tick */
    void tick(long nowNs);
}
