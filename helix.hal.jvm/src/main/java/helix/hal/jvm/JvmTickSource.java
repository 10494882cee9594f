package helix.hal.jvm;

import helix.api.hal.TickHandler;
import helix.api.hal.TickSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Ticks and time from the JDK alone, for every machine that offers nothing better: {@link System#nanoTime} is the
 * clock, a parked daemon thread per series is the timer. Its ranking is the default one, so any other source wins.
 *
 * <p>Series that are still running when the component goes are closed. Thread-safe.
 */
@Component(service = TickSource.class)
public final class JvmTickSource implements TickSource {

    private final Set<JvmTicks> running = ConcurrentHashMap.newKeySet();

    @Activate
    public JvmTickSource() {}

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public Ticks start(long periodNs, TickHandler handler) {
        if (periodNs <= 0) {
            throw new IllegalArgumentException("tick period " + periodNs + " ns is not above 0");
        }
        JvmTicks ticks = new JvmTicks(periodNs, Objects.requireNonNull(handler, "handler"), running::remove);
        running.add(ticks);
        ticks.begin();
        return ticks;
    }

    @Deactivate
    void deactivate() {
        running.forEach(JvmTicks::close);
    }
}
